import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { BuildingIcon } from "../ui";
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
        <p className={classes.noYard}>
          <BuildingIcon name="shipyard" size={24} />
          <span>
            {t("no_shipyard")} {t("no_shipyard_text")}
          </span>
          <Link href={`/colonies/${colony.id}#shipyard`}>{t("build_shipyard")}</Link>
        </p>
      )}
      <div className={classes.grid}>
        {Object.keys(rules.colonies.units).map((unit) => (
          <UnitCard key={unit} unit={unit} {...buyer} />
        ))}
      </div>
    </>
  );
}
