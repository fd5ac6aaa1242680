import { useTranslation } from "react-i18next";
import { useEmpire } from "../sync";
import type { FleetOrder } from "../sync/empire";
import { Coordinates, useName } from "../ui";
import classes from "./fleets.module.css";

/** Say what an order is, and where it leads. */
export function OrderText({ order }: { order: FleetOrder | null }) {
  const { t } = useTranslation("fleets");
  const named = useName();
  const target = order?.target?.id ?? "";
  const known = useEmpire(
    (empire) => empire.colonies[target]?.name ?? empire.fleets[target]?.name,
  );
  if (order === null) return <span className={classes.hint}>{t("no_order")}</span>;
  const name = named("order", order.kind);
  if (order.kind === "patrol") {
    const count = order.points.length;
    return <span>{t("order_points", { order: name, count })}</span>;
  }
  const end = order.points.at(-1);
  return (
    <span className={classes.order}>
      {known ? t("order_to", { order: name, place: known }) : name}
      {end && <Coordinates x={end.x} y={end.y} />}
    </span>
  );
}
