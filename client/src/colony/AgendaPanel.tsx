import {
  IconCalendarTime,
  IconFlask2,
  IconLock,
  IconRocket,
  IconShieldHalf,
} from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { serverNow, useEmpire } from "../sync";
import {
  BuildingIcon,
  Countdown,
  Panel,
  Pending,
  TimedProgress,
  UnitIcon,
  useName,
} from "../ui";
import { type AgendaItem, agenda } from "./agenda";
import classes from "./Overview.module.css";
import { useMoment } from "./useMoment";

const SHOWN_MAX = 10;

/** Show what completes, arrives and ends next, of the whole empire in one line. */
export function AgendaPanel() {
  const { t } = useTranslation("colony");
  const empire = useEmpire((one) => one);
  const now_ms = serverNow();
  const items = agenda(empire, now_ms);
  useMoment(items.find((one) => one.at_ms > now_ms)?.at_ms ?? null);
  return (
    <Panel title={t("coming")} icon={<IconCalendarTime size={18} />}>
      {items.length === 0 ? (
        <p className={classes.dimmed}>{t("coming_none")}</p>
      ) : (
        <ol className={classes.list}>
          {items.slice(0, SHOWN_MAX).map((item) => (
            <Entry key={item.id} item={item} />
          ))}
        </ol>
      )}
      {items.length > SHOWN_MAX && (
        <p className={classes.dimmed}>
          {t("coming_more", { count: items.length - SHOWN_MAX })}
        </p>
      )}
    </Panel>
  );
}

function Entry({ item }: { item: AgendaItem }) {
  const { t } = useTranslation("colony");
  const { kind, amount, place, href, pending, started_ms, at_ms } = item;
  const named = useItemName()(item);
  const label = t(`coming_kind.${kind}`, { name: named, amount, place });
  const runs = started_ms <= serverNow() && kind !== "shield" && kind !== "occupation";
  useMoment(started_ms > serverNow() ? started_ms : null);
  return (
    <li>
      <Link href={href} className={classes.entry} data-pending={pending || undefined}>
        <span className={classes.icon}>
          <ItemIcon item={item} />
        </span>
        {runs ? (
          <span className={classes.what}>
            <TimedProgress started_ms={started_ms} complete_ms={at_ms} label={label} />
            {kind !== "arrival" && <span className={classes.dimmed}>{place}</span>}
          </span>
        ) : (
          <>
            <span className={classes.what}>
              <span>{label}</span>
              <span className={classes.dimmed}>{place}</span>
            </span>
            <span className={classes.dimmed}>
              <Countdown until_ms={at_ms} />
            </span>
          </>
        )}
        <Pending when={pending} />
      </Link>
    </li>
  );
}

/** Give the function that names what an item is about. */
function useItemName(): (item: AgendaItem) => string {
  const name = useName();
  return ({ kind, name: id }) => {
    if (kind === "building") return name("building", id);
    if (kind === "training") return name("unit", id);
    if (kind === "research") return name("technology", id);
    return kind === "arrival" ? name("order", id) : "";
  };
}

function ItemIcon({ item: { kind, name } }: { item: AgendaItem }) {
  switch (kind) {
    case "building":
      return <BuildingIcon name={name} size={22} />;
    case "training":
      return <UnitIcon name={name} size={22} />;
    case "research":
      return <IconFlask2 size={20} aria-hidden="true" />;
    case "arrival":
      return <IconRocket size={20} aria-hidden="true" />;
    case "shield":
      return <IconShieldHalf size={20} aria-hidden="true" />;
    default:
      return <IconLock size={20} aria-hidden="true" />;
  }
}
