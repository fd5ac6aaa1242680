import { Button, Checkbox, NativeSelect, NumberInput } from "@mantine/core";
import { IconHandStop, IconHome, IconShield } from "@tabler/icons-react";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { onMap } from "../map/places";
import { useCommand, useEmpire, useRules } from "../sync";
import type { Fleet } from "../sync/empire";
import { RefusalText } from "../ui";
import classes from "./fleets.module.css";

/** Give a fleet the orders that need no map. */
export function FleetOrders({ fleet }: { fleet: Fleet }) {
  const { t } = useTranslation("fleets");
  const [isQueued, setQueued] = useState(false);
  const isBusy = fleet.path.length > 0 || fleet.queue.length > 0;
  const stop = useCommand("fleets.stop");
  const more = isBusy && isQueued ? { queue: true } : {};
  return (
    <div className={classes.form}>
      {isBusy && (
        <Checkbox
          label={t("queue_it")}
          checked={isQueued}
          onChange={(event) => setQueued(event.currentTarget.checked)}
        />
      )}
      <AtColony fleet={fleet} more={more} />
      <MoveForm fleet={fleet} more={more} />
      {(fleet.path.length > 0 || fleet.stance !== "") && (
        <Button
          variant="default"
          leftSection={<IconHandStop size={16} />}
          loading={stop.pending}
          onClick={() => void stop.run({ fleet: fleet.id })}
        >
          {t("stop")}
        </Button>
      )}
      <RefusalText error={stop.error} />
      <p className={classes.hint}>{t("patrol_on_map")}</p>
    </div>
  );
}

interface OrderFormProps {
  fleet: Fleet;
  /** What goes with each order: whether it waits. */
  more: { queue?: boolean };
}

function AtColony({ fleet, more }: OrderFormProps) {
  const { t } = useTranslation("fleets");
  const colonies = Object.values(useEmpire((empire) => empire.colonies));
  const [chosen, setChosen] = useState(fleet.home);
  const back = useCommand("fleets.return");
  const defend = useCommand("fleets.defend");
  const colony = colonies.find(({ id }) => id === chosen)?.id ?? colonies[0]?.id;
  if (colony === undefined) return null;
  const about = { fleet: fleet.id, colony, ...more };
  return (
    <div className={classes.inline}>
      {colonies.length > 1 && (
        <NativeSelect
          label={t("colony")}
          value={colony}
          onChange={(event) => setChosen(event.currentTarget.value)}
          data={colonies.map(({ id, name }) => ({ value: id, label: name }))}
        />
      )}
      <Button
        variant="default"
        leftSection={<IconHome size={16} />}
        loading={back.pending}
        onClick={() => void back.run(about)}
      >
        {colonies.length > 1 ? t("return_to") : t("return")}
      </Button>
      <Button
        variant="default"
        leftSection={<IconShield size={16} />}
        loading={defend.pending}
        onClick={() => void defend.run(about)}
      >
        {t("defend_at")}
      </Button>
      <RefusalText error={back.error ?? defend.error} />
    </div>
  );
}

function MoveForm({ fleet, more }: OrderFormProps) {
  const { t } = useTranslation("fleets");
  const { side } = useRules().galaxy;
  const [x, setX] = useState<number | string>("");
  const [y, setY] = useState<number | string>("");
  const move = useCommand("fleets.move");
  const isGiven = x !== "" && y !== "";
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const to = onMap({ x: Number(x), y: Number(y) }, side);
    void move.run({ fleet: fleet.id, to, ...more });
  };
  const input = { min: 0, max: side - 1, hideControls: true, w: 92 } as const;
  return (
    <form className={classes.inline} onSubmit={submit} aria-label={t("move_to")}>
      <NumberInput label={t("across")} value={x} onChange={setX} {...input} />
      <NumberInput label={t("down")} value={y} onChange={setY} {...input} />
      <Button
        type="submit"
        variant="default"
        disabled={!isGiven}
        loading={move.pending}
      >
        {t("move")}
      </Button>
      <RefusalText error={move.error} />
    </form>
  );
}
