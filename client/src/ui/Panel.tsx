import { type ComponentPropsWithoutRef, type ReactNode, useId } from "react";
import classes from "./ui.module.css";

interface PanelProps extends Omit<ComponentPropsWithoutRef<"section">, "title"> {
  title?: ReactNode;
  icon?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}

/** Frame a part of a page, with a heading where it has a title. */
export function Panel({ title, icon, actions, children, ...others }: PanelProps) {
  const id = useId();
  const { className, ...rest } = others;
  return (
    <section
      className={className ? `${classes.panel} ${className}` : classes.panel}
      aria-labelledby={title ? id : undefined}
      {...rest}
    >
      {(title || actions) && (
        <header className={classes.panelHead}>
          {icon && (
            <span className={classes.panelIcon} aria-hidden="true">
              {icon}
            </span>
          )}
          {title && <h2 id={id}>{title}</h2>}
          {actions && <div className={classes.actions}>{actions}</div>}
        </header>
      )}
      {children}
    </section>
  );
}
