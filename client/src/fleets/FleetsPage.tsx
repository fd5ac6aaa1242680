import { Button } from "@mantine/core";
import { IconMap2, IconRocket } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { useEmpire, useReady, useRules } from "../sync";
import { EmptyState, Page, Panel } from "../ui";
import { FleetCard } from "./FleetCard";
import classes from "./fleets.module.css";
import { LaunchForm } from "./LaunchForm";
import { countOf } from "./ships";
import { inUrgency } from "./status";

/** List the own fleets, and launch new ones. */
export default function FleetsPage() {
  const { t } = useTranslation("fleets");
  const rules = useRules();
  const isReady = useReady();
  const fleets = inUrgency(Object.values(useEmpire((empire) => empire.fleets)));
  const lead = t("lead", {
    used: fleets.length,
    max: rules.fleets.fleets_max,
  });
  return (
    <Page
      title={t("title")}
      lead={lead}
      actions={
        <Button
          component={Link}
          href="/map"
          variant="default"
          leftSection={<IconMap2 size={16} />}
        >
          {t("map")}
        </Button>
      }
    >
      <div className={classes.columns}>
        <div>
          {fleets.length > 0 && (
            <ul className={classes.cards}>
              {fleets.map((fleet) => (
                <FleetCard key={fleet.id} fleet={fleet} />
              ))}
            </ul>
          )}
          {isReady && fleets.length === 0 && <NoFleets />}
        </div>
        <Panel title={t("launch")} icon={<IconRocket size={18} />}>
          <LaunchForm />
        </Panel>
      </div>
    </Page>
  );
}

function NoFleets() {
  const { t } = useTranslation("fleets");
  const hasShips = useEmpire((empire) =>
    Object.values(empire.colonies).some(({ units }) => countOf(units) > 0),
  );
  return (
    <Panel>
      <EmptyState
        icon={<IconRocket size={28} />}
        title={t("empty_title")}
        text={hasShips ? t("empty_ready") : t("empty_text")}
        action={
          hasShips ? undefined : (
            <Button component={Link} href="/colonies">
              {t("to_colonies")}
            </Button>
          )
        }
      />
    </Panel>
  );
}
