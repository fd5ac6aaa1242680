import i18next from "i18next";

const STEPS = [
  { from: 1e9, sign: "G" },
  { from: 1e6, sign: "M" },
  { from: 1e3, sign: "k" },
] as const;

/** Show an amount in few signs: 980, 1,240, 12.4k, 3.1M. Rounded toward zero. */
export function formatAmount(value: number, language = i18next.language): string {
  const size = Math.abs(value);
  if (size < 10_000) return whole(language).format(Math.trunc(value));
  for (const { from, sign } of STEPS) {
    if (size < from) continue;
    const digits = size / from < 100 ? 1 : 0;
    const scaled = Math.trunc((value / from) * 10 ** digits) / 10 ** digits;
    return `${scaled.toLocaleString(language, { maximumFractionDigits: 1 })}${sign}`;
  }
  return whole(language).format(value);
}

/** Show an amount in full: 12,432. */
export function formatFull(value: number, language = i18next.language): string {
  return whole(language).format(Math.trunc(value));
}

const UNITS = [
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
  ["second", 1],
] as const;

/** Show how long something takes, in its two largest units: `1h 5m`, `42s`. */
export function formatDuration(ms: number): string {
  let seconds = Math.max(0, Math.ceil(ms / 1000));
  const parts: string[] = [];
  for (const [unit, size] of UNITS) {
    const count = Math.floor(seconds / size);
    if (parts.length === 1 && count === 0) break;
    if (count === 0 && unit !== "second") continue;
    parts.push(`${count}${i18next.t(`ui:unit_${unit}`)}`);
    seconds -= count * size;
    if (parts.length === 2) break;
  }
  return parts.join(" ");
}

/** Show a moment's time of day, and its day where that isn't today. */
export function formatTime(
  at_ms: number,
  { now_ms, hour12 }: { now_ms: number; hour12?: boolean | undefined },
): string {
  const at = new Date(at_ms);
  const isToday = at.toDateString() === new Date(now_ms).toDateString();
  return at.toLocaleString(i18next.language, {
    ...(isToday ? {} : { day: "numeric", month: "short" }),
    hour: "2-digit",
    minute: "2-digit",
    ...(hour12 === undefined ? {} : { hour12 }),
  });
}

const wholes = new Map<string, Intl.NumberFormat>();

function whole(language: string): Intl.NumberFormat {
  const known = wholes.get(language);
  if (known) return known;
  const made = new Intl.NumberFormat(language, { maximumFractionDigits: 0 });
  wholes.set(language, made);
  return made;
}
