import { Button, Checkbox, NativeSelect, NumberInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { amountsAt, serverNow, useCommand, useEmpire } from "../sync";
import type { Colony, Fleet } from "../sync/empire";
import { formatAmount, formatFull, RefusalText, ResourceIcon, useName } from "../ui";
import classes from "./fleets.module.css";
import { type Ships as Goods, onlyPresent } from "./ships";
import { held } from "./status";

interface TransportFormProps {
  fleet: Fleet;
  /** Where to unload, where that is chosen already. */
  target?: string;
  onDone?: () => void;
}

/** Let a fleet carry goods from one own colony to another. */
export function TransportForm(props: TransportFormProps) {
  const { t } = useTranslation("fleets");
  const colonies = Object.values(useEmpire((empire) => empire.colonies));
  const [first, second] = colonies;
  if (props.fleet.cargo_capacity === 0) {
    return <p className={classes.hint}>{t("no_hold")}</p>;
  }
  if (first === undefined || second === undefined) {
    return <p className={classes.hint}>{t("one_colony")}</p>;
  }
  return <Between {...props} colonies={colonies} />;
}

function Between(props: TransportFormProps & { colonies: readonly Colony[] }) {
  const { fleet, target, onDone, colonies } = props;
  const { t } = useTranslation("fleets");
  const [from, setFrom] = useState(
    colonies.find(({ id }) => id !== target)?.id ?? fleet.home,
  );
  const [to, setTo] = useState(
    target ?? colonies.find(({ id }) => id !== from)?.id ?? "",
  );
  const [isQueued, setQueued] = useState(false);
  const [cargo, setCargo] = useState<Goods>({});
  const cargo_percent = useEmpire(
    (empire) => 100 + (empire.player.modifiers.cargo ?? 0),
  );
  const transport = useCommand("fleets.transport");
  const room = Math.floor((fleet.cargo_capacity * cargo_percent) / 100);
  const left = room - held(fleet.cargo) - held(cargo);
  const source = colonies.find(({ id }) => id === from);
  const options = colonies.map(({ id, name }) => ({ value: id, label: name }));
  const isReady = held(cargo) > 0 && left >= 0 && from !== to && !fleet.battle;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const goods = { from, to, cargo: onlyPresent(cargo) };
    const queue = isQueued ? { queue: true } : {};
    const ack = await transport.run({ fleet: fleet.id, ...goods, ...queue });
    if (ack.ok) onDone?.();
  };
  return (
    <form className={classes.form} onSubmit={submit}>
      <div className={classes.inline}>
        <NativeSelect
          label={t("from")}
          value={from}
          onChange={(event) => setFrom(event.currentTarget.value)}
          data={options}
        />
        <NativeSelect
          label={t("to")}
          value={to}
          onChange={(event) => setTo(event.currentTarget.value)}
          data={options}
        />
      </div>
      {source && <CargoInputs source={source} cargo={cargo} onChange={setCargo} />}
      <p className={left < 0 ? classes.warning : classes.hint}>
        {t("room", { room: formatFull(left) })}
      </p>
      <Checkbox
        label={t("queue_it")}
        checked={isQueued}
        onChange={(event) => setQueued(event.currentTarget.checked)}
      />
      <RefusalText error={transport.error} />
      <Button
        type="submit"
        variant="default"
        disabled={!isReady}
        loading={transport.pending}
      >
        {t("transport_now")}
      </Button>
    </form>
  );
}

interface CargoInputsProps {
  source: Colony;
  cargo: Goods;
  onChange: (cargo: Goods) => void;
}

function CargoInputs({ source, cargo, onChange }: CargoInputsProps) {
  const { t } = useTranslation("fleets");
  const name = useName();
  const there = amountsAt(source.resources, serverNow());
  return (
    <div className={classes.goods}>
      {Object.entries(there).map(([kind, amount]) => (
        <NumberInput
          key={kind}
          label={name("resource", kind)}
          description={t("available", { amount: formatAmount(amount) })}
          leftSection={<ResourceIcon name={kind} />}
          value={cargo[kind] ?? 0}
          min={0}
          allowDecimal={false}
          hideControls
          onChange={(value) =>
            onChange({ ...cargo, [kind]: Math.trunc(Number(value)) || 0 })
          }
        />
      ))}
    </div>
  );
}
