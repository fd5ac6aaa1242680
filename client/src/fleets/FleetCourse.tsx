import { Button } from "@mantine/core";
import { IconSwords } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { arrivalOf, positionAt, useEmpire, useServerNow } from "../sync";
import type { Fleet } from "../sync/empire";
import { Amount, Coordinates, Pending, TimedProgress } from "../ui";
import classes from "./fleets.module.css";
import { OrderText } from "./OrderText";
import { held, statusOf } from "./status";

/** How often a moving fleet's place is told anew, in ms. */
const PLACE_EVERY_MS = 1_000;

/** Show what a fleet does, where it is, and when it arrives. */
export function FleetCourse({ fleet }: { fleet: Fleet }) {
  const { t } = useTranslation("fleets");
  const now_ms = useServerNow(PLACE_EVERY_MS);
  const at = positionAt(fleet, now_ms);
  const post = useEmpire((empire) => empire.colonies[fleet.post]?.name);
  const arrive_ms = arrivalOf(fleet);
  const status = statusOf(fleet);
  return (
    <div className={classes.course}>
      <div className={classes.row}>
        <span className={classes.status} data-status={status}>
          {t(`status.${status}`)}
        </span>
        <Pending when={fleet.pending} />
        <Coordinates x={at.x} y={at.y} />
      </div>
      {fleet.battle ? (
        <Button
          component={Link}
          href={`/battles/${fleet.battle}`}
          color="red"
          variant="light"
          size="compact-md"
          leftSection={<IconSwords size={16} />}
        >
          {t("battle")}
        </Button>
      ) : (
        <OrderText order={fleet.order} />
      )}
      {arrive_ms !== undefined && !fleet.battle && (
        <TimedProgress
          started_ms={fleet.path[0]?.at_ms ?? arrive_ms}
          complete_ms={arrive_ms}
          label={t("arrives")}
        />
      )}
      {post && <p className={classes.hint}>{t("post_at", { place: post })}</p>}
      {held(fleet.cargo) > 0 && (
        <div className={classes.row}>
          {Object.entries(fleet.cargo).map(([kind, value]) => (
            <Amount key={kind} kind={kind} value={value} />
          ))}
        </div>
      )}
    </div>
  );
}
