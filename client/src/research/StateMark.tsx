import {
  IconCheck,
  IconClock,
  IconCoins,
  IconHourglassHigh,
  IconLock,
  IconPlayerPlay,
  IconPlus,
} from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { NodeState } from "./offer";
import classes from "./Research.module.css";

const ICONS: Readonly<Record<NodeState, typeof IconCheck>> = {
  max: IconCheck,
  progress: IconPlayerPlay,
  pending: IconHourglassHigh,
  missing: IconLock,
  busy: IconClock,
  short: IconCoins,
  available: IconPlus,
};

interface StateMarkProps {
  state: NodeState;
  /** Read aloud, too, where no words stand beside it. */
  said?: boolean;
}

/** Mark how a technology stands by a sign; its words are in the title. */
export function StateMark({ state, said }: StateMarkProps) {
  const { t } = useTranslation("research");
  const Icon = ICONS[state];
  return (
    <span className={classes.state} data-state={state} title={t(`state.${state}`)}>
      <Icon size={14} stroke={2.2} aria-hidden="true" />
      {said && <span className="gd-unseen">{t(`state.${state}`)}</span>}
    </span>
  );
}
