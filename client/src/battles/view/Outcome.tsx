import { Button } from "@mantine/core";
import {
  IconArrowNarrowRight,
  IconFlagOff,
  IconScale,
  IconTrophy,
} from "@tabler/icons-react";
import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { Amount, Coordinates, formatFull, Panel } from "../../ui";
import classes from "../classes";
import { total } from "../model/summary";
import type { BattleView } from "../model/views";

interface OutcomeProps {
  battle: BattleView;
  player: string | null;
  /** Where a link to the report is of use. */
  hasReport?: boolean;
}

export type Result = "won" | "lost" | "drawn" | "watched";

/** Tell what a finished battle is for a player. */
export function resultFor(battle: BattleView, player: string | null): Result {
  const own = Object.values(battle.forces).filter((one) => one.player === player);
  if (own.length === 0) return "watched";
  if (battle.winner === -1) return "drawn";
  return own.some(({ side }) => side === battle.winner) ? "won" : "lost";
}

const ICONS = {
  won: IconTrophy,
  lost: IconFlagOff,
  drawn: IconScale,
  watched: IconScale,
} as const;

/** Show how a battle ended: who won, what it cost, what was gained. */
export function Outcome({ battle, player, hasReport }: OutcomeProps) {
  const { t } = useTranslation("battles");
  if (battle.winner === null) return null;
  const result = resultFor(battle, player);
  const Icon = ICONS[result];
  const own = Object.entries(battle.forces).filter(([, one]) => one.player === player);
  const lost = own.reduce((sum, [, force]) => sum + total(force.lost), 0);
  const loot = own.flatMap(([id]) => Object.entries(battle.loot[id] ?? {}));
  const points = battle.scores.find((one) => one.player === player)?.points;
  return (
    <Panel className={classes.outcome} data-result={result} role="status">
      <div className={classes.outcomeHead}>
        <Icon size={28} className={classes.outcomeIcon} aria-hidden="true" />
        <div>
          <h2>{t(`result_${result}`)}</h2>
          <p>{winnerText(battle, t)}</p>
        </div>
      </div>
      <dl className={classes.facts}>
        {own.length > 0 && <Fact label={t("own_losses")} value={formatFull(lost)} />}
        {points !== undefined && (
          <Fact label={t("rank_points")} value={formatFull(points)} />
        )}
        {loot.length > 0 && (
          <Fact
            label={t("loot")}
            value={loot.map(([name, value]) => (
              <Amount key={name} kind={name} value={value ?? 0} />
            ))}
          />
        )}
        {battle.debris && (
          <Fact label={t("debris")} value={<Coordinates x={battle.x} y={battle.y} />} />
        )}
      </dl>
      {hasReport && own.length > 0 && (
        <Button
          component={Link}
          href={`/reports/${battle.id}`}
          variant="light"
          rightSection={<IconArrowNarrowRight size={18} />}
        >
          {t("to_report")}
        </Button>
      )}
    </Panel>
  );
}

function Fact({ label, value }: { label: string; value: React.ReactNode }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{value}</dd>
    </div>
  );
}

/** Say who won, in a sentence. */
function winnerText(battle: BattleView, t: TFunction<"battles">): string {
  const names = Object.values(battle.forces)
    .filter(({ side }) => side === battle.winner)
    .map(({ username }) => username);
  if (names.length === 0) return t("nobody_won");
  return t("winners", { names: [...new Set(names)].join(", ") });
}
