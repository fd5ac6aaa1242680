/** Foresee what research costs and when it is done. */
import type { Colony, Empire, Project } from "../empire";
import {
  paidFrom,
  refundOf,
  speedPercent,
  technologyCost,
  technologyMs,
  whyNotResearch,
} from "../formulas";
import { each } from "../formulas/whole";
import type { Pending } from "../pending";
import type { Rules } from "../rules";
import {
  answered,
  isRefused,
  momentOf,
  type Prediction,
  text,
  withColony,
} from "./shape";

const start: Prediction = {
  play: (empire, command, rules) => {
    const [technology, at_ms] = [text(command, "technology"), momentOf(command)];
    const refuse = (colony: Colony) =>
      whyNotResearch(rules, empire, colony, technology, at_ms);
    const project = projectOf(empire, command, rules);
    if (project === undefined || isRefused(empire, command, refuse)) return empire;
    const cost = technologyCost(rules, project.technology, project.level);
    const projects = [...empire.research.projects, project];
    const payed = withColony(empire, project.colony, (colony) => ({
      resources: paidFrom(colony.resources, cost, momentOf(command)),
    }));
    return { ...payed, research: { ...empire.research, projects } };
  },
  isEcho: (told, command) =>
    told.type === "research.started" && told.technology === command.data.technology,
};

function projectOf(
  empire: Empire,
  command: Pending,
  rules: Rules,
): Project | undefined {
  const technology = text(command, "technology");
  const colony = empire.colonies[text(command, "colony")];
  if (colony === undefined) return undefined;
  const known = empire.player.technologies[technology] ?? 0;
  const level = answered(command, "level", known + 1);
  const speed = speedPercent(rules, colony.buildings, empire.player, "research_speed");
  const started_ms = answered(command, "started_ms", momentOf(command));
  const lasts_ms = technologyMs(rules, technology, level, speed);
  return {
    project: answered(command, "project", command.id),
    technology,
    level,
    colony: colony.id,
    started_ms,
    complete_ms: answered(command, "complete_ms", started_ms + lasts_ms),
    pending: true,
  };
}

const cancel: Prediction = {
  play: (empire, command, rules) => {
    const technology = text(command, "technology");
    const gone = empire.research.projects.find((one) => one.technology === technology);
    if (gone === undefined) return empire;
    const projects = empire.research.projects.filter((one) => one !== gone);
    const paid = technologyCost(rules, technology, gone.level);
    const back = each(refundOf(rules, paid), (units) => -units);
    const refunded = withColony(empire, gone.colony, (colony) => ({
      resources: paidFrom(colony.resources, back, momentOf(command)),
    }));
    return { ...refunded, research: { ...empire.research, projects } };
  },
  isEcho: (told, command) =>
    told.type === "research.cancelled" && told.technology === command.data.technology,
};

export const RESEARCH_PREDICTIONS: Readonly<Record<string, Prediction>> = {
  "research.start": start,
  "research.cancel": cancel,
};
