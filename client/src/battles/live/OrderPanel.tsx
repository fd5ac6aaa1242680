import { Button, SegmentedControl, Select } from "@mantine/core";
import { IconCrosshair, IconDoorExit, IconFlag3 } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Refusal } from "../../sync";
import { ConfirmButton, Panel, Pending, RefusalText, useName } from "../../ui";
import classes from "../classes";
import { canRetreat, targetsOf } from "../model/orders";
import { type BattleView, FORMATIONS, type Formation } from "../model/views";
import { nameForces } from "../view/names";
import type { Wish } from "./useOrders";

interface OrderPanelProps {
  /** The battle with own pending orders applied. */
  battle: BattleView;
  /** Own forces that can be ordered; never empty. */
  forces: readonly string[];
  chosen: string;
  onChoose: (force: string) => void;
  onOrder: (force: string, wish: Wish) => void;
  error: Refusal | null;
}

/** Order an own force: how to stand, whom to fire at, when to flee. */
export function OrderPanel(props: OrderPanelProps) {
  const { battle, forces, chosen, onChoose, onOrder, error } = props;
  const { t } = useTranslation("battles");
  const name = useName();
  const force = battle.forces[chosen];
  if (!force) return null;
  const names = nameForces(battle.forces, t);
  const options = (ids: readonly string[]) =>
    ids.map((id) => ({ value: id, label: names[id] ?? id }));
  const waits = (what: "formation" | "focus" | "retreats") =>
    force.pending?.includes(what);
  return (
    <Panel title={t("orders")} icon={<IconFlag3 size={18} />}>
      {forces.length > 1 && (
        <Select
          label={t("own_force")}
          data={options(forces)}
          value={chosen}
          allowDeselect={false}
          onChange={(id) => id && onChoose(id)}
        />
      )}
      <div>
        <span className={classes.label} id="battle-formation">
          {t("formation")} <Pending when={waits("formation")} />
        </span>
        <SegmentedControl
          fullWidth
          aria-labelledby="battle-formation"
          data={FORMATIONS.map((one) => ({
            value: one,
            label: name("formation", one),
          }))}
          value={force.formation}
          onChange={(value) =>
            onOrder(chosen, { kind: "formation", value: value as Formation })
          }
        />
        <p className={classes.hint}>{t(`formation_${force.formation}`)}</p>
      </div>
      <Select
        label={
          <>
            {t("focus")} <Pending when={waits("focus")} />
          </>
        }
        leftSection={<IconCrosshair size={16} />}
        placeholder={t("focus_none")}
        data={options(targetsOf(battle, chosen))}
        value={force.focus || null}
        allowDeselect={false}
        onChange={(id) => id && onOrder(chosen, { kind: "focus", value: id })}
      />
      <ConfirmButton
        variant="light"
        color="red"
        leftSection={<IconDoorExit size={18} />}
        disabled={!canRetreat(force)}
        title={t("retreat_title")}
        question={t("retreat_question")}
        confirmLabel={t("retreat")}
        onConfirm={() => onOrder(chosen, { kind: "retreat" })}
      >
        {force.retreats ? t("retreating") : t("retreat")}
      </ConfirmButton>
      {force.kind === "colony" && <p className={classes.hint}>{t("garrison_stays")}</p>}
      <RefusalText error={error} />
    </Panel>
  );
}

interface ReservesProps {
  fleets: readonly { id: string; name: string; distance: number }[];
  onBring: (fleet: string) => void;
  pending: string | null;
  error: Refusal | null;
}

/** Offer own fleets that are near enough to join the battle. */
export function Reserves({ fleets, onBring, pending, error }: ReservesProps) {
  const { t } = useTranslation("battles");
  if (fleets.length === 0 && !error) return null;
  return (
    <Panel title={t("reserves")}>
      <ul className={classes.plain}>
        {fleets.map(({ id, name, distance }) => (
          <li key={id} className={classes.reserve}>
            <span>
              {name} <small>{t("away", { units: Math.round(distance) })}</small>
            </span>
            <Button size="xs" loading={pending === id} onClick={() => onBring(id)}>
              {t("reinforce")}
            </Button>
          </li>
        ))}
      </ul>
      <RefusalText error={error} />
    </Panel>
  );
}
