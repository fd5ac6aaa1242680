import { useTranslation } from "react-i18next";
import { formatAmount, useName } from "../ui";
import classes from "./Buildings.module.css";
import { COUNTED, type EffectStep } from "./effects";

/** Show what a level gives and takes, and what the next one will. */
export function Effects({ steps }: { steps: readonly EffectStep[] }) {
  const { t } = useTranslation("colony");
  const name = useName();
  const label = ({ kind, name: id }: EffectStep) => {
    if (kind === "effect") return name("effect", id);
    if (kind === "draw") return t("effect_draw");
    return t(`effect_${kind}`, { resource: name("resource", id) });
  };
  return (
    <dl className={classes.effects}>
      {steps.map((one) => (
        <div key={`${one.kind} ${one.name}`}>
          <dt>{label(one)}</dt>
          <dd data-cost={one.kind === "draw" || undefined}>
            {one.value !== 0 && `${figure(one, one.value)} → `}
            <strong>{figure(one, one.next)}</strong>
          </dd>
        </div>
      ))}
    </dl>
  );
}

function figure({ kind, name }: EffectStep, value: number): string {
  const text = formatAmount(value);
  if (kind === "draw") return `−${text}`;
  if (kind === "output") return `+${text}`;
  if (kind === "effect" && !COUNTED.has(name)) return `+${text} %`;
  return text;
}
