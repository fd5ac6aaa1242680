import { useEffect, useState } from "react";
import { http, type Refusal } from "../../sync";

const RETRIES_MAX = 5;
const RETRY_MS = 1_500;

/** Read a document once, and again a few times while the server is out of reach. */
export function useRead<T>(path: string) {
  const [read, setRead] = useState<{ data: T | null; error: Refusal | null }>({
    data: null,
    error: null,
  });
  useEffect(() => {
    let timer = 0;
    let isLeft = false;
    const ask = async (tries: number) => {
      const answer = await http.get<T>(path);
      if (isLeft) return;
      if (answer.ok) setRead({ data: answer.data, error: null });
      else if (answer.error.code === "unavailable" && tries < RETRIES_MAX) {
        timer = window.setTimeout(ask, RETRY_MS, tries + 1);
      } else setRead({ data: null, error: answer.error });
    };
    void ask(0);
    return () => {
      isLeft = true;
      window.clearTimeout(timer);
    };
  }, [path]);
  return read;
}
