import { Button, Loader } from "@mantine/core";
import { IconSwords } from "@tabler/icons-react";
import type { TFunction } from "i18next";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { useConnection, useHearing, useRoom, useServerNow } from "../../sync";
import { Coordinates, EmptyState, Page, Panel } from "../../ui";
import { Lobby } from "../arena/Lobby";
import classes from "../classes";
import type { ArenaView, BattleRoom, BattleView } from "../model/views";
import { clockOf } from "../view/clock";
import { LiveBattle } from "./LiveBattle";

/** How long a room may take to be shown before it counts as absent, in ms. */
const PATIENCE_MS = 6_000;

/** Show the room of a battle: the lobby before it, the fight, the end. */
export function BattleRoomView({ id }: { id: string }) {
  const { t } = useTranslation("battles");
  useHearing(`battle:${id}`);
  const room = useRoom<BattleRoom>(`battle:${id}`);
  const battle = room?.view.battles[id];
  const arena = room?.view.arenas[id];
  if (battle) {
    return (
      <Page title={titleOf(battle, arena, t)} lead={<Lead battle={battle} />} fills>
        <LiveBattle battle={battle} isStale={room?.missed === true} />
      </Page>
    );
  }
  if (arena) {
    return (
      <Page title={arena.name || t("arena")} lead={t("lobby_lead")}>
        <Lobby arena={arena} />
      </Page>
    );
  }
  return (
    <Page title={t("battle")}>
      <Panel>{room ? <Absent /> : <Awaited />}</Panel>
    </Page>
  );
}

function titleOf(
  battle: BattleView,
  arena: ArenaView | undefined,
  t: TFunction<"battles">,
): string {
  if (arena) return arena.name || t("arena");
  if (Object.values(battle.forces).some(({ kind }) => kind === "npc")) {
    return t("skirmish");
  }
  return battle.colony ? t("siege") : t("battle");
}

/** Ticks of a battle's longest step beyond which the clock waits for the server. */
const AHEAD_TICKS = 15;

function Lead({ battle }: { battle: BattleView }) {
  const { t } = useTranslation("battles");
  const now_ms = useServerNow(1_000);
  const isOver = battle.winner !== null;
  const run = Math.floor((now_ms - battle.began_ms) / 100);
  const tick = isOver
    ? battle.tick
    : Math.max(battle.tick, Math.min(run, battle.tick + AHEAD_TICKS));
  return (
    <span className={classes.lead}>
      <span className={classes.chip} data-tone={isOver ? "over" : "live"}>
        {isOver ? t("over") : t("live")}
      </span>
      <span>{clockOf(tick)}</span>
      {!battle.arena && <Coordinates x={battle.x} y={battle.y} />}
    </span>
  );
}

function Awaited() {
  const { t } = useTranslation("battles");
  const { status } = useConnection();
  const [isLate, setLate] = useState(false);
  useEffect(() => {
    if (status !== "live") return;
    const timer = setTimeout(() => setLate(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [status]);
  if (isLate) return <Absent />;
  return (
    <div className={classes.awaited} role="status">
      <Loader aria-hidden="true" /> {t("loading")}
    </div>
  );
}

function Absent() {
  const { t } = useTranslation("battles");
  return (
    <EmptyState
      icon={<IconSwords size={28} />}
      title={t("absent_title")}
      text={t("absent_text")}
      action={
        <Button component={Link} href="/battles" variant="light">
          {t("to_battles")}
        </Button>
      }
    />
  );
}
