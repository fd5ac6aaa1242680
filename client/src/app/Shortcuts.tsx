import { lazy, Suspense, useCallback, useRef, useState } from "react";
import { useShortcuts } from "./keyboard";

const ShortcutSheet = lazy(() => import("../help/ShortcutSheet"));

/** Follow the keyboard, and show the sheet of shortcuts when it is asked for. */
export function Shortcuts() {
  const [isOpen, setOpen] = useState(false);
  const before = useRef<Element | null>(null);
  const open = useCallback(() => {
    before.current = document.activeElement;
    setOpen(true);
  }, []);
  const close = () => {
    setOpen(false);
    // The sheet goes at once, before it could give the focus back by itself.
    if (before.current instanceof HTMLElement) before.current.focus();
  };
  useShortcuts(open);
  if (!isOpen) return null;
  return (
    <Suspense fallback={null}>
      <ShortcutSheet onClose={close} />
    </Suspense>
  );
}
