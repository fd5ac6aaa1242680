import { Button, NativeSelect } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import { distance } from "../map/places";
import { positionAt, useCommand, useEmpire, useRules, useServerNow } from "../sync";
import type { Fleet } from "../sync/empire";
import { RefusalText, Ships } from "../ui";
import classes from "./fleets.module.css";
import { countOf, together } from "./ships";

const LOOK_EVERY_MS = 1_000;

/** Merge a fleet into another one close by. */
export function MergeForm({ fleet }: { fleet: Fleet }) {
  const { t } = useTranslation("fleets");
  const { merge_reach } = useRules().fleets;
  const now_ms = useServerNow(LOOK_EVERY_MS);
  const fleets = Object.values(useEmpire((empire) => empire.fleets));
  const [chosen, setChosen] = useState("");
  const merge = useCommand("fleets.merge");
  const [, go] = useLocation();
  const here = positionAt(fleet, now_ms);
  const close = fleets.filter(
    (one) =>
      one.id !== fleet.id && distance(here, positionAt(one, now_ms)) <= merge_reach,
  );
  const into = close.find(({ id }) => id === chosen) ?? close[0];
  if (into === undefined) {
    return <p className={classes.hint}>{t("merge_none", { reach: merge_reach })}</p>;
  }
  const isTooSlow = into.path.length > 0 && fleet.speed < into.speed;
  const sum = together(fleet.ships, into.ships);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const ack = await merge.run({ fleet: fleet.id, into: into.id });
    if (ack.ok) go(`/fleets/${into.id}`);
  };
  return (
    <form className={classes.form} onSubmit={submit}>
      <p className={classes.hint}>{t("merge_text", { reach: merge_reach })}</p>
      <NativeSelect
        label={t("merge_into")}
        value={into.id}
        onChange={(event) => setChosen(event.currentTarget.value)}
        data={close.map(({ id, name }) => ({ value: id, label: name }))}
      />
      <p className={classes.sum}>
        {t("merge_sum", {
          one: countOf(fleet.ships),
          other: countOf(into.ships),
          sum: countOf(sum),
        })}
      </p>
      <Ships ships={sum} />
      {isTooSlow && <p className={classes.warning}>{t("merge_slow")}</p>}
      <RefusalText error={merge.error} />
      <Button
        type="submit"
        variant="default"
        disabled={isTooSlow || fleet.battle !== "" || into.battle !== ""}
        loading={merge.pending}
      >
        {t("merge_now")}
      </Button>
    </form>
  );
}
