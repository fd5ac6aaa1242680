import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import { arrived } from "./arrival";

const TITLE = "[data-page-title]";
/** How long a page may take to show its title, in frames of about 16 ms. */
const FRAMES_MAX = 180;

/**
 * Take the focus to the new page's heading, and have it read out.
 *
 * A heading that is not there yet (the page's code is on its way) is waited for.
 */
export function PageChange() {
  const { t } = useTranslation("app");
  const [path] = useLocation();
  const [title, setTitle] = useState("");
  const last = useRef(path);

  useEffect(() => {
    if (last.current === path) return;
    last.current = path;
    return onceShown((heading) => {
      document.querySelector("main")?.scrollTo(0, 0);
      heading.focus({ preventScroll: true });
      setTitle(heading.textContent ?? "");
      arrived();
    });
  }, [path]);

  return (
    <div className="gd-unseen" aria-live="polite">
      {title && t("arrived", { title })}
    </div>
  );
}

function onceShown(then: (heading: HTMLElement) => void): () => void {
  let frames = 0;
  let asked = requestAnimationFrame(look);
  function look() {
    const heading = document.querySelector<HTMLElement>(TITLE);
    frames += 1;
    if (heading) then(heading);
    else if (frames < FRAMES_MAX) asked = requestAnimationFrame(look);
  }
  return () => cancelAnimationFrame(asked);
}
