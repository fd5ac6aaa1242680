import {
  IconCrosshair,
  IconDoorExit,
  IconHomeShield,
  IconSkull,
} from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { formatAmount, formatFull, Pending, UnitIcon, useName } from "../../ui";
import classes from "../classes";
import type { Stance } from "../model/stance";
import { total, type UnitLine, unitLines } from "../model/summary";
import type { ForceView, Tally } from "../model/views";
import { StanceMark } from "./StanceMark";

/** A force as a card shows it: replays know no orders. */
export type CardForce = Tally & {
  readonly username: string;
  readonly kind: ForceView["kind"];
} & Partial<Pick<ForceView, "formation" | "focus" | "retreats" | "pending">>;

interface ForceCardProps {
  force: CardForce;
  stance: Stance;
  /** Name of what it fires at first. */
  focusName?: string | undefined;
  isMarked?: boolean;
  onHover?: (over: boolean) => void;
  actions?: ReactNode;
}

/** Show one force: whose it is, ships left and lost by unit, damage, how it stands. */
export function ForceCard(props: ForceCardProps) {
  const { force, stance, focusName, isMarked, onHover, actions } = props;
  const { t } = useTranslation("battles");
  const left = total(force.ships);
  return (
    <article
      className={classes.force}
      data-stance={stance}
      data-state={force.state}
      data-marked={isMarked || undefined}
      onPointerEnter={() => onHover?.(true)}
      onPointerLeave={() => onHover?.(false)}
    >
      <header className={classes.forceHead}>
        <StanceMark stance={stance} size={16} />
        <h3>{force.username}</h3>
        {force.kind === "colony" && (
          <span className={classes.chip}>
            <IconHomeShield size={13} aria-hidden="true" /> {t("garrison")}
          </span>
        )}
        <StateChip state={force.state} />
        <span className={classes.forceCount}>
          {formatFull(left)}
          <small> / {formatFull(left + total(force.lost))}</small>
        </span>
      </header>
      <ul className={classes.units}>
        {unitLines(force).map((line) => (
          <UnitBar key={line.unit} line={line} stance={stance} />
        ))}
      </ul>
      <Standing force={force} focusName={focusName} />
      {actions}
    </article>
  );
}

function StateChip({ state }: { state: Tally["state"] }) {
  const { t } = useTranslation("battles");
  if (state === "fighting") return null;
  const Icon = state === "fled" ? IconDoorExit : IconSkull;
  return (
    <span className={classes.chip} data-tone={state}>
      <Icon size={13} aria-hidden="true" /> {t(`state_${state}`)}
    </span>
  );
}

function UnitBar({ line, stance }: { line: UnitLine; stance: Stance }) {
  const { t } = useTranslation("battles");
  const name = useName();
  const { unit, left, lost } = line;
  const said = t("unit_line", { unit: name("unit", unit), left, lost });
  return (
    <li className={classes.unit} title={said}>
      <UnitIcon name={unit} size={18} />
      <span className="gd-unseen">{said}</span>
      <span className={classes.unitBar} aria-hidden="true">
        <span
          style={{
            scale: `${left / Math.max(1, left + lost)} 1`,
            background: `var(--gd-${stance})`,
          }}
        />
      </span>
      <span className={classes.unitCount} aria-hidden="true">
        {formatAmount(left)}
        {lost > 0 && <small className={classes.lost}>−{formatAmount(lost)}</small>}
      </span>
    </li>
  );
}

function Standing({
  force,
  focusName,
}: {
  force: CardForce;
  focusName?: string | undefined;
}) {
  const { t } = useTranslation("battles");
  const name = useName();
  const waits = (what: "formation" | "focus" | "retreats") =>
    force.pending?.includes(what);
  return (
    <footer className={classes.standing}>
      <span title={t("dealt_title")}>
        {t("dealt", { hp: formatAmount(force.dealt) })}
      </span>
      {force.formation && (
        <Pending when={waits("formation")}>
          {name("formation", force.formation)}
        </Pending>
      )}
      {focusName && (
        <Pending when={waits("focus")}>
          <span className={classes.chip}>
            <IconCrosshair size={13} aria-hidden="true" /> {focusName}
          </span>
        </Pending>
      )}
      {force.retreats && force.state === "fighting" && (
        <Pending when={waits("retreats")}>
          <span className={classes.chip} data-tone="fled">
            <IconDoorExit size={13} aria-hidden="true" /> {t("retreating")}
          </span>
        </Pending>
      )}
    </footer>
  );
}
