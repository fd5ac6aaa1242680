import { IconCheck, IconClock, IconLock } from "@tabler/icons-react";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import { COUNTED } from "../colony/effects";
import { OrderButton } from "../colony/OrderButton";
import { Reasons } from "../colony/Reasons";
import { amountsAt, serverNow, useCommand } from "../sync";
import {
  Cost,
  formatDuration,
  Pending,
  RefusalText,
  TimedProgress,
  useName,
} from "../ui";
import { BranchMark } from "./BranchMark";
import { CancelProject } from "./CancelProject";
import { LAB, opens } from "./offer";
import shared from "./Research.module.css";
import { StateMark } from "./StateMark";
import classes from "./TechDetails.module.css";
import type { ResearchState, Standing } from "./useResearch";

interface TechDetailsProps {
  research: ResearchState;
  standing: Standing;
  onSelect: (technology: string) => void;
  /** Stands inside an entry that names the technology already. */
  isInside?: boolean;
}

/** Show all about a technology: effects, price, what it needs and opens; order it. */
export function TechDetails(props: TechDetailsProps) {
  const { research, standing, onSelect, isInside } = props;
  const { t } = useTranslation("research");
  const name = useName();
  const { technology, branch, level, level_max, state, project } = standing;
  return (
    <div
      className={classes.details}
      data-branch={branch}
      data-inside={isInside || undefined}
    >
      <header className={classes.detailsHead}>
        <BranchMark technology={technology} branch={branch} project={project} />
        <div>
          <h3>{name("technology", technology)}</h3>
          <p className={shared.dimmed}>
            {name("branch", branch)} · {t("level_words", { level, max: level_max })}
          </p>
          <p className={classes.stateWords} data-state={state}>
            <StateMark state={state} /> {t(`state.${state}`)}
          </p>
        </div>
      </header>
      <EffectList research={research} standing={standing} />
      <Needs research={research} standing={standing} onSelect={onSelect} />
      <Opens research={research} technology={technology} onSelect={onSelect} />
      {project ? (
        <div className={classes.order}>
          <Pending when={project.pending} />
          <TimedProgress
            started_ms={project.started_ms}
            complete_ms={project.complete_ms}
            label={t("level_next", { level: project.level })}
          />
          <CancelProject research={research} project={project} />
        </div>
      ) : (
        state !== "max" && <Start research={research} standing={standing} />
      )}
    </div>
  );
}

interface PartProps {
  research: ResearchState;
  standing: Standing;
}

function EffectList({
  research,
  standing: { technology, level, level_max },
}: PartProps) {
  const { t } = useTranslation("research");
  const name = useName();
  const table = research.buyer.rules.research.technologies[technology];
  const next = Math.min(level + 1, level_max);
  return (
    <section>
      <h4>{t("effect")}</h4>
      <ul className={shared.plain}>
        {Object.entries(table?.effects ?? {}).map(([effect, each]) => (
          <li key={effect} className={classes.effect}>
            <span>{name("effect", effect)}</span>
            <span>
              {level > 0 && `${signed(effect, each * level)} → `}
              <strong>{signed(effect, each * next)}</strong>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function signed(effect: string, value: number): string {
  const sign = value > 0 ? "+" : "−";
  return `${sign}${Math.abs(value)}${COUNTED.has(effect) ? "" : " %"}`;
}

interface NeedsProps extends PartProps {
  onSelect: (technology: string) => void;
}

function Needs({ research, standing, onSelect }: NeedsProps) {
  const { t } = useTranslation("research");
  const name = useName();
  const { rules, colony } = research.buyer;
  const requires = rules.research.technologies[standing.technology]?.requires;
  const lab = requires?.buildings[LAB] ?? 1;
  const technologies = Object.entries(requires?.technologies ?? {});
  return (
    <section>
      <h4>{t("requires")}</h4>
      <ul className={shared.plain}>
        <li className={classes.need}>
          <Met when={(colony.buildings[LAB] ?? 0) >= lab} />
          {t("requires_lab", { level: lab })}
        </li>
        {technologies.map(([technology, level]) => (
          <li key={technology} className={classes.need}>
            <Met when={(research.standings[technology]?.level ?? 0) >= level} />
            <button type="button" onClick={() => onSelect(technology)}>
              {name("technology", technology)} {level}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Met({ when }: { when: boolean }) {
  const { t } = useTranslation("research");
  const Icon = when ? IconCheck : IconLock;
  return (
    <span className={classes.met} data-met={when || undefined}>
      <Icon size={15} aria-hidden="true" />
      <span className="gd-unseen">{when ? t("met") : t("unmet")}</span>
    </span>
  );
}

interface OpensProps {
  research: ResearchState;
  technology: string;
  onSelect: (technology: string) => void;
}

function Opens({ research, technology, onSelect }: OpensProps) {
  const { t } = useTranslation("research");
  const name = useName();
  const found = opens(research.buyer.rules, technology);
  if (found.length === 0) return null;
  return (
    <section>
      <h4>{t("opens")}</h4>
      <ul className={shared.plain}>
        {found.map((one) => (
          <li key={one.technology} className={classes.need}>
            <button type="button" onClick={() => onSelect(one.technology)}>
              {name("technology", one.technology)}
            </button>
            <span className={shared.dimmed}>{t("opens_at", { level: one.level })}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Start({ research, standing }: PartProps) {
  const { t } = useTranslation("research");
  const named = useName()("technology", standing.technology);
  const { run, error } = useCommand("research.start");
  const reasonsId = useId();
  const { colony } = research.buyer;
  const { technology, offer } = standing;
  const start = () => void run({ colony: colony.id, technology });
  return (
    <div className={classes.order}>
      <div className={classes.price}>
        <Cost cost={offer.cost} have={amountsAt(colony.resources, serverNow())} />
        <span className={shared.dimmed}>
          <IconClock size={14} aria-hidden="true" />
          {formatDuration(offer.lasts_ms)}
        </span>
      </div>
      <Reasons id={reasonsId} missing={offer.missing} colony={colony.id} />
      <RefusalText error={error} />
      <OrderButton
        fullWidth
        canOrder={offer.missing.length === 0}
        reasonsId={reasonsId}
        data-tour={`research-${technology}`}
        aria-label={t("start_named", { name: named, level: offer.amount })}
        onOrder={start}
      >
        {t("start", { level: offer.amount })}
      </OrderButton>
    </div>
  );
}
