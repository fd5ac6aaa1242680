import { IconHammer, IconRocket } from "@tabler/icons-react";
import { memo, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { type Colony, serverNow } from "../sync";
import type { QueuedOrder } from "../sync/empire";
import { lineOf } from "../sync/formulas";
import {
  BuildingIcon,
  formatAmount,
  Pending,
  ResourceIcon,
  TimedProgress,
  UnitIcon,
  useName,
} from "../ui";
import classes from "./ColonyCard.module.css";
import { RunningAmount, RunningBar } from "./Running";
import stockClasses from "./Stock.module.css";
import { RESOURCES } from "./stock";

/** Show a colony at a glance: stores, what is under way, who presses it. */
export const ColonyCard = memo(function ColonyCard({ colony }: { colony: Colony }) {
  const { t } = useTranslation("colony");
  const name = useName();
  return (
    <article className={classes.card} data-danger={isPressed(colony) || undefined}>
      <header className={classes.head}>
        <h3>
          <Link
            href={`/colonies/${colony.id}`}
            aria-label={t("open_colony", { colony: colony.name })}
            className={classes.open}
          >
            {colony.name}
          </Link>
        </h3>
        <span className={classes.dimmed}>
          {name("planet_type", colony.planet_type)} · {name("region", colony.region)}
        </span>
        <Badges colony={colony} />
      </header>
      <ul className={classes.stock} aria-label={t("stock_of", { colony: colony.name })}>
        {RESOURCES.map((resource) => (
          <li key={resource}>
            <span className={classes.held} title={name("resource", resource)}>
              <ResourceIcon name={resource} size={15} />
              <Pending when={colony.pending}>
                <RunningAmount stock={colony.resources} resource={resource} />
              </Pending>
            </span>
            <RunningBar
              stock={colony.resources}
              resource={resource}
              label={t("storage_of", { resource: name("resource", resource) })}
              className={`${stockClasses.bar} ${stockClasses[resource]}`}
            />
          </li>
        ))}
      </ul>
      <Built colony={colony} />
      <Line icon={<IconHammer size={16} />} order={lineOf(colony, "building")[0]} />
      {(colony.buildings.shipyard ?? 0) > 0 && (
        <Line icon={<IconRocket size={16} />} order={lineOf(colony, "training")[0]} />
      )}
    </article>
  );
});

/** Show what stands, each building with its level, and the ships that are here. */
function Built({ colony }: { colony: Colony }) {
  const { t } = useTranslation("colony");
  const name = useName();
  const built = Object.entries(colony.buildings);
  const ships = Object.entries(colony.units);
  if (built.length + ships.length === 0) return null;
  return (
    <ul className={classes.built}>
      {built.map(([building, level]) => (
        <li key={building} title={name("building", building)}>
          <BuildingIcon name={building} size={17} />
          <span className="gd-unseen">{name("building", building)}</span>
          <strong>{level}</strong>
        </li>
      ))}
      {ships.map(([unit, count]) => (
        <li key={unit} title={t("order_training", { name: name("unit", unit), count })}>
          <UnitIcon name={unit} size={17} />
          <span className="gd-unseen">{name("unit", unit)}</span>
          <strong>{formatAmount(count)}</strong>
        </li>
      ))}
    </ul>
  );
}

function isPressed({ battle, occupier, blockades }: Colony): boolean {
  return battle !== "" || occupier !== "" || blockades.length > 0;
}

function Badges({ colony }: { colony: Colony }) {
  const { t } = useTranslation("colony");
  return (
    <>
      {colony.battle && <span className={classes.badge}>{t("under_attack")}</span>}
      {colony.occupier && <span className={classes.badge}>{t("occupied")}</span>}
      {colony.blockades.length > 0 && (
        <span className={classes.badge}>{t("blockaded")}</span>
      )}
    </>
  );
}

interface LineProps {
  icon: ReactNode;
  order: QueuedOrder | undefined;
}

function Line({ icon, order }: LineProps) {
  const { t } = useTranslation("colony");
  const name = useName();
  if (!order || order.started_ms > serverNow()) {
    return (
      <p className={classes.line}>
        <span aria-hidden="true">{icon}</span>
        <span className={classes.dimmed}>{t("idle")}</span>
      </p>
    );
  }
  const label =
    order.kind === "building"
      ? t("order_building", {
          name: name("building", order.building),
          level: order.level,
        })
      : t("order_training", { name: name("unit", order.unit), count: order.count });
  return (
    <div className={classes.line}>
      <span aria-hidden="true">{icon}</span>
      <div className={classes.progress}>
        <TimedProgress
          started_ms={order.started_ms}
          complete_ms={order.complete_ms}
          label={label}
        />
      </div>
      <Pending when={order.pending} />
    </div>
  );
}
