import { useId } from "react";
import { CHOICES, type Preferences, prefer, usePreference } from "./preferences";
import classes from "./settings.module.css";

interface ChoiceProps<K extends keyof Preferences> {
  /** The preference that is chosen. */
  name: K;
  label: string;
  hint?: string;
  /** What each choice is called. */
  names: Readonly<Record<Preferences[K], string>>;
}

/** Let one of a preference's values be chosen; it takes effect at once. */
export function Choice<K extends keyof Preferences>(props: ChoiceProps<K>) {
  const { name, label, hint, names } = props;
  const value = usePreference(name);
  const id = useId();
  const values: readonly string[] = CHOICES[name];
  return (
    <fieldset className={classes.choice} aria-describedby={hint ? id : undefined}>
      <legend>{label}</legend>
      <div className={classes.options}>
        {values.map((one) => (
          <label key={one} className={classes.option}>
            <input
              type="radio"
              name={name}
              value={one}
              checked={one === value}
              onChange={() => prefer(name, one as Preferences[K])}
            />
            <span lang={name === "language" ? one : undefined}>
              {names[one as Preferences[K]]}
            </span>
          </label>
        ))}
      </div>
      {hint && (
        <p id={id} className={classes.hint}>
          {hint}
        </p>
      )}
    </fieldset>
  );
}
