import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useName } from "../ui";
import { BranchMark } from "./BranchMark";
import { BRANCHES } from "./layout";
import classes from "./Research.module.css";
import { StateMark } from "./StateMark";
import { TechDetails } from "./TechDetails";
import type { ResearchState, Standing } from "./useResearch";

interface TechListProps {
  research: ResearchState;
  selected: string;
  onSelect: (technology: string) => void;
}

/** Show the technologies as lists by branch, the details below the one chosen. */
export function TechList({ research, selected, onSelect }: TechListProps) {
  const name = useName();
  const all = Object.values(research.standings);
  return (
    <div className={classes.lists}>
      {BRANCHES.map((branch) => (
        <section key={branch} data-branch={branch} className={classes.branch}>
          <h2>{name("branch", branch)}</h2>
          <ul className={classes.plain}>
            {all
              .filter((one) => one.branch === branch)
              .map((standing) => (
                <Entry
                  key={standing.technology}
                  research={research}
                  standing={standing}
                  isSelected={standing.technology === selected}
                  onSelect={onSelect}
                />
              ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

interface EntryProps {
  research: ResearchState;
  standing: Standing;
  isSelected: boolean;
  onSelect: (technology: string) => void;
}

function Entry({ research, standing, isSelected, onSelect }: EntryProps) {
  const { t } = useTranslation("research");
  const named = useName()("technology", standing.technology);
  const { technology, branch, level, level_max, state, project } = standing;
  const item = useRef<HTMLLIElement>(null);
  const wasSelected = useRef(isSelected);
  useEffect(() => {
    if (isSelected && !wasSelected.current) {
      item.current?.scrollIntoView({ block: "nearest" });
    }
    wasSelected.current = isSelected;
  }, [isSelected]);
  return (
    <li ref={item} className={classes.entry} data-open={isSelected || undefined}>
      <h3 className={classes.entryTitle}>
        <button
          type="button"
          className={classes.entryHead}
          aria-expanded={isSelected}
          data-tour={`research-${technology}`}
          data-state={state}
          onClick={() => onSelect(isSelected ? "" : technology)}
        >
          <BranchMark technology={technology} branch={branch} project={project} />
          <span className={classes.words}>
            <span className={classes.named}>{named}</span>
            <span className={classes.dimmed}>{t(`state.${state}`)}</span>
          </span>
          <span className={classes.level}>
            {t("level_of", { level, max: level_max })}
            <StateMark state={state} />
          </span>
        </button>
      </h3>
      {isSelected && (
        <TechDetails
          research={research}
          standing={standing}
          onSelect={onSelect}
          isInside
        />
      )}
    </li>
  );
}
