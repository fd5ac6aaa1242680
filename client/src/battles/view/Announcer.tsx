import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { SideSum } from "../model/summary";

/** Time between two summaries that are read aloud, in ms. */
const EVERY_MS = 6_000;

/** Read aloud how a battle stands, every few seconds and where it changed. */
export function Announcer({ sides }: { sides: readonly SideSum[] }) {
  const { t } = useTranslation("battles");
  const [said, setSaid] = useState("");
  const latest = useRef("");
  latest.current = sides
    .map(({ names, left, lost }) =>
      t("side_sum", { names: names.join(", "), left, lost }),
    )
    .join(" ");
  useEffect(() => {
    const timer = setInterval(() => setSaid(latest.current), EVERY_MS);
    return () => clearInterval(timer);
  }, []);
  return (
    <p className="gd-unseen" aria-live="polite">
      {said}
    </p>
  );
}
