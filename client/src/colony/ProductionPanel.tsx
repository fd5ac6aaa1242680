import { IconChartLine } from "@tabler/icons-react";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { amountsAt, useHistory, useServerNow } from "../sync";
import { production } from "../sync/formulas";
import {
  type Column,
  DataTable,
  formatAmount,
  formatDuration,
  formatFull,
  Panel,
  ResourceIcon,
  useName,
} from "../ui";
import classes from "./Chart.module.css";
import { columns } from "./chartColumns";
import type { Buyer } from "./offers";
import { ProductionChart } from "./ProductionChart";
import { fullAt, RESOURCES } from "./stock";

/** How often the chart moves on. */
const STEP_MS = 15_000;

/** What a resource does, in numbers. */
interface Row {
  readonly resource: string;
  readonly held: number;
  readonly rate: number;
  readonly capacity: number;
  readonly full_in_ms: number | null;
}

/** Show how the stores of a colony fill: drawn, in words and in numbers. */
export default function ProductionPanel({ buyer }: { buyer: Buyer }) {
  const { t } = useTranslation("colony");
  const { rules, colony, empire } = buyer;
  const now_ms = useServerNow(STEP_MS);
  const samples = useHistory(colony.id);
  const { resources } = colony;
  const data = useMemo(
    () => columns(samples, resources, now_ms),
    [samples, resources, now_ms],
  );
  const rows = RESOURCES.map((resource) => rowOf(buyer, resource, now_ms));
  const { made, drawn } = production(rules, colony, empire.player.modifiers);
  return (
    <Panel title={t("production")} icon={<IconChartLine size={18} />}>
      <Legend />
      <ProductionChart columns={data} now_ms={now_ms} label={t("chart_label")} />
      <Summary rows={rows} />
      <Numbers rows={rows} />
      <p className={classes.power}>
        <ResourceIcon name="energy" /> {t("power")}:{" "}
        {t("power_value", { made: formatFull(made), drawn: formatFull(drawn) })}
      </p>
    </Panel>
  );
}

function rowOf({ colony }: Buyer, resource: string, now_ms: number): Row {
  const { resources } = colony;
  const full_ms = fullAt(resources, resource, now_ms);
  return {
    resource,
    held: amountsAt(resources, now_ms)[resource] ?? 0,
    rate: resources.rates_per_hour[resource] ?? 0,
    capacity: resources.capacity[resource] ?? 0,
    full_in_ms: full_ms === null ? null : full_ms - now_ms,
  };
}

function Legend() {
  const { t } = useTranslation("colony");
  const name = useName();
  return (
    <ul className={classes.legend}>
      {RESOURCES.map((resource) => (
        <li key={resource}>
          <ResourceIcon name={resource} size={15} />
          {name("resource", resource)}
        </li>
      ))}
      <li className={classes.dimmed}>{t("chart_forecast")}</li>
    </ul>
  );
}

/** Say in sentences what the chart draws, for who can't see it. */
function Summary({ rows }: { rows: readonly Row[] }) {
  const { t } = useTranslation("colony");
  const name = useName();
  const sentences = rows.map((row) => {
    const figures = t("chart_of", {
      resource: name("resource", row.resource),
      amount: formatFull(row.held),
      capacity: formatFull(row.capacity),
      percent: percentOf(row),
      rate: formatFull(row.rate),
    });
    if (row.full_in_ms === null) return `${figures}.`;
    const duration = formatDuration(row.full_in_ms);
    return `${figures}, ${t("chart_full", { duration })}.`;
  });
  return <p className="gd-unseen">{sentences.join(" ")}</p>;
}

function Numbers({ rows }: { rows: readonly Row[] }) {
  const { t } = useTranslation("colony");
  const name = useName();
  const shown: Column<Row>[] = [
    {
      id: "resource",
      title: t("stock"),
      cell: ({ resource }) => (
        <span className={classes.named}>
          <ResourceIcon name={resource} />
          {name("resource", resource)}
        </span>
      ),
    },
    { id: "held", title: t("held"), cell: (row) => formatFull(row.held), align: "end" },
    {
      id: "rate",
      title: t("rate"),
      cell: (row) => `+${formatFull(row.rate)}`,
      align: "end",
    },
    {
      id: "capacity",
      title: t("capacity"),
      cell: (row) => `${formatAmount(row.capacity)} (${percentOf(row)} %)`,
      align: "end",
      minor: true,
    },
    {
      id: "full",
      title: t("until_full"),
      cell: ({ full_in_ms }) =>
        full_in_ms === null ? "–" : formatDuration(full_in_ms),
      align: "end",
    },
  ];
  return (
    <DataTable
      label={t("chart_table")}
      columns={shown}
      rows={rows}
      rowKey={(row) => row.resource}
    />
  );
}

function percentOf({ held, capacity }: Row): number {
  return capacity <= 0 ? 0 : Math.floor((held * 100) / capacity);
}
