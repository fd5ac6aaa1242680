import { useEffect, useState } from "react";
import { serverNow } from "../sync";

/** Timers hold no longer waits than this. */
const WAIT_MAX_MS = 2 ** 31 - 1;
/** A little late, so that what is due at the moment is surely due. */
const LATE_MS = 20;

/** Render anew once the server's time has passed a moment; null waits for none. */
export function useMoment(at_ms: number | null): void {
  const [, setPassed] = useState(0);
  useEffect(() => {
    if (at_ms === null) return;
    const wait_ms = Math.max(0, at_ms - serverNow()) + LATE_MS;
    const timer = setTimeout(
      () => setPassed((count) => count + 1),
      Math.min(wait_ms, WAIT_MAX_MS),
    );
    return () => clearTimeout(timer);
  });
}
