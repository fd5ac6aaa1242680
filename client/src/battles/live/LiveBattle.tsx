import { IconChartLine, IconTable, IconTrophy } from "@tabler/icons-react";
import { type ReactNode, useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { serverNow, useConnection, useServerNow, useSession } from "../../sync";
import { Panel } from "../../ui";
import classes from "../classes";
import { targetsOf } from "../model/orders";
import type { Stance } from "../model/stance";
import { sideLines, sideSums } from "../model/summary";
import type { BattleView } from "../model/views";
import { Announcer } from "../view/Announcer";
import { CourseChart } from "../view/CourseChart";
import { ForceCard } from "../view/ForceCard";
import { ForcesTable } from "../view/ForcesTable";
import { nameForces, presented } from "../view/names";
import { Outcome } from "../view/Outcome";
import { Scoreboard } from "../view/Scoreboard";
import { SidesBar } from "../view/SidesBar";
import { StageCanvas } from "../view/StageCanvas";
import { useArms } from "../view/useArms";
import { BattleReserves } from "./BattleReserves";
import { OrderPanel } from "./OrderPanel";
import { LiveReel } from "./reel";
import { useCast } from "./useCast";
import { useLosses } from "./useLosses";
import { useOrders } from "./useOrders";

interface LiveBattleProps {
  battle: BattleView;
  /** The room missed something: its numbers are not right for the moment. */
  isStale: boolean;
}

/** Show a battle as it goes on, and take orders for own forces. */
export function LiveBattle({ battle: heard, isStale }: LiveBattleProps) {
  const { t } = useTranslation("battles");
  const battle = useMemo(() => presented(heard, t), [heard, t]);
  const player = useSession().player?.id ?? null;
  const { status } = useConnection();
  const reel = useMemo(() => new LiveReel(serverNow), []);
  useEffect(() => reel.take(battle), [reel, battle]);
  const notes = useLosses(battle);
  const { forces, give, error } = useOrders(battle);
  const shown = useMemo(() => ({ ...battle, forces }), [battle, forces]);
  const { own, chosen, choose, stanceOf, cast, hovered, hover } = useCast(
    battle,
    forces,
    player,
  );
  const arms = useArms(sidesOf(battle));
  const sums = sideSums(forces, stanceOf);
  const bySide = new Map(sums.map((sum) => [sum.side, sum]));
  const pick = (force: string) => {
    if (own.includes(force)) choose(force);
    else if (chosen && targetsOf(battle, chosen).includes(force)) {
      give(chosen, { kind: "focus", value: force });
    }
  };
  const [wasFought] = useState(battle.winner === null);
  const isLate = useLate(battle);
  const isBehind =
    isStale || isLate || status === "offline" || status === "catching_up";
  return (
    <div className={classes.battle} aria-busy={isBehind}>
      <div className={classes.main}>
        <Outcome battle={battle} player={player} hasReport />
        <SidesBar sides={sums} />
        {wasFought && (
          <StageCanvas
            reel={reel}
            arms={arms}
            cast={cast}
            label={t("stage_label", { count: battle.rows.length })}
            onPick={pick}
            onHover={hover}
          >
            {isBehind && <div className={classes.veil}>{t("catching_up")}</div>}
          </StageCanvas>
        )}
        {chosen && <p className={classes.hint}>{t("pick_hint")}</p>}
        <Announcer sides={sums} />
        <Panel
          className={classes.late}
          title={t("course")}
          icon={<IconChartLine size={18} />}
        >
          <CourseChart
            lines={sideLines(battle.forces, notes, battle.tick)}
            stanceOf={(side) => bySide.get(side)?.stance ?? "neutral"}
            nameOf={(side) => bySide.get(side)?.names.join(", ") ?? ""}
            end={battle.tick}
          />
        </Panel>
      </div>
      <Aside
        shown={shown}
        player={player}
        stanceOf={stanceOf}
        hovered={hovered}
        onHover={hover}
        orders={
          chosen && (
            <OrderPanel
              battle={shown}
              forces={own}
              chosen={chosen}
              onChoose={choose}
              onOrder={give}
              error={error}
            />
          )
        }
      />
    </div>
  );
}

/** Steps come every second: without one for so long, something is in the way. In ms. */
const STEP_MS_MAX = 4_000;
const TICK_MS = 100;

/** Tell whether a battle that goes on is known only as it was a while ago. */
function useLate({ winner, began_ms, tick }: BattleView): boolean {
  const now_ms = useServerNow(1_000);
  return winner === null && now_ms - (began_ms + tick * TICK_MS) > STEP_MS_MAX;
}

interface AsideProps {
  /** The battle with own pending orders applied. */
  shown: BattleView;
  player: string | null;
  stanceOf: (force: string) => Stance;
  hovered: string | null;
  onHover: (force: string | null) => void;
  orders: ReactNode;
}

function Aside({ shown, player, stanceOf, hovered, onHover, orders }: AsideProps) {
  const { t } = useTranslation("battles");
  const names = nameForces(shown.forces, t);
  const isOver = shown.winner !== null;
  return (
    <aside className={classes.aside}>
      {orders}
      <BattleReserves battle={shown} player={player} />
      <div className={classes.forces}>
        {Object.entries(shown.forces).map(([id, force]) => (
          <ForceCard
            key={id}
            force={force}
            stance={stanceOf(id)}
            focusName={names[force.focus]}
            isMarked={hovered === id}
            onHover={(over) => onHover(over ? id : null)}
          />
        ))}
      </div>
      <Panel
        title={isOver ? t("rank_points") : t("scores")}
        icon={<IconTrophy size={18} />}
      >
        <Scoreboard scores={shown.scores} player={player} />
      </Panel>
      <Panel title={t("table")} icon={<IconTable size={18} />}>
        <ForcesTable forces={shown.forces} stanceOf={stanceOf} isOver={isOver} />
      </Panel>
    </aside>
  );
}

function sidesOf(battle: BattleView): Record<string, number> {
  return Object.fromEntries(
    Object.entries(battle.forces).map(([id, { side }]) => [id, side]),
  );
}
