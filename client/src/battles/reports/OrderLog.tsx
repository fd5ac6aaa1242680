import {
  IconCrosshair,
  IconDoorExit,
  IconFlame,
  IconSwords,
} from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useName } from "../../ui";
import classes from "../classes";
import type { GivenOrder, HttpReport, LossesView } from "../model/views";
import { clockOf } from "../view/clock";

interface OrderLogProps {
  report: Pick<HttpReport, "orders" | "log">;
  names: Readonly<Record<string, string>>;
}

/** Entries that are listed; the longest battles have more, and nobody reads them. */
const LINES_MAX = 300;

type Entry =
  | { readonly tick: number; readonly order: GivenOrder }
  | { readonly tick: number; readonly losses: LossesView };

/** List orders and losses of a battle in the order in which they came. */
export function OrderLog({ report, names }: OrderLogProps) {
  const { t } = useTranslation("battles");
  const entries: Entry[] = [
    ...report.orders.map((order) => ({ tick: order.tick, order })),
    ...report.log.map((losses) => ({ tick: losses.tick, losses })),
  ];
  entries.sort((a, b) => a.tick - b.tick);
  if (entries.length === 0) return <p className={classes.hint}>{t("log_empty")}</p>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must take keys
    <section className={classes.log} tabIndex={0} aria-label={t("log")}>
      <ol>
        {entries.slice(0, LINES_MAX).map((entry, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a log's lines stay in place
          <li key={i}>
            <time>{clockOf(entry.tick)}</time>
            {"order" in entry ? (
              <OrderLine order={entry.order} names={names} />
            ) : (
              <LossLine losses={entry.losses} names={names} />
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}

const ICONS = {
  focus: IconCrosshair,
  formation: IconSwords,
  retreat: IconDoorExit,
} as const;

type Names = Readonly<Record<string, string>>;

function OrderLine({ order, names }: { order: GivenOrder; names: Names }) {
  const { t } = useTranslation("battles");
  const name = useName();
  const Icon = ICONS[order.kind];
  const force = names[order.force] ?? order.force;
  const value =
    order.kind === "formation"
      ? name("formation", order.value)
      : (names[order.value] ?? order.value);
  return (
    <span>
      <Icon size={15} className={classes.logIcon} aria-hidden="true" />{" "}
      {t(`ordered_${order.kind}`, { force, value })}
    </span>
  );
}

function LossLine({ losses, names }: { losses: LossesView; names: Names }) {
  const { t } = useTranslation("battles");
  const name = useName();
  const said = Object.entries(losses.lost).map(([force, ships]) => {
    const counted = Object.entries(ships).map(
      ([unit, count]) => `${count} × ${name("unit", unit)}`,
    );
    return t("lost_line", { force: names[force] ?? force, ships: counted.join(", ") });
  });
  return (
    <span>
      <IconFlame size={15} className={classes.logIcon} aria-hidden="true" />{" "}
      {said.join(" · ")}
    </span>
  );
}
