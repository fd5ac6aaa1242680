import { IconEyeOff, IconHourglassLow } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useEmpire, useGalaxyMap, useRules, useServerNow } from "../sync";
import {
  Amount,
  BuildingIcon,
  formatDuration,
  Pending,
  ResourceIcon,
  Ships,
  TimedProgress,
  useName,
} from "../ui";
import { useMap } from "./mapStore";
import panel from "./panel.module.css";
import classes from "./sheet.module.css";
import { planetOf } from "./target";
import type {
  BattleThing,
  ColonyThing,
  DebrisThing,
  FleetThing,
  Thing,
} from "./things";
import { keyOf } from "./things";
import { forcesOf } from "./views";

/** Tell what is known of a thing or planet, by its key. */
export function ThingFacts({ id }: { id: string }) {
  const thing = useMap((state) => state.things.get(id));
  if (thing === undefined) return <PlanetFacts id={id} />;
  return (
    <>
      <Facts thing={thing} />
      {thing.seen_ms !== undefined && <LastSeen at_ms={thing.seen_ms} />}
    </>
  );
}

function Facts({ thing }: { thing: Thing }) {
  switch (thing.kind) {
    case "colony":
      return <ColonyFacts thing={thing} />;
    case "fleet":
      return <FleetFacts thing={thing} />;
    case "battle":
      return <BattleFacts thing={thing} />;
    case "debris":
      return <DebrisFacts thing={thing} />;
  }
}

function LastSeen({ at_ms }: { at_ms: number }) {
  const { t } = useTranslation("map");
  const { t: ui } = useTranslation("ui");
  const since = formatDuration(useServerNow(1000) - at_ms);
  return (
    <p className={panel.faint}>
      <IconEyeOff size={15} aria-hidden="true" />
      {t("last_seen", { ago: ui("ago", { duration: since }) })}
    </p>
  );
}

function ColonyFacts({ thing }: { thing: ColonyThing }) {
  const { t } = useTranslation("map");
  const name = useName();
  const known = thing.own ?? thing.seen;
  if (known === undefined) {
    return (
      <>
        <FactsHead title={t("hidden")} kind={t("colony")} />
        <p className={panel.faint}>{t("hidden_hint")}</p>
        <PlanetBonus id={thing.id} />
      </>
    );
  }
  const owner = thing.own ? t("you") : thing.seen?.username;
  const levels = Object.entries(known.buildings).filter(([, level]) => level > 0);
  const construction =
    thing.seen?.construction ??
    thing.own?.queue.find((order) => order.kind === "building");
  return (
    <>
      <FactsHead title={known.name} kind={`${t("colony")} · ${owner}`} />
      <p className={panel.faint}>
        {name("planet_type", known.planet_type)} · {name("region", known.region)}
      </p>
      {known.battle && <p className={panel.alarm}>{t("in_battle")}</p>}
      {known.blockades.length > 0 && (
        <p className={panel.alarm}>
          {t("blockaded", { count: known.blockades.length })}
        </p>
      )}
      {known.occupier && <p className={panel.alarm}>{t("occupied")}</p>}
      <ul className={classes.levels}>
        {levels.map(([building, level]) => (
          <li key={building} title={name("building", building)}>
            <BuildingIcon name={building} size={18} />
            <span className="gd-unseen">{name("building", building)}</span>
            {level}
          </li>
        ))}
        {levels.length === 0 && <li>{t("buildings_none")}</li>}
      </ul>
      {construction && (
        <TimedProgress
          started_ms={construction.started_ms}
          complete_ms={construction.complete_ms}
          label={t("building_now", {
            building: name("building", construction.building),
            level: construction.level,
          })}
        />
      )}
    </>
  );
}

