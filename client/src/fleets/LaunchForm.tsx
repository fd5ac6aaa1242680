import { Button, NativeSelect, TextInput } from "@mantine/core";
import { IconRocket } from "@tabler/icons-react";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "wouter";
import { useCommand, useEmpire, useRules } from "../sync";
import { RefusalText } from "../ui";
import { FleetFigures } from "./FleetFigures";
import classes from "./fleets.module.css";
import { ShipPicker } from "./ShipPicker";
import { countOf, onlyPresent, type Ships } from "./ships";

const NAME_MAX = 32;

/** Launch ships that stand in a colony as a fleet. */
export function LaunchForm({ colony }: { colony?: string }) {
  const { t } = useTranslation("fleets");
  const rules = useRules();
  const colonies = useEmpire((empire) => empire.colonies);
  const fleets = useEmpire((empire) => Object.keys(empire.fleets).length);
  const [from, setFrom] = useState(colony ?? "");
  const [chosen, setChosen] = useState<Ships>({});
  const [name, setName] = useState("");
  const [, go] = useLocation();
  const launch = useCommand("fleets.launch");
  const ready = Object.values(colonies).filter((one) => countOf(one.units) > 0);
  const source = ready.find(({ id }) => id === from) ?? ready[0];
  if (source === undefined) return <NoShips />;
  if (fleets >= rules.fleets.fleets_max) {
    return <p className={classes.hint}>{t("limit")}</p>;
  }
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const ships = onlyPresent(chosen);
    const named = name.trim() ? { name: name.trim() } : {};
    const ack = await launch.run({ colony: source.id, ships, ...named });
    if (ack.ok) go(`/fleets/${String(ack.result.fleet)}`);
  };
  return (
    <form className={classes.form} onSubmit={submit} data-tour="launch-fleet">
      {ready.length > 1 && (
        <NativeSelect
          label={t("launch_from")}
          value={source.id}
          onChange={(event) => {
            setFrom(event.currentTarget.value);
            setChosen({});
          }}
          data={ready.map((one) => ({ value: one.id, label: one.name }))}
        />
      )}
      <ShipPicker available={source.units} chosen={chosen} onChange={setChosen} />
      {countOf(chosen) > 0 && <FleetFigures ships={chosen} />}
      <TextInput
        label={t("name")}
        description={t("name_hint")}
        maxLength={NAME_MAX}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <RefusalText error={launch.error} />
      <Button
        type="submit"
        leftSection={<IconRocket size={18} />}
        disabled={countOf(chosen) === 0}
        loading={launch.pending}
      >
        {t("launch_now")}
      </Button>
    </form>
  );
}

function NoShips() {
  const { t } = useTranslation("fleets");
  return (
    <div className={classes.form}>
      <p className={classes.hint}>{t("no_units")}</p>
      <Button component={Link} href="/colonies" variant="default">
        {t("to_colonies")}
      </Button>
    </div>
  );
}
