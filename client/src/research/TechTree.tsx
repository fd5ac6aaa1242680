import { type KeyboardEvent, useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useName } from "../ui";
import { BranchMark } from "./BranchMark";
import { type Edge, layOut, type PlacedNode, type TreeLayout } from "./layout";
import { directionOf, moved } from "./moves";
import { CELL, curve, NODE, placeOf, sizeOf } from "./plan";
import classes from "./Research.module.css";
import { StateMark } from "./StateMark";
import type { ResearchState, Standing } from "./useResearch";

interface TechTreeProps {
  research: ResearchState;
  selected: string;
  onSelect: (technology: string) => void;
}

/** Show the technologies as a graph: columns by depth, lanes by branch. */
export function TechTree({ research, selected, onSelect }: TechTreeProps) {
  const { t } = useTranslation("research");
  const { technologies } = research.buyer.rules.research;
  const layout = useMemo(() => layOut(technologies), [technologies]);
  const graph = useRef<HTMLDivElement>(null);
  const size = sizeOf(layout);
  const move = (event: KeyboardEvent) => {
    const direction = directionOf(event.key);
    if (direction === null) return;
    event.preventDefault();
    const next = moved(layout.nodes, selected, direction);
    onSelect(next);
    graph.current?.querySelector<HTMLElement>(`[data-technology="${next}"]`)?.focus();
  };
  return (
    <div className={classes.frame}>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms */}
      <div
        ref={graph}
        role="group"
        aria-label={t("tree")}
        aria-description={t("tree_help")}
        className={classes.graph}
        style={size}
        onKeyDown={move}
      >
        <Lanes layout={layout} width={size.width} />
        <Edges layout={layout} research={research} selected={selected} />
        {layout.nodes.map((node) => {
          const standing = research.standings[node.id];
          return standing ? (
            <TechNode
              key={node.id}
              node={node}
              standing={standing}
              isSelected={node.id === selected}
              onSelect={onSelect}
            />
          ) : null;
        })}
      </div>
    </div>
  );
}

function Lanes({ layout, width }: { layout: TreeLayout; width: number }) {
  const name = useName();
  return layout.lanes.map(({ branch, row, rows }) => (
    <div
      key={branch}
      className={classes.lane}
      data-branch={branch}
      style={{ top: row * CELL.height, height: rows * CELL.height, width }}
    >
      <span>{name("branch", branch)}</span>
    </div>
  ));
}

interface EdgesProps {
  layout: TreeLayout;
  research: ResearchState;
  selected: string;
}

function Edges({ layout, research, selected }: EdgesProps) {
  const nodes = new Map(layout.nodes.map((node) => [node.id, node]));
  const isMet = ({ from, level }: Edge) =>
    (research.standings[from]?.level ?? 0) >= level;
  const isNear = ({ from, to }: Edge) => from === selected || to === selected;
  // What is near the selection is drawn last, above the others.
  const edges = [...layout.edges].sort((a, b) => Number(isNear(a)) - Number(isNear(b)));
  return (
    <svg className={classes.edges} {...sizeOf(layout)} aria-hidden="true">
      {edges.map((edge) => {
        const [from, to] = [nodes.get(edge.from), nodes.get(edge.to)];
        if (!from || !to) return null;
        return (
          <path
            key={`${edge.from} ${edge.to}`}
            d={curve(from, to)}
            data-branch={from.branch}
            data-met={isMet(edge) || undefined}
            data-near={isNear(edge) || undefined}
          />
        );
      })}
    </svg>
  );
}

interface TechNodeProps {
  node: PlacedNode;
  standing: Standing;
  isSelected: boolean;
  onSelect: (technology: string) => void;
}

function TechNode({ node, standing, isSelected, onSelect }: TechNodeProps) {
  const { t } = useTranslation("research");
  const name = useName();
  const { technology, branch, level, level_max, state, project } = standing;
  const named = name("technology", technology);
  const words = t("level_words", { level, max: level_max });
  const { x, y } = placeOf(node);
  return (
    <button
      type="button"
      className={classes.node}
      style={{ left: x, top: y, width: NODE.width, height: NODE.height }}
      data-technology={technology}
      data-branch={branch}
      data-state={state}
      data-known={level > 0 || undefined}
      aria-pressed={isSelected}
      tabIndex={isSelected ? 0 : -1}
      onClick={() => onSelect(technology)}
    >
      <BranchMark technology={technology} branch={branch} project={project} />
      <span className={classes.words}>
        <span className={classes.named}>{named}</span>
        <span className={classes.level}>
          <span title={words}>{t("level_of", { level, max: level_max })}</span>
          <StateMark state={state} said />
        </span>
      </span>
    </button>
  );
}
