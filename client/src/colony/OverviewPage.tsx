import {
  IconChartBar,
  IconFlask2,
  IconMap2,
  IconPlanet,
  IconRocket,
  IconSwords,
} from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { useEmpire } from "../sync";
import { Amount, Page, Panel } from "../ui";
import { AgendaPanel } from "./AgendaPanel";
import { AttentionPanel } from "./AttentionPanel";
import { ColonyCard } from "./ColonyCard";
import cardClasses from "./ColonyCard.module.css";
import classes from "./Overview.module.css";

/** Show the whole empire at a glance: what there is, what comes, what needs care. */
export default function OverviewPage() {
  const { t } = useTranslation("colony");
  const player = useEmpire((empire) => empire.player);
  return (
    <Page
      title={t("overview_of", { name: player.username })}
      lead={<Figures />}
      actions={<Amount value={player.credits} kind="credits" />}
    >
      <QuickWays />
      <div className={classes.columns}>
        <div className={classes.attention}>
          <AttentionPanel />
        </div>
        <div className={classes.agenda}>
          <AgendaPanel />
        </div>
        <Panel
          className={classes.colonies ?? ""}
          title={t("your_colonies")}
          icon={<IconPlanet size={18} />}
        >
          <Colonies />
        </Panel>
      </div>
    </Page>
  );
}

function Colonies() {
  const colonies = useEmpire((empire) => empire.colonies);
  const all = Object.values(colonies).sort((a, b) => a.founded_ms - b.founded_ms);
  return (
    <div className={cardClasses.cards}>
      {all.map((colony) => (
        <ColonyCard key={colony.id} colony={colony} />
      ))}
    </div>
  );
}

/** Sum the empire up in one line. */
function Figures() {
  const { t } = useTranslation("colony");
  const colonies = useEmpire((empire) => empire.colonies);
  const all = Object.values(colonies);
  const levels = sum(all.flatMap((one) => Object.values(one.buildings)));
  const units = sum(
    all.flatMap((one) => [...Object.values(one.units), ...Object.values(one.away)]),
  );
  const figures = [
    t("colonies_lead", { count: all.length }),
    t("levels", { count: levels }),
    t("total_units", { count: units }),
  ];
  return figures.join(" · ");
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, one) => total + one, 0);
}

const WAYS = [
  { href: "/map", key: "map", Icon: IconMap2 },
  { href: "/research", key: "research", Icon: IconFlask2 },
  { href: "/fleets", key: "fleets", Icon: IconRocket },
  { href: "/battles", key: "battles", Icon: IconSwords },
  { href: "/rankings", key: "rankings", Icon: IconChartBar },
] as const;

/** Lead to the other parts of the game, with how much is going on there. */
function QuickWays() {
  const { t } = useTranslation("colony");
  const research = useEmpire((empire) => empire.research.projects.length);
  const fleets = useEmpire((empire) => Object.keys(empire.fleets).length);
  const battles = useEmpire((empire) => Object.keys(empire.battles).length);
  const counts: Readonly<Record<string, number>> = { research, fleets, battles };
  return (
    <nav className={classes.ways} aria-label={t("quick")}>
      {WAYS.map(({ href, key, Icon }) => (
        <Link key={href} href={href} className={classes.way}>
          <Icon size={18} aria-hidden="true" />
          {t(`quick_${key}`)}
          {(counts[key] ?? 0) > 0 && <strong>{counts[key]}</strong>}
        </Link>
      ))}
    </nav>
  );
}
