import { Button, CopyButton } from "@mantine/core";
import {
  IconCheck,
  IconLink,
  IconMovieOff,
  IconShieldCheck,
} from "@tabler/icons-react";
import type { TFunction } from "i18next";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useParams } from "wouter";
import { useHour12 } from "../settings/preferences";
import { serverNow } from "../sync";
import { EmptyState, formatTime, Page, Panel } from "../ui";
import classes from "./classes";
import { FilmPlayer } from "./film/FilmPlayer";
import { stances } from "./model/stance";
import type { ReplayView } from "./model/views";
import { useRead } from "./reports/useRead";
import { clockOf } from "./view/clock";

/** Show the replay of a finished battle to whoever has its link. */
export default function ReplayPage() {
  const { token = "" } = useParams();
  const { t } = useTranslation("battles");
  const path = `/replays/${encodeURIComponent(token)}`;
  const { data: replay, error } = useRead<ReplayView>(path);
  const hour12 = useHour12();
  if (error || !replay) {
    return (
      <Page title={t("replay")}>
        <Panel>
          {error ? (
            <EmptyState
              icon={<IconMovieOff size={28} />}
              title={t("no_replay_title")}
              text={t("no_replay_text")}
            />
          ) : (
            <p role="status">{t("loading")}</p>
          )}
        </Panel>
      </Page>
    );
  }
  const about = {
    at: formatTime(replay.began_ms, { now_ms: serverNow(), hour12 }),
    length: clockOf(replay.tick),
  };
  return (
    <Page
      title={versus(replay, t)}
      lead={t("replay_lead", about)}
      actions={<Share />}
      fills
    >
      <Watched token={token} replay={replay} />
      <Proof chain={replay.chain} seed={replay.seed} engine={replay.engine} />
    </Page>
  );
}

/** Name a battle by who fought: one name a side. */
function versus({ forces, parties }: ReplayView, t: TFunction<"battles">): string {
  const sides = new Map<number, string>();
  for (const { id, side } of forces) {
    if (!sides.has(side)) sides.set(side, nameOf(parties[id], t));
  }
  return [...sides.values()].join(" · ");
}

function nameOf(
  party: ReplayView["parties"][string] | undefined,
  t: TFunction<"battles">,
): string {
  return party?.kind === "npc" ? t("pirates") : (party?.username ?? "?");
}

function Watched({ token, replay }: { token: string; replay: ReplayView }) {
  const { t } = useTranslation("battles");
  const cast = useMemo(() => {
    const members = replay.forces.map(({ id, side, tick }) => {
      const party = replay.parties[id];
      const whose = { username: nameOf(party, t), kind: party?.kind ?? "fleet" };
      return [id, { ...whose, side, tick, player: "" }] as const;
    });
    return Object.fromEntries(members);
  }, [replay, t]);
  const stanceOf = useMemo(() => {
    const of = stances(cast, null);
    return (force: string) => of.get(force) ?? "neutral";
  }, [cast]);
  return (
    <FilmPlayer
      source={{ kind: "replay", token }}
      cast={cast}
      stanceOf={stanceOf}
      log={replay.log}
      end={replay.tick}
    />
  );
}

function Share() {
  const { t } = useTranslation("battles");
  return (
    <CopyButton value={window.location.href} timeout={2_500}>
      {({ copied, copy }) => (
        <Button
          variant="default"
          onClick={copy}
          leftSection={copied ? <IconCheck size={18} /> : <IconLink size={18} />}
        >
          {copied ? t("copied") : t("copy_link")}
        </Button>
      )}
    </CopyButton>
  );
}

interface ProofProps {
  chain: string;
  seed: string;
  engine: number;
}

/** Show what proves a battle: who fights it again from these inputs gets this hash. */
export function Proof({ chain, seed, engine }: ProofProps) {
  const { t } = useTranslation("battles");
  return (
    <Panel
      className={classes.late}
      title={t("proof")}
      icon={<IconShieldCheck size={18} />}
    >
      <p className={classes.hint}>{t("proof_text")}</p>
      <dl className={classes.proof}>
        <div>
          <dt>{t("chain")}</dt>
          <dd>{chain}</dd>
        </div>
        <div>
          <dt>{t("seed")}</dt>
          <dd>{seed}</dd>
        </div>
        <div>
          <dt>{t("engine")}</dt>
          <dd>{engine}</dd>
        </div>
      </dl>
    </Panel>
  );
}
