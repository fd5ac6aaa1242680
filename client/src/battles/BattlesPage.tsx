import { Button } from "@mantine/core";
import {
  IconFileText,
  IconFlame,
  IconSkull,
  IconSwords,
  IconTargetArrow,
  IconTrophy,
} from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "wouter";
import { useCommand, useEmpire, useRules, useServerNow, useSession } from "../sync";
import { Coordinates, EmptyState, Page, Panel, RefusalText, Ships } from "../ui";
import type { ArenaRules, BattleSign } from "../wire/types";
import { ArenaList } from "./arena/ArenaList";
import { useArenas } from "./arena/useArenas";
import classes from "./classes";
import { signSums } from "./model/signs";
import { clockOf } from "./view/clock";
import { SidesBar } from "./view/SidesBar";

/** Show own battles that go on, group battles to join, and the ways to past ones. */
export default function BattlesPage() {
  const { t } = useTranslation("battles");
  return (
    <Page
      title={t("battles")}
      lead={t("battles_lead")}
      actions={
        <>
          <Way href="/reports" icon={<IconFileText size={18} />} label={t("reports")} />
          <Way
            href="/simulator"
            icon={<IconTargetArrow size={18} />}
            label={t("simulator")}
          />
        </>
      }
    >
      <div className={classes.columns}>
        <OwnBattles />
        <div className={classes.stack}>
          <Skirmish />
          <OpenArenas />
        </div>
      </div>
    </Page>
  );
}

interface WayProps {
  href: string;
  icon: React.ReactNode;
  label: string;
}

function Way({ href, icon, label }: WayProps) {
  return (
    <Button component={Link} href={href} variant="default" leftSection={icon}>
      {label}
    </Button>
  );
}

function OwnBattles() {
  const { t } = useTranslation("battles");
  const battles = useEmpire((empire) => empire.battles);
  const player = useSession().player?.id ?? null;
  const signs = Object.values(battles) as unknown as readonly BattleSign[];
  return (
    <Panel title={t("own_battles")} icon={<IconFlame size={18} />}>
      {signs.length === 0 ? (
        <EmptyState
          icon={<IconSwords size={28} />}
          title={t("no_battles_title")}
          text={t("no_battles_text")}
          action={
            <Button component={Link} href="/map" variant="light">
              {t("to_map")}
            </Button>
          }
        />
      ) : (
        <ul className={classes.plain}>
          {signs.map((sign) => (
            <Sign key={sign.id} sign={sign} player={player} />
          ))}
        </ul>
      )}
    </Panel>
  );
}

function Sign({ sign, player }: { sign: BattleSign; player: string | null }) {
  const { t } = useTranslation("battles");
  const now_ms = useServerNow(1_000);
  const run = Math.floor((now_ms - sign.began_ms) / 100);
  return (
    <li className={classes.sign}>
      <div className={classes.signHead}>
        <strong>{sign.colony ? t("siege") : t("battle")}</strong>
        <Coordinates x={sign.x} y={sign.y} />
        <span className={classes.chip} data-tone="live">
          {clockOf(Math.max(sign.tick, run))}
        </span>
        <Button component={Link} href={`/battles/${sign.id}`} size="sm">
          {t("enter")}
        </Button>
      </div>
      <SidesBar sides={signSums(sign, player)} />
    </li>
  );
}

function Skirmish() {
  const { t } = useTranslation("battles");
  const { pirates } = useRules().arenas as ArenaRules;
  const [, go] = useLocation();
  const { run, pending, error } = useCommand("skirmish:begin");
  const begin = async () => {
    const ack = await run({});
    if (ack.ok) go(`/battles/${ack.result.battle}`);
    else if (typeof ack.error.battle === "string") go(`/battles/${ack.error.battle}`);
  };
  return (
    <Panel title={t("skirmish")} icon={<IconSkull size={18} />}>
      <p className={classes.hint}>{t("skirmish_hint")}</p>
      {pirates && <Ships ships={pirates} />}
      <Button onClick={begin} loading={pending} variant="light">
        {t("skirmish_begin")}
      </Button>
      <RefusalText error={error} />
    </Panel>
  );
}

function OpenArenas() {
  const { t } = useTranslation("battles");
  const player = useSession().player?.id ?? null;
  const { arenas, error } = useArenas();
  return (
    <Panel
      title={t("arenas")}
      icon={<IconTrophy size={18} />}
      actions={
        <Button component={Link} href="/arenas" size="xs" variant="subtle">
          {t("call")}
        </Button>
      }
    >
      <RefusalText error={error} />
      {arenas && arenas.length > 0 ? (
        <ArenaList arenas={arenas} player={player} />
      ) : (
        <p className={classes.hint}>{t("no_arenas_text")}</p>
      )}
    </Panel>
  );
}
