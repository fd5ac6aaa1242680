import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { BuildingIcon, EmptyState, Panel } from "../ui";
import type { Buyer } from "./offers";
import classes from "./Training.module.css";
import { UnitCard } from "./UnitCard";

/** Show all units that a colony trains, or may once it can. */
export function TrainingGrid(buyer: Buyer) {
  const { t } = useTranslation("colony");
  const { rules, colony } = buyer;
  const hasYard = (colony.buildings.shipyard ?? 0) > 0;
  return (
    <>
      {!hasYard && (
        <Panel>
          <EmptyState
            icon={<BuildingIcon name="shipyard" size={30} />}
            title={t("no_shipyard")}
            text={t("no_shipyard_text")}
            action={
              <Button component={Link} href={`/colonies/${colony.id}#shipyard`}>
                {t("build_shipyard")}
              </Button>
            }
          />
        </Panel>
      )}
      <div className={classes.grid}>
        {Object.keys(rules.colonies.units).map((unit) => (
          <UnitCard key={unit} unit={unit} {...buyer} />
        ))}
      </div>
    </>
  );
}
