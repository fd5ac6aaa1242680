import { Button, Checkbox } from "@mantine/core";
import { IconArrowBackUp, IconCheck, IconX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useRules } from "../sync";
import { decisive, Forecast } from "./Forecast";
import type { MapControl } from "./MapControl";
import { useMap } from "./mapStore";
import classes from "./order.module.css";
import panel from "./panel.module.css";

/** Show the way that is being laid out, and let it be flown. */
export function PlanBar({ control }: { control: MapControl }) {
  const { t } = useTranslation("map");
  const { via_max, patrol } = useRules().fleets;
  const plan = useMap((state) => state.plan);
  const preview = useMap((state) => decisive(state.previews));
  if (plan === null) return null;
  const isPatrol = plan.kind === "patrol";
  const max = isPatrol ? patrol.points_max : via_max + 1;
  const least = isPatrol ? patrol.points_min : 1;
  return (
    <section
      className={`${panel.surface} ${classes.plan}`}
      aria-label={t(`plan_${plan.kind}`)}
    >
      <div className={classes.planText} aria-live="polite">
        <b>{t(`plan_${plan.kind}`)}</b>
        <span className={panel.faint}>
          {plan.points.length === 0
            ? t(`plan_${plan.kind}_hint`)
            : t("plan_points", { used: plan.points.length, max })}
        </span>
        {plan.points.length > 0 && preview && <Forecast preview={preview} />}
      </div>
      <div className={classes.planButtons}>
        <Checkbox
          label={t("plan_queue")}
          checked={plan.isQueued}
          onChange={(event) =>
            control.change({ ...plan, isQueued: event.currentTarget.checked })
          }
        />
        <Button
          variant="default"
          leftSection={<IconArrowBackUp size={16} />}
          disabled={plan.points.length === 0}
          onClick={() => control.undo()}
        >
          {t("plan_undo")}
        </Button>
        <Button
          variant="default"
          leftSection={<IconX size={16} />}
          onClick={() => control.escape()}
        >
          {t("plan_cancel")}
        </Button>
        <Button
          leftSection={<IconCheck size={16} />}
          disabled={plan.points.length < least || preview?.refusal !== undefined}
          onClick={() => control.carryOut()}
        >
          {t("plan_go")}
        </Button>
      </div>
    </section>
  );
}
