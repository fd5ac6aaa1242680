import { NativeSelect } from "@mantine/core";
import { IconFlask2 } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { chooseColony } from "../colony/chosen";
import { Panel, Pending, TimedProgress, useName } from "../ui";
import { BranchMark } from "./BranchMark";
import { LAB, labPlaces, projectsAt } from "./offer";
import classes from "./Research.module.css";
import type { ResearchState } from "./useResearch";

interface LabsProps {
  research: ResearchState;
  onSelect: (technology: string) => void;
}

/** Choose the lab that works and pays, and show what runs in all of them. */
export function Labs({ research, onSelect }: LabsProps) {
  const { t } = useTranslation("research");
  const { labs, buyer } = research;
  if (labs.length === 0) return <NoLab colony={buyer.colony.id} />;
  return (
    <Panel title={t("running")} icon={<IconFlask2 size={18} />}>
      <LabChoice research={research} />
      <Running research={research} onSelect={onSelect} />
    </Panel>
  );
}

function NoLab({ colony }: { colony: string }) {
  const { t } = useTranslation("research");
  return (
    <p className={classes.noLab}>
      <IconFlask2 size={20} aria-hidden="true" />
      <span>{t("lab_none")}</span>
      <Link href={`/colonies/${colony}#${LAB}`}>{t("lab_build")}</Link>
    </p>
  );
}

function LabChoice({ research: { labs, buyer } }: { research: ResearchState }) {
  const { t } = useTranslation("research");
  const { rules, colony, empire } = buyer;
  const label = (one: (typeof labs)[number]) =>
    `${one.name} – ${t("lab_load", {
      running: projectsAt(one, empire.research.projects).length,
      places: labPlaces(rules, one),
    })}`;
  if (labs.length === 1) {
    return <p className={classes.dimmed}>{label(colony)}</p>;
  }
  return (
    <NativeSelect
      className={classes.choice}
      aria-label={t("lab_choice")}
      value={colony.id}
      onChange={(event) => chooseColony(event.currentTarget.value)}
      data={labs.map((one) => ({ value: one.id, label: label(one) }))}
    />
  );
}

function Running({ research, onSelect }: LabsProps) {
  const { t } = useTranslation("research");
  const name = useName();
  const { rules, empire } = research.buyer;
  const { projects } = empire.research;
  if (projects.length === 0) {
    return <p className={classes.dimmed}>{t("running_none")}</p>;
  }
  return (
    <ul className={classes.running}>
      {projects.map((project) => {
        const { technology, level, colony } = project;
        const at = research.labs.find((one) => one.id === colony)?.name;
        const branch = rules.research.technologies[technology]?.branch ?? "";
        return (
          <li key={project.project} data-pending={project.pending || undefined}>
            <BranchMark technology={technology} branch={branch} />
            <div className={classes.words}>
              <button type="button" onClick={() => onSelect(technology)}>
                {t("to_level", { name: name("technology", technology), level })}
              </button>
              <TimedProgress
                started_ms={project.started_ms}
                complete_ms={project.complete_ms}
                label={at ? t("at", { colony: at }) : ""}
              />
            </div>
            <Pending when={project.pending} />
          </li>
        );
      })}
    </ul>
  );
}
