import { SegmentedControl } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { IconHierarchy3, IconList } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "wouter";
import { Page, Panel } from "../ui";
import { Labs } from "./Labs";
import classes from "./Research.module.css";
import { TechDetails } from "./TechDetails";
import { TechList } from "./TechList";
import { TechTree } from "./TechTree";
import { type ResearchState, useResearch } from "./useResearch";

const PHONE = "(max-width: 699px)";

type View = "tree" | "list";

/** Show what is known, what can be known next, and what is being researched. */
export default function ResearchPage() {
  const { t } = useTranslation("research");
  const research = useResearch();
  if (research === null) return <Page title={t("title")}>{null}</Page>;
  return <Shown research={research} />;
}

function Shown({ research }: { research: ResearchState }) {
  const { t } = useTranslation("research");
  const isPhone = useMediaQuery(PHONE, false, { getInitialValueInEffect: false });
  const [wanted, setWanted] = useState<View | null>(null);
  const view = wanted ?? (isPhone ? "list" : "tree");
  const [search, setSearch] = useSearchParams();
  const asked = search.get("technology") ?? "";
  const [first = ""] = Object.keys(research.standings);
  const selected = asked in research.standings ? asked : view === "tree" ? first : "";
  const select = (technology: string) =>
    setSearch(technology ? { technology } : {}, { replace: true });
  return (
    <Page
      title={t("title")}
      lead={<Known research={research} />}
      actions={<ViewChoice view={view} onChoose={setWanted} />}
    >
      <Labs research={research} onSelect={select} />
      {view === "list" ? (
        <TechList research={research} selected={selected} onSelect={select} />
      ) : (
        <TreeAndDetails research={research} selected={selected} onSelect={select} />
      )}
    </Page>
  );
}

interface PartProps {
  research: ResearchState;
  selected: string;
  onSelect: (technology: string) => void;
}

function TreeAndDetails({ research, selected, onSelect }: PartProps) {
  const { t } = useTranslation("research");
  const standing = research.standings[selected];
  return (
    <div className={classes.columns}>
      <TechTree research={research} selected={selected} onSelect={onSelect} />
      {standing && (
        <Panel className={classes.side ?? ""} aria-label={t("details")}>
          <h2 className="gd-unseen">{t("details")}</h2>
          <TechDetails
            key={selected}
            research={research}
            standing={standing}
            onSelect={onSelect}
          />
        </Panel>
      )}
    </div>
  );
}

function Known({ research }: { research: ResearchState }) {
  const { t } = useTranslation("research");
  const all = Object.values(research.standings);
  const levels = all.reduce((sum, { level }) => sum + level, 0);
  const known = all.filter(({ level }) => level > 0).length;
  return t("lead", { known, all: all.length, count: levels });
}

function ViewChoice({
  view,
  onChoose,
}: {
  view: View;
  onChoose: (view: View) => void;
}) {
  const { t } = useTranslation("research");
  const option = (value: View, Icon: typeof IconList) => ({
    value,
    label: (
      <span className={classes.option}>
        <Icon size={16} aria-hidden="true" />
        {t(`view_${value}`)}
      </span>
    ),
  });
  return (
    <SegmentedControl
      aria-label={t("view")}
      value={view}
      onChange={(value) => onChoose(value as View)}
      data={[option("tree", IconHierarchy3), option("list", IconList)]}
    />
  );
}
