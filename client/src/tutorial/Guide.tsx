import { ActionIcon, Tooltip } from "@mantine/core";
import { IconChevronDown, IconChevronUp, IconX } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import { type Empire, useEmpire } from "../sync";
import { Finale } from "./Finale";
import classes from "./guide.module.css";
import {
  finishStep,
  foldTutorial,
  hideTutorial,
  type Progress,
  useProgress,
} from "./progress";
import { StepCard } from "./StepCard";
import { currentStep, STEPS, shownDone } from "./steps";

/** Lead through the first steps from the lower edge of the page; never in the way. */
export default function Guide() {
  const progress = useProgress();
  if (progress.isHidden) return null;
  return <ShownGuide progress={progress} />;
}

function ShownGuide({ progress }: { progress: Progress }) {
  const { t } = useTranslation("tutorial");
  const empire = useEmpire((all) => all);
  useRemembering(empire);
  const step = currentStep(empire, progress.done);
  const [tucked, setTucked] = useState("");
  const isTucked = step !== undefined && tucked === step.id;
  const isFolded = progress.isFolded || isTucked;
  const fold = () => {
    setTucked("");
    foldTutorial(!isFolded);
  };
  const title = step ? t(`steps.${step.id}.title`) : t("finale_title");
  return (
    <aside className={classes.guide} aria-label={t("title")}>
      <div className="gd-unseen" aria-live="polite">
        {t("now", { title })}
      </div>
      {step ? (
        <>
          {step.target && <Highlight target={step.target} />}
          <StepCard
            key={step.id}
            step={step}
            empire={empire}
            isFolded={isFolded}
            onAway={() => setTucked(step.id)}
          />
          <Track current={STEPS.indexOf(step)} done={progress.done} />
        </>
      ) : (
        <Finale />
      )}
      <Controls isFolded={isFolded} onFold={step && fold} />
    </aside>
  );
}

/** Remember what was done once: fleets may be lost, buildings torn down. */
function useRemembering(empire: Empire): void {
  const [path] = useLocation();
  useEffect(() => {
    for (const id of shownDone(empire)) finishStep(id);
  }, [empire]);
  useEffect(() => {
    if (path === "/map") finishStep("map");
  }, [path]);
}

function Highlight({ target }: { target: string }) {
  return <style>{`[data-tour="${target}"]{${LIT}}`}</style>;
}

const LIT =
  "outline:2px solid var(--gd-gold);outline-offset:3px;" +
  "animation:gd-lit 1.6s ease-in-out infinite";

function Track({ current, done }: { current: number; done: readonly string[] }) {
  const { t } = useTranslation("tutorial");
  return (
    <ol className={classes.track} aria-label={t("all_steps")}>
      {STEPS.map(({ id }, at) => {
        const isDone = done.includes(id);
        const state = at === current ? t("current") : isDone ? t("done") : "";
        return (
          <li
            key={id}
            className={classes.mark}
            data-done={isDone || undefined}
            data-current={at === current || undefined}
            title={t(`steps.${id}.title`)}
          >
            <span className="gd-unseen">
              {t(`steps.${id}.title`)} {state && `(${state})`}
            </span>
          </li>
        );
      })}
    </ol>
  );
}

interface ControlsProps {
  isFolded: boolean;
  onFold: (() => void) | undefined;
}

function Controls({ isFolded, onFold }: ControlsProps) {
  const { t } = useTranslation("tutorial");
  const label = t(isFolded ? "unfold" : "fold");
  const Fold = isFolded ? IconChevronUp : IconChevronDown;
  return (
    <div className={classes.controls}>
      {onFold && (
        <ActionIcon
          color="gray"
          aria-label={label}
          title={label}
          aria-expanded={!isFolded}
          onClick={onFold}
        >
          <Fold size={18} />
        </ActionIcon>
      )}
      <Tooltip label={t("hidden_hint")}>
        <ActionIcon color="gray" aria-label={t("hide")} onClick={hideTutorial}>
          <IconX size={18} />
        </ActionIcon>
      </Tooltip>
    </div>
  );
}
