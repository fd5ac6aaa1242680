import type { ReactNode } from "react";
import classes from "./ui.module.css";

interface EmptyStateProps {
  icon: ReactNode;
  title: string;
  /** What to do about it. */
  text: ReactNode;
  action?: ReactNode;
}

/** Stand where there is nothing yet, and say what to do. */
export function EmptyState({ icon, title, text, action }: EmptyStateProps) {
  return (
    <div className={classes.empty}>
      <span className={classes.emptyIcon} aria-hidden="true">
        {icon}
      </span>
      <p className={classes.emptyTitle}>{title}</p>
      <p className={classes.dimmed}>{text}</p>
      {action}
    </div>
  );
}
