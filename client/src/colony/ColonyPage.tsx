import { Loader, Tabs } from "@mantine/core";
import {
  IconBuildingFactory2,
  IconChartLine,
  IconPlanet,
  IconRocket,
  IconShield,
} from "@tabler/icons-react";
import { lazy, Suspense, useEffect, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "wouter";
import { type Colony, useEmpire, useRules } from "../sync";
import { Coordinates, EmptyState, Page, Panel, useName } from "../ui";
import { BuildingGrid } from "./BuildingGrid";
import classes from "./Colony.module.css";
import { ColonySwitch } from "./ColonySwitch";
import { ContestStrip } from "./ContestStrip";
import { chooseColony } from "./chosen";
import { Garrison } from "./Garrison";
import type { Buyer } from "./offers";
import { QueuePanel } from "./QueuePanel";
import { Rename } from "./Rename";
import { StockPanel } from "./StockPanel";
import { TrainingGrid } from "./TrainingGrid";
import { type ColonyTab, useColonyTab } from "./useColonyTab";

const ProductionPanel = lazy(() => import("./ProductionPanel"));

/** Show one colony: what it stores, builds, trains and makes. */
export default function ColonyPage() {
  const { id = "" } = useParams();
  const colony = useEmpire((empire) => empire.colonies[id]);
  useEffect(() => {
    if (colony) chooseColony(id);
  }, [id, colony]);
  return colony ? <Shown colony={colony} /> : <Unknown />;
}

function Unknown() {
  const { t } = useTranslation("colony");
  return (
    <Page title={t("no_colony_title")}>
      <Panel>
        <EmptyState
          icon={<IconPlanet size={28} />}
          title={t("no_colony_title")}
          text={t("no_colony_text")}
          action={<Link href="/colonies">{t("to_colonies")}</Link>}
        />
      </Panel>
    </Page>
  );
}

function Shown({ colony }: { colony: Colony }) {
  const name = useName();
  const rules = useRules();
  const player = useEmpire((empire) => empire.player);
  const research = useEmpire((empire) => empire.research);
  const buyer = useMemo(
    () => ({ rules, colony, empire: { player, research } }),
    [rules, colony, player, research],
  );
  return (
    <Page
      title={colony.name}
      lead={
        <span className={classes.lead}>
          {name("planet_type", colony.planet_type)} · {name("region", colony.region)} ·{" "}
          <Coordinates x={colony.x} y={colony.y} />
        </span>
      }
      actions={<Rename colony={colony} />}
    >
      <ColonySwitch colony={colony.id} />
      <ContestStrip colony={colony} />
      <StockPanel colony={colony} />
      <Parts buyer={buyer} />
    </Page>
  );
}

const TABS: readonly { id: ColonyTab; Icon: typeof IconRocket }[] = [
  { id: "buildings", Icon: IconBuildingFactory2 },
  { id: "training", Icon: IconRocket },
  { id: "garrison", Icon: IconShield },
  { id: "production", Icon: IconChartLine },
];

function Parts({ buyer }: { buyer: Buyer }) {
  const { t } = useTranslation("colony");
  const { rules, colony } = buyer;
  const [tab, setTab] = useColonyTab(rules);
  return (
    <Tabs
      value={tab}
      onChange={(value) => setTab(value as ColonyTab)}
      keepMounted={false}
      className={classes.columns}
      data-tab={tab}
    >
      <Tabs.List aria-label={t("tabs")} className={classes.tabs}>
        {TABS.map(({ id, Icon }) => (
          <Tabs.Tab key={id} value={id} leftSection={<Icon size={17} />}>
            {t(`tab.${id}`)}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      <aside className={classes.queues}>
        <QueuePanel rules={rules} colony={colony} kind="building" />
        <QueuePanel rules={rules} colony={colony} kind="training" />
      </aside>
      <div className={classes.parts}>
        <Tabs.Panel value="buildings">
          <BuildingGrid {...buyer} />
        </Tabs.Panel>
        <Tabs.Panel value="training">
          <TrainingGrid {...buyer} />
        </Tabs.Panel>
        <Tabs.Panel value="garrison">
          <Garrison colony={colony} />
        </Tabs.Panel>
        <Tabs.Panel value="production">
          <Suspense fallback={<Loader />}>
            <ProductionPanel buyer={buyer} />
          </Suspense>
        </Tabs.Panel>
      </div>
    </Tabs>
  );
}
