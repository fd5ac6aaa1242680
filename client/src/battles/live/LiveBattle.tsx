import { IconChartLine, IconTable, IconTrophy } from "@tabler/icons-react";
import { type ReactNode, useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { serverNow, useConnection, useSession } from "../../sync";
import { Panel } from "../../ui";
import classes from "../classes";
import { commanded, targetsOf } from "../model/orders";
import { type Stance, stances } from "../model/stance";
import { sideLines, sideSums } from "../model/summary";
import type { BattleView } from "../model/views";
import { Announcer } from "../view/Announcer";
import { CourseChart } from "../view/CourseChart";
import { ForceCard } from "../view/ForceCard";
import { ForcesTable } from "../view/ForcesTable";
import { nameForces } from "../view/names";
import { Outcome } from "../view/Outcome";
import { Scoreboard } from "../view/Scoreboard";
import { SidesBar } from "../view/SidesBar";
import { StageCanvas } from "../view/StageCanvas";
import { useArms } from "../view/useArms";
import { BattleReserves } from "./BattleReserves";
import { OrderPanel } from "./OrderPanel";
import { LiveReel } from "./reel";
import { useLosses } from "./useLosses";
import { useOrders } from "./useOrders";

interface LiveBattleProps {
  battle: BattleView;
  /** The room missed something: its numbers are not right for the moment. */
  isStale: boolean;
}

/** Show a battle as it goes on, and take orders for own forces. */
export function LiveBattle({ battle, isStale }: LiveBattleProps) {
  const { t } = useTranslation("battles");
  const player = useSession().player?.id ?? null;
  const { status } = useConnection();
  const reel = useMemo(() => new LiveReel(serverNow), []);
  useEffect(() => reel.take(battle), [reel, battle]);
  const notes = useLosses(battle);
  const { forces, give, error } = useOrders(battle);
  const shown = useMemo(() => ({ ...battle, forces }), [battle, forces]);
  const [hovered, setHovered] = useState<string | null>(null);
  const [wanted, setWanted] = useState<string | null>(null);
  const own = commanded(battle, player);
  const chosen = wanted && own.includes(wanted) ? wanted : (own[0] ?? null);
  const focus = (chosen && forces[chosen]?.focus) || null;
  const stanceBy = useMemo(
    () => stances(battle.forces, player),
    [battle.forces, player],
  );
  const stanceOf = (force: string) => stanceBy.get(force) ?? "neutral";
  const cast = useMemo(
    () => ({
      stanceOf: (force: string) => stanceBy.get(force) ?? "neutral",
      commanded: own.length > 1 ? chosen : null,
      focus,
      hovered,
    }),
    [stanceBy, own.length, chosen, focus, hovered],
  );
  const arms = useArms(sidesOf(battle));
  const sums = sideSums(forces, stanceOf);
  const bySide = new Map(sums.map((sum) => [sum.side, sum]));
  const pick = (force: string) => {
    if (own.includes(force)) setWanted(force);
    else if (chosen && targetsOf(battle, chosen).includes(force)) {
      give(chosen, { kind: "focus", value: force });
    }
  };
  const isBehind = isStale || status === "offline";
  return (
    <div className={classes.battle} aria-busy={isBehind}>
      <div className={classes.main}>
        <SidesBar sides={sums} />
        <StageCanvas
          reel={reel}
          arms={arms}
          cast={cast}
          label={t("stage_label", { count: battle.rows.length })}
          onPick={pick}
          onHover={setHovered}
        >
          {isBehind && <div className={classes.veil}>{t("catching_up")}</div>}
        </StageCanvas>
        {chosen && <p className={classes.hint}>{t("pick_hint")}</p>}
        <Announcer sides={sums} />
        <Outcome battle={battle} player={player} hasReport />
        <Panel title={t("course")} icon={<IconChartLine size={18} />}>
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
        onHover={setHovered}
        orders={
          chosen && (
            <OrderPanel
              battle={shown}
              forces={own}
              chosen={chosen}
              onChoose={setWanted}
              onOrder={give}
              error={error}
            />
          )
        }
      />
    </div>
  );
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
      <Panel title={t("scores")} icon={<IconTrophy size={18} />}>
        <Scoreboard scores={shown.scores} player={player} />
      </Panel>
      <Panel title={t("table")} icon={<IconTable size={18} />}>
        <ForcesTable forces={shown.forces} stanceOf={stanceOf} />
      </Panel>
    </aside>
  );
}

function sidesOf(battle: BattleView): Record<string, number> {
  return Object.fromEntries(
    Object.entries(battle.forces).map(([id, { side }]) => [id, side]),
  );
}
