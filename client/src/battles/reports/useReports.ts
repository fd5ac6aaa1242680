import { useCallback, useEffect, useState } from "react";
import { http, type Refusal } from "../../sync";
import type { HttpFought, HttpReports } from "../model/views";

const PAGE = 20;
/** Reports that are shown at most; who wants older ones has their links. */
const SHOWN_MAX = 200;

/** Read own reports, newest first, page by page. */
export function useReports() {
  const [reports, setReports] = useState<readonly HttpFought[] | null>(null);
  const [next, setNext] = useState<string | null>(null);
  const [error, setError] = useState<Refusal | null>(null);
  const [isReading, setReading] = useState(false);
  const read = useCallback(async (after: string | null) => {
    setReading(true);
    const from = after ? `&after=${encodeURIComponent(after)}` : "";
    const answer = await http.get<HttpReports>(`/reports?limit=${PAGE}${from}`);
    setReading(false);
    if (!answer.ok) return setError(answer.error);
    setError(null);
    setNext(answer.data.next);
    setReports((all) =>
      [...(after ? (all ?? []) : []), ...answer.data.reports].slice(0, SHOWN_MAX),
    );
  }, []);
  useEffect(() => void read(null), [read]);
  const hasMore = next !== null && (reports?.length ?? 0) < SHOWN_MAX;
  return { reports, error, isReading, more: hasMore ? () => read(next) : null };
}
