/** Own orders in a battle: they show at once, and as pending until they are heard. */
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { newId, type Refusal, send } from "../../sync";
import { type BattleOrder, isHeard, withOrders } from "../model/orders";
import type { BattleView } from "../model/views";

/** How long after its ack an order may still wait to be heard, in ms. */
const HEARD_WITHIN_MS = 2_500;

/** An order without what is the same for all. */
export type Wish =
  | { readonly kind: "formation"; readonly value: "line" | "assault" | "defensive" }
  | { readonly kind: "focus"; readonly value: string }
  | { readonly kind: "retreat" };

/** Give a battle's forces as ordered, and the function that orders. */
export function useOrders(battle: BattleView) {
  const [orders, setOrders] = useState<readonly BattleOrder[]>([]);
  const [error, setError] = useState<Refusal | null>(null);
  const timers = useRef(new Set<number>());
  const drop = useCallback(
    (id: string) => setOrders((all) => all.filter((one) => one.id !== id)),
    [],
  );
  useEffect(() => {
    setOrders((all) => {
      const left = all.filter((one) => !isHeard(battle.forces, one));
      return left.length === all.length ? all : left;
    });
  }, [battle.forces]);
  useEffect(() => {
    const running = timers.current;
    return () => {
      for (const timer of running) window.clearTimeout(timer);
    };
  }, []);
  const give = useCallback(
    async (force: string, wish: Wish) => {
      const order: BattleOrder = { id: newId(), force, ...wish };
      setError(null);
      setOrders((all) => [...all.filter((one) => !replaces(order, one)), order]);
      const ack = await send(`combat.${wish.kind}`, message(battle.id, order));
      if (ack.ok) {
        timers.current.add(window.setTimeout(drop, HEARD_WITHIN_MS, order.id));
      } else {
        setError(ack.error);
        drop(order.id);
      }
    },
    [battle.id, drop],
  );
  const forces = useMemo(
    () => withOrders(battle.forces, orders),
    [battle.forces, orders],
  );
  return { forces, give, error, pending: orders.length > 0 };
}

/** Tell whether a later order makes an earlier one void. */
function replaces(later: BattleOrder, earlier: BattleOrder): boolean {
  return later.force === earlier.force && later.kind === earlier.kind;
}

function message(battle: string, order: BattleOrder): Record<string, string> {
  const about = { battle, fleet: order.force };
  switch (order.kind) {
    case "formation":
      return { ...about, formation: order.value };
    case "focus":
      return { ...about, target: order.value };
    case "retreat":
      return about;
  }
}
