import { Button } from "@mantine/core";
import { IconArrowRight, IconSwords } from "@tabler/icons-react";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import { afterArrival } from "../app/arrival";
import { type Empire, useServerNow } from "../sync";
import { formatDuration, RefusalText } from "../ui";
import classes from "./guide.module.css";
import { finishStep } from "./progress";
import { reveal } from "./reveal";
import { readyAt, STEPS, type Step } from "./steps";
import { useSkirmish } from "./useSkirmish";

interface StepCardProps {
  step: Step;
  empire: Empire;
  /** Whether only the title is shown. */
  isFolded: boolean;
  /** The player goes to do it, on a screen that needs the room. */
  onAway: () => void;
}

/** Say what to do next and why, with a button that leads there. */
export function StepCard({ step, empire, isFolded, onAway }: StepCardProps) {
  const { t } = useTranslation("tutorial");
  const count = t("progress", { step: STEPS.indexOf(step) + 1, steps: STEPS.length });
  return (
    <div className={classes.card} data-folded={isFolded || undefined}>
      <div className={classes.words}>
        <h2 className={classes.title}>
          <span className={classes.count}>{count}</span> {t(`steps.${step.id}.title`)}
        </h2>
        {!isFolded && <p>{t(`steps.${step.id}.why`)}</p>}
      </div>
      <div className={classes.actions}>
        {step.id === "skirmish" ? (
          <SkirmishAction />
        ) : (
          <LeadAction step={step} empire={empire} onAway={onAway} />
        )}
        {!isFolded && (
          <Button variant="subtle" c="dimmed" onClick={() => finishStep(step.id)}>
            {t("skip")}
          </Button>
        )}
      </div>
    </div>
  );
}

const NARROW = "(max-width: 699px)";

type LeadProps = Pick<StepCardProps, "step" | "empire" | "onAway">;

function LeadAction({ step, empire, onAway }: LeadProps) {
  const { t } = useTranslation("tutorial");
  const [path, go] = useLocation();
  const lead = () => {
    const to = step.leads(empire);
    const { target } = step;
    if (step.isLook) finishStep(step.id);
    if (target && to.split(/[?#]/)[0] === path) reveal(target);
    else if (target) afterArrival(() => reveal(target));
    go(to);
    if (!step.isLook && window.matchMedia(NARROW).matches) onAway();
  };
  return (
    <>
      <Waiting until_ms={readyAt(step, empire)} />
      <Button rightSection={<IconArrowRight size={16} />} onClick={lead}>
        {t(step.isLook ? "go_on" : "show")}
      </Button>
    </>
  );
}

function Waiting({ until_ms }: { until_ms: number | null }) {
  const { t } = useTranslation("tutorial");
  const now_ms = useServerNow(1000);
  if (until_ms === null || until_ms <= now_ms) return null;
  return (
    <span className={classes.waits}>
      {t("waits")} {formatDuration(until_ms - now_ms)}
    </span>
  );
}

function SkirmishAction() {
  const { t } = useTranslation("tutorial");
  const [path, go] = useLocation();
  const { battle, state, run, pending, error } = useSkirmish();
  useEffect(() => {
    if (state === "won") finishStep("skirmish");
  }, [state]);
  const fight = async () => {
    const ack = await run({});
    if (ack.ok) go(`/battles/${String(ack.result.battle)}`);
  };
  if (state === "fights") {
    if (path === `/battles/${battle}`) return null;
    return <Button onClick={() => go(`/battles/${battle}`)}>{t("watch")}</Button>;
  }
  return (
    <>
      <RefusalText error={error} />
      <Button leftSection={<IconSwords size={16} />} loading={pending} onClick={fight}>
        {t(state === "lost" ? "again" : "fight")}
      </Button>
    </>
  );
}
