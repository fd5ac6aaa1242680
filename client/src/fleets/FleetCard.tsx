import { Button } from "@mantine/core";
import { IconMap2 } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { addressOfFleet } from "../map/address";
import { positionAt, serverNow } from "../sync";
import type { Fleet } from "../sync/empire";
import { Ships, UnitIcon } from "../ui";
import { FleetCourse } from "./FleetCourse";
import classes from "./fleets.module.css";
import { leadOf } from "./ships";

/** Show one fleet of the list. */
export function FleetCard({ fleet }: { fleet: Fleet }) {
  const { t } = useTranslation("fleets");
  return (
    <li className={classes.card}>
      <div className={classes.cardHead}>
        <span className={classes.lead} aria-hidden="true">
          <UnitIcon name={leadOf(fleet.ships)} size={26} />
        </span>
        <Link href={`/fleets/${fleet.id}`} className={classes.cardName}>
          {fleet.name}
        </Link>
        <MapButton fleet={fleet} />
      </div>
      <Ships ships={fleet.ships} />
      <FleetCourse fleet={fleet} />
      {fleet.queue.length > 0 && (
        <p className={classes.hint}>
          {t("queue")}: {fleet.queue.length}
        </p>
      )}
    </li>
  );
}

/** Lead to a fleet on the map, where it is at the moment of the click. */
export function MapButton({ fleet }: { fleet: Fleet }) {
  const { t } = useTranslation("fleets");
  return (
    <Button
      component={Link}
      href={addressOfFleet(fleet.id, positionAt(fleet, serverNow()))}
      size="compact-sm"
      variant="default"
      leftSection={<IconMap2 size={15} />}
    >
      {t("map")}
    </Button>
  );
}
