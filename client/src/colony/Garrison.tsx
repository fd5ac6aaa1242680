import { IconRocket, IconShield, IconShieldChevron } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { LaunchForm } from "../fleets/LaunchForm";
import { type Colony, useEmpire } from "../sync";
import { Panel, Pending, Ships } from "../ui";
import classes from "./Colony.module.css";

/** Show the ships of a colony, here and away, and the fleets that defend it. */
export function Garrison({ colony }: { colony: Colony }) {
  const { t } = useTranslation("colony");
  const hasUnits = Object.values(colony.units).some((count) => count > 0);
  const hasAway = Object.values(colony.away).some((count) => count > 0);
  return (
    <div className={classes.pair}>
      <Panel title={t("garrison")} icon={<IconShield size={18} />}>
        <h3 className={classes.small}>{t("units_here")}</h3>
        {hasUnits ? (
          <Pending when={colony.pending}>
            <Ships ships={colony.units} named />
          </Pending>
        ) : (
          <p className={classes.dimmed}>
            {t("units_none")}{" "}
            <Link href={`/colonies/${colony.id}#training`}>{t("tab.training")}</Link>
          </p>
        )}
        <h3 className={classes.small}>{t("units_away")}</h3>
        {hasAway ? (
          <Ships ships={colony.away} named />
        ) : (
          <p className={classes.dimmed}>{t("away_none")}</p>
        )}
        <h3 className={classes.small}>{t("stationed")}</h3>
        <Stationed fleets={colony.stationed} />
      </Panel>
      <Panel title={t("launch")} icon={<IconRocket size={18} />}>
        <LaunchForm key={colony.id} colony={colony.id} />
      </Panel>
    </div>
  );
}

function Stationed({ fleets }: { fleets: readonly string[] }) {
  const { t } = useTranslation("colony");
  const own = useEmpire((empire) => empire.fleets);
  if (fleets.length === 0) {
    return <p className={classes.dimmed}>{t("stationed_none")}</p>;
  }
  return (
    <ul className={classes.fleets}>
      {fleets.map((id) => {
        const fleet = own[id];
        return (
          <li key={id}>
            <IconShieldChevron size={16} aria-hidden="true" />
            {fleet ? (
              <>
                <Link href={`/fleets/${id}`}>{fleet.name}</Link>
                <Ships ships={fleet.ships} />
              </>
            ) : (
              t("foreign_fleet")
            )}
          </li>
        );
      })}
    </ul>
  );
}
