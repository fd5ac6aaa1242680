import { lazy, Suspense, useCallback, useState } from "react";
import { useShortcuts } from "./keyboard";

const ShortcutSheet = lazy(() => import("../help/ShortcutSheet"));

/** Follow the keyboard, and show the sheet of shortcuts when it is asked for. */
export function Shortcuts() {
  const [isOpen, setOpen] = useState(false);
  const open = useCallback(() => setOpen(true), []);
  useShortcuts(open);
  if (!isOpen) return null;
  return (
    <Suspense fallback={null}>
      <ShortcutSheet onClose={() => setOpen(false)} />
    </Suspense>
  );
}
