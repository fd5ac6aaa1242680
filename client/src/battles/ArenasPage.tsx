import { Button, NumberInput, Select, TextInput } from "@mantine/core";
import { IconPlus, IconTrophy } from "@tabler/icons-react";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import { useCommand, useRules, useSession } from "../sync";
import { EmptyState, formatDuration, Page, Panel, RefusalText, Ships } from "../ui";
import { ArenaList } from "./arena/ArenaList";
import { useArenas } from "./arena/useArenas";
import classes from "./classes";

const WAITS_MS = [5_000, 15_000, 30_000, 60_000, 180_000, 600_000] as const;
const NAME_MAX = 32;

/** Show group battles that wait or go on, and call for a new one. */
export default function ArenasPage() {
  const { t } = useTranslation("battles");
  const player = useSession().player?.id ?? null;
  const { arenas, error } = useArenas();
  return (
    <Page title={t("arenas")} lead={t("arenas_lead")}>
      <div className={classes.columns}>
        <Panel title={t("open_arenas")} icon={<IconTrophy size={18} />}>
          <RefusalText error={error} />
          {arenas && arenas.length > 0 ? (
            <ArenaList arenas={arenas} player={player} />
          ) : (
            <EmptyState
              icon={<IconTrophy size={28} />}
              title={t("no_arenas_title")}
              text={t("no_arenas_text")}
            />
          )}
        </Panel>
        <CallPanel />
      </div>
    </Page>
  );
}

function CallPanel() {
  const { t } = useTranslation("battles");
  const rules = useRules().arenas;
  const [, go] = useLocation();
  const { run, pending, error } = useCommand("battle:begin");
  const [name, setName] = useState("");
  const [sides, setSides] = useState(2);
  const [seats, setSeats] = useState(1);
  const [join_ms, setJoin] = useState(30_000);
  const call = async (event: FormEvent) => {
    event.preventDefault();
    const named = name.trim() ? { name: name.trim() } : {};
    const ack = await run({ ...named, sides, seats, join_ms });
    if (ack.ok) go(`/arenas/${ack.result.battle}`);
  };
  const [least, most] = rules.join_ms;
  const waits = WAITS_MS.filter((ms) => ms >= least && ms <= most);
  return (
    <Panel title={t("call")} icon={<IconPlus size={18} />}>
      <p className={classes.hint}>{t("call_hint")}</p>
      <form onSubmit={call} className={classes.form}>
        <TextInput
          label={t("arena_name")}
          maxLength={NAME_MAX}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <div className={classes.pair}>
          <NumberInput
            label={t("sides")}
            min={2}
            max={rules.sides_max}
            value={sides}
            onChange={(value) => setSides(Number(value) || 2)}
          />
          <NumberInput
            label={t("seats")}
            min={1}
            max={rules.seats_max}
            value={seats}
            onChange={(value) => setSeats(Number(value) || 1)}
          />
        </div>
        <Select
          label={t("join_time")}
          data={waits.map((ms) => ({ value: String(ms), label: formatDuration(ms) }))}
          value={String(join_ms)}
          allowDeselect={false}
          onChange={(value) => setJoin(Number(value))}
        />
        <Button type="submit" loading={pending}>
          {t("call")}
        </Button>
        <RefusalText error={error} />
      </form>
      <h3 className={classes.label}>{t("everyones_fleet")}</h3>
      <Ships ships={rules.ships} />
    </Panel>
  );
}
