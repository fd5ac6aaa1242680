import { useMemo } from "react";
import { useChosenColony } from "../colony/chosen";
import { type Buyer, nextChange, type Offer } from "../colony/offers";
import { useMoment } from "../colony/useMoment";
import { type Colony, serverNow, useEmpire, useRules } from "../sync";
import type { Project } from "../sync/empire";
import { LAB, type NodeState, stateOf, technologyOffer } from "./offer";

/** One technology as it stands for the chosen lab. */
export interface Standing {
  readonly technology: string;
  readonly branch: string;
  readonly level: number;
  readonly level_max: number;
  readonly offer: Offer;
  readonly state: NodeState;
  readonly project: Project | undefined;
}

export interface ResearchState {
  readonly buyer: Buyer;
  /** Colonies that have a lab. */
  readonly labs: readonly Colony[];
  readonly standings: Readonly<Record<string, Standing>>;
}

/** Tell how every technology stands for the lab of the chosen colony. */
export function useResearch(): ResearchState | null {
  const rules = useRules();
  const chosen = useChosenColony();
  const colonies = useEmpire((empire) => empire.colonies);
  const player = useEmpire((empire) => empire.player);
  const research = useEmpire((empire) => empire.research);
  const labs = useMemo(
    () => Object.values(colonies).filter((one) => (one.buildings[LAB] ?? 0) > 0),
    [colonies],
  );
  const colony = labs.find((one) => one.id === chosen?.id) ?? labs[0] ?? chosen;
  const now_ms = serverNow();
  const buyer = colony && { rules, colony, empire: { player, research } };
  const standings = buyer ? standingsOf(buyer, now_ms) : {};
  const changes = Object.values(standings).map(
    ({ offer }) => nextChange(offer.missing, now_ms) ?? Number.POSITIVE_INFINITY,
  );
  const next_ms = Math.min(...changes);
  useMoment(Number.isFinite(next_ms) ? next_ms : null);
  return buyer ? { buyer, labs, standings } : null;
}

function standingsOf(buyer: Buyer, now_ms: number): Record<string, Standing> {
  const { rules, empire } = buyer;
  const all = Object.entries(rules.research.technologies).map(
    ([technology, { branch, level_max }]) => {
      const offer = technologyOffer(buyer, technology, now_ms);
      const project = empire.research.projects.find(
        (one) => one.technology === technology,
      );
      const state = stateOf(offer, project);
      const level = empire.player.technologies[technology] ?? 0;
      const standing: Standing = {
        technology,
        branch,
        level,
        level_max,
        offer,
        state,
        project,
      };
      return [technology, standing] as const;
    },
  );
  return Object.fromEntries(all);
}
