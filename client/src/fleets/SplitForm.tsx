import { Button } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { useCommand, useEmpire, useRules } from "../sync";
import type { Fleet } from "../sync/empire";
import { RefusalText, Ships } from "../ui";
import classes from "./fleets.module.css";
import { ShipPicker } from "./ShipPicker";
import { type Ships as Counts, countOf, onlyPresent, powerOf, without } from "./ships";
import { held } from "./status";

/** Split ships off a fleet; what stays and what leaves is always all there was. */
export function SplitForm({ fleet }: { fleet: Fleet }) {
  const { t } = useTranslation("fleets");
  const rules = useRules();
  const cargo_percent = useEmpire(
    (empire) => 100 + (empire.player.modifiers.cargo ?? 0),
  );
  const [chosen, setChosen] = useState<Counts>({});
  const split = useCommand("fleets.split");
  if (countOf(fleet.ships) < 2) {
    return <p className={classes.hint}>{t("split_one")}</p>;
  }
  const stays = without(fleet.ships, chosen);
  const power = powerOf(stays, rules.colonies.units);
  const isOverloaded = held(fleet.cargo) > (power.cargo * cargo_percent) / 100;
  const isEmpty = countOf(stays) === 0;
  const isReady = countOf(chosen) > 0 && !isEmpty && !isOverloaded;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const ack = await split.run({ fleet: fleet.id, ships: onlyPresent(chosen) });
    if (ack.ok) setChosen({});
  };
  return (
    <form className={classes.form} onSubmit={submit}>
      <p className={classes.hint}>{t("split_text")}</p>
      <ShipPicker available={fleet.ships} chosen={chosen} onChange={setChosen} />
      <div className={classes.parts} aria-live="polite">
        <div>
          <h3>{t("stays", { ships: countOf(stays) })}</h3>
          <Ships ships={stays} />
        </div>
        <div>
          <h3>{t("leaves", { ships: countOf(chosen) })}</h3>
          <Ships ships={chosen} />
        </div>
      </div>
      {isEmpty && <p className={classes.warning}>{t("split_all")}</p>}
      {!isEmpty && isOverloaded && (
        <p className={classes.warning}>{t("split_cargo")}</p>
      )}
      <RefusalText error={split.error} />
      <Button
        type="submit"
        variant="default"
        disabled={!isReady || fleet.battle !== ""}
        loading={split.pending}
      >
        {t("split_now")}
      </Button>
    </form>
  );
}
