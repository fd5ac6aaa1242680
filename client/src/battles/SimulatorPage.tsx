import { Button } from "@mantine/core";
import { IconDice5, IconPlus, IconSwords } from "@tabler/icons-react";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { http, type Refusal, useRules } from "../sync";
import { Page, Panel, RefusalText } from "../ui";
import classes from "./classes";
import { FilmPlayer } from "./film/FilmPlayer";
import { stances } from "./model/stance";
import type { HttpSimulated } from "./model/views";
import {
  asked,
  type Draft,
  type DraftForce,
  force,
  idOf,
  otherSeed,
  problemOf,
  SIDES_MAX,
  SIDES_MIN,
} from "./simulator/draft";
import { ForceEditor } from "./simulator/ForceEditor";
import { Prefill } from "./simulator/Prefill";
import { Result } from "./simulator/Result";

/** A battle that was simulated: what was asked, and what came of it. */
interface Fought {
  readonly draft: Draft;
  readonly result: HttpSimulated;
}

const STANCES = ["own", "hostile", "ally", "neutral"] as const;
const TRIES_MAX = 4;

/** Let a player fight battles that never were. */
export default function SimulatorPage() {
  const { t } = useTranslation("battles");
  const ships = useRules().arenas.ships;
  const [draft, setDraft] = useState<Draft>(() => ({
    forces: [0, 1].map((side) => force(t("side_number", { side: side + 1 }), ships)),
    seed: "1",
  }));
  const [fought, setFought] = useState<Fought | null>(null);
  const { fight, isFighting, error } = useFight(setFought);
  const change = (side: number, next: DraftForce) =>
    setDraft({ ...draft, forces: draft.forces.with(side, next) });
  const remove = (side: number) =>
    setDraft({ ...draft, forces: draft.forces.filter((_, one) => one !== side) });
  const add = () => {
    const name = t("side_number", { side: draft.forces.length + 1 });
    setDraft({ ...draft, forces: [...draft.forces, force(name, ships)] });
  };
  const problem = problemOf(draft);
  const names = draft.forces.map(({ name }) => name);
  return (
    <Page title={t("simulator")} lead={t("simulator_lead")} fills>
      <div className={classes.drafts}>
        {draft.forces.map((one, side) => (
          <ForceEditor
            // biome-ignore lint/suspicious/noArrayIndexKey: a side is its number
            key={side}
            force={one}
            side={side}
            stance={STANCES[side] ?? "neutral"}
            names={names}
            onChange={(next) => change(side, next)}
            onRemove={draft.forces.length > SIDES_MIN ? () => remove(side) : null}
            prefill={<Prefill force={one} onChange={(next) => change(side, next)} />}
          />
        ))}
      </div>
      <div className={classes.fightBar}>
        <Button
          size="md"
          leftSection={<IconSwords size={20} />}
          loading={isFighting}
          disabled={problem !== null}
          onClick={() => fight(draft)}
        >
          {t("fight")}
        </Button>
        <Button
          variant="default"
          leftSection={<IconDice5 size={18} />}
          disabled={problem !== null || isFighting}
          onClick={() => {
            const again = { ...draft, seed: otherSeed(Math.random) };
            setDraft(again);
            fight(again);
          }}
        >
          {t("other_luck")}
        </Button>
        {draft.forces.length < SIDES_MAX && (
          <Button variant="subtle" leftSection={<IconPlus size={18} />} onClick={add}>
            {t("add_side")}
          </Button>
        )}
        {problem && <span className={classes.hint}>{t(`draft_${problem}`)}</span>}
        <RefusalText error={error} />
      </div>
      {fought && <Shown fought={fought} />}
    </Page>
  );
}

/** Ask for a simulation; one that found the server busy is asked for again. */
function useFight(onFought: (fought: Fought) => void) {
  const [isFighting, setFighting] = useState(false);
  const [error, setError] = useState<Refusal | null>(null);
  const fight = async (draft: Draft) => {
    setFighting(true);
    setError(null);
    for (let tries = 1; tries <= TRIES_MAX; tries++) {
      const answer = await http.post<HttpSimulated>("/simulator", asked(draft));
      if (answer.ok) {
        onFought({ draft, result: answer.data });
        break;
      }
      const { code, retry_after_ms } = answer.error;
      if (code !== "busy" || tries === TRIES_MAX) {
        setError(answer.error);
        break;
      }
      await new Promise((done) => setTimeout(done, retry_after_ms ?? 0));
    }
    setFighting(false);
  };
  return { fight, isFighting, error };
}

function Shown({ fought }: { fought: Fought }) {
  const { t } = useTranslation("battles");
  const { draft, result } = fought;
  const cast = useMemo(() => {
    const members = draft.forces.map(({ name, grid }, side) => {
      const kind = grid > 0 ? ("colony" as const) : ("fleet" as const);
      return [idOf(side), { username: name, kind, side, tick: 0, player: "" }] as const;
    });
    return Object.fromEntries(members);
  }, [draft]);
  const stanceOf = useMemo(() => {
    const of = stances(cast, null);
    return (id: string) => of.get(id) ?? "neutral";
  }, [cast]);
  const source = useMemo(
    () => ({
      kind: "simulation" as const,
      asked: { ...asked(draft), ticks: Math.max(1, result.tick) },
    }),
    [draft, result.tick],
  );
  return (
    <Panel title={t("result")}>
      <Result result={result} draft={draft} />
      <FilmPlayer source={source} cast={cast} stanceOf={stanceOf} end={result.tick} />
    </Panel>
  );
}
