import { Button } from "@mantine/core";
import {
  IconArrowsJoin,
  IconArrowsSplit,
  IconCompass,
  IconList,
  IconPackage,
  IconRocket,
  IconRocketOff,
} from "@tabler/icons-react";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "wouter";
import { useEmpire, useReady } from "../sync";
import type { Fleet } from "../sync/empire";
import { EmptyState, Page, Panel, Ships } from "../ui";
import { MapButton } from "./FleetCard";
import { FleetCourse } from "./FleetCourse";
import { FleetFigures } from "./FleetFigures";
import { FleetOrders } from "./FleetOrders";
import classes from "./fleets.module.css";
import { MergeForm } from "./MergeForm";
import { OrderQueue } from "./OrderQueue";
import { RenameForm } from "./RenameForm";
import { SplitForm } from "./SplitForm";
import { TransportForm } from "./TransportForm";

/** Names the panel that the map leads to. */
const TRANSPORT = "transport";

/** Show one own fleet with all that it can be told. */
export default function FleetPage() {
  const { id = "" } = useParams<{ id: string }>();
  const fleet = useEmpire((empire) => empire.fleets[id]);
  const isReady = useReady();
  if (fleet === undefined) return isReady ? <Gone /> : null;
  return <FleetDetails key={fleet.id} fleet={fleet} />;
}

function FleetDetails({ fleet }: { fleet: Fleet }) {
  const { t } = useTranslation("fleets");
  const home = useEmpire((empire) => empire.colonies[fleet.home]);
  useEffect(() => {
    if (location.hash !== `#${TRANSPORT}`) return;
    document.getElementById(TRANSPORT)?.scrollIntoView();
  }, []);
  return (
    <Page title={fleet.name} actions={<MapButton fleet={fleet} />}>
      <div className={classes.halves}>
        <div className={classes.stack}>
          <Panel title={t("order")} icon={<IconCompass size={18} />}>
            <FleetCourse fleet={fleet} />
            {fleet.battle ? (
              <p className={classes.hint}>{t("fighting_hint")}</p>
            ) : (
              <FleetOrders fleet={fleet} />
            )}
          </Panel>
          <Panel title={t("queue")} icon={<IconList size={18} />}>
            <OrderQueue fleet={fleet} />
          </Panel>
          <Panel id={TRANSPORT} title={t("transport")} icon={<IconPackage size={18} />}>
            <TransportForm fleet={fleet} />
          </Panel>
        </div>
        <div className={classes.stack}>
          <Panel title={t("ships")} icon={<IconRocket size={18} />}>
            <Ships ships={fleet.ships} named />
            <FleetFigures ships={fleet.ships} cargo={fleet.cargo} />
            {home && (
              <p className={classes.hint}>
                {t("home")}: <Link href={`/colonies/${home.id}`}>{home.name}</Link>
              </p>
            )}
            <RenameForm fleet={fleet} />
          </Panel>
          <Panel title={t("split")} icon={<IconArrowsSplit size={18} />}>
            <SplitForm fleet={fleet} />
          </Panel>
          <Panel title={t("merge")} icon={<IconArrowsJoin size={18} />}>
            <MergeForm fleet={fleet} />
          </Panel>
        </div>
      </div>
    </Page>
  );
}

function Gone() {
  const { t } = useTranslation("fleets");
  return (
    <Page title={t("gone_title")}>
      <Panel>
        <EmptyState
          icon={<IconRocketOff size={28} />}
          title={t("gone_title")}
          text={t("gone_text")}
          action={
            <Button component={Link} href="/fleets">
              {t("back")}
            </Button>
          }
        />
      </Panel>
    </Page>
  );
}