function FleetFacts({ thing }: { thing: FleetThing }) {
  const { t } = useTranslation("map");
  const now_ms = useServerNow(1000);
  const known = thing.own ?? thing.seen;
  if (known === undefined) return null;
  const title = thing.own?.name ?? thing.seen?.username ?? "";
  const end_ms = known.path.at(-1)?.at_ms ?? 0;
  const isMoving = thing.seen_ms === undefined && end_ms > now_ms;
  // Of a stranger's path only the part in the sector is known, not when it arrives.
  const told = thing.own
    ? t("arrives_in", { time: formatDuration(end_ms - now_ms) })
    : t("moves");
  return (
    <>
      <FactsHead title={title} kind={t("fleet")} />
      <Pending when={thing.own?.pending}>
        <Ships ships={known.ships} />
      </Pending>
      {known.battle && <p className={panel.alarm}>{t("in_battle")}</p>}
      {thing.seen_ms === undefined && (
        <p className={panel.faint}>
          <IconHourglassLow size={15} aria-hidden="true" />
          {isMoving ? told : t("stands")}
        </p>
      )}
    </>
  );
}

function BattleFacts({ thing }: { thing: BattleThing }) {
  const { t } = useTranslation("map");
  return (
    <>
      <FactsHead title={t("battle")} kind="" />
      <ul className={classes.forces}>
        {forcesOf(thing.sign).map((force) => (
          <li key={`${force.player} ${force.side}`}>
            <span>{t("side", { side: force.side + 1 })}</span>
            <b>{force.username}</b>
            <span>{t("ships_count", { ships: force.ships })}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

function DebrisFacts({ thing }: { thing: DebrisThing }) {
  const { t } = useTranslation("map");
  const left_ms = thing.debris.until_ms - useServerNow(1000);
  return (
    <>
      <FactsHead title={t("debris")} kind="" />
      <div className={classes.amounts}>
        {Object.entries(thing.debris.amounts).map(([kind, value]) => (
          <Amount key={kind} kind={kind} value={value} />
        ))}
      </div>
      <p className={panel.faint}>
        {t("drifts_until", { time: formatDuration(left_ms) })}
      </p>
    </>
  );
}

function PlanetFacts({ id }: { id: string }) {
  const { t } = useTranslation("map");
  const name = useName();
  const planet = planetOf(id, useGalaxyMap());
  const isTaken = useMap((state) =>
    state.things.has(keyOf("colony", planet?.id ?? "")),
  );
  if (planet === null) return null;
  return (
    <>
      <FactsHead title={name("planet_type", planet.type)} kind={t("planet")} />
      <p className={panel.faint}>
        {name("region", planet.region)} · {isTaken ? t("taken") : t("free")}
      </p>
      <PlanetBonus id={planet.id} />
    </>
  );
}

/** Tell what region and type make of production, where it isn't the usual. */
function PlanetBonus({ id }: { id: string }) {
  const { t } = useTranslation("map");
  const { galaxy } = useRules();
  const resources = useEmpire((empire) =>
    Object.keys(Object.values(empire.colonies)[0]?.resources.amounts ?? {}).join(" "),
  );
  const planet = planetOf(keyOf("planet", id), useGalaxyMap());
  if (planet === null) return null;
  const region = galaxy.regions[planet.region]?.production_percent ?? {};
  const type = galaxy.planet_types[planet.type]?.production_percent ?? {};
  const percents = resources
    .split(" ")
    .map((one) => [one, ((region[one] ?? 100) * (type[one] ?? 100)) / 100] as const)
    .filter(([one, percent]) => one !== "" && percent !== 100);
  return (
    <div className={classes.amounts}>
      <span className={panel.faint}>{t("bonus")}</span>
      {percents.map(([one, percent]) => (
        <Bonus key={one} resource={one} percent={percent} />
      ))}
      {percents.length === 0 && <span>{t("bonus_none")}</span>}
    </div>
  );
}

function Bonus({ resource, percent }: { resource: string; percent: number }) {
  const name = useName()("resource", resource);
  return (
    <span className={classes.bonus} data-less={percent < 100 || undefined}>
      <ResourceIcon name={resource} />
      <span className="gd-unseen">{name}</span>
      {Math.round(percent)} %
    </span>
  );
}

/** Head what is told of a thing. */
export function FactsHead({ title, kind }: { title: string; kind: string }) {
  return (
    <header className={classes.factsHead}>
      <b>{title}</b>
      {kind && <span className={panel.faint}>{kind}</span>}
    </header>
  );
}
