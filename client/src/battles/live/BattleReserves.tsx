import { useState } from "react";
import { positionAt, useCommand, useEmpire, useRules, useServerNow } from "../../sync";
import { reserves } from "../model/orders";
import type { BattleView } from "../model/views";
import { Reserves } from "./OrderPanel";

interface BattleReservesProps {
  battle: BattleView;
  player: string | null;
}

/** Let a fighter in a battle bring fleets that are near. */
export function BattleReserves({ battle, player }: BattleReservesProps) {
  const rules = useRules();
  const fleets = useEmpire((empire) => empire.fleets);
  const now_ms = useServerNow(2_000);
  const { run, pending, error } = useCommand("combat.reinforce");
  const [asked, setAsked] = useState<string | null>(null);
  const fights = Object.values(battle.forces).some((one) => one.player === player);
  if (!fights) return null;
  const peaceful: readonly string[] = rules.fleets.peaceful_units;
  const placed = Object.values(fleets).map((fleet) => ({
    id: fleet.id,
    name: fleet.name,
    battle: fleet.battle,
    ships: fleet.ships as Readonly<Record<string, number>>,
    ...positionAt(fleet, now_ms),
  }));
  const found = reserves(battle, placed, {
    joins_within: rules.combat.joins_within,
    isArmed: (unit) => !peaceful.includes(unit),
  });
  const bring = (fleet: string) => {
    setAsked(fleet);
    void run({ fleet, battle: battle.id });
  };
  return (
    <Reserves
      fleets={found.map(({ fleet, distance }) => ({ ...fleet, distance }))}
      onBring={bring}
      pending={pending ? asked : null}
      error={error}
    />
  );
}
