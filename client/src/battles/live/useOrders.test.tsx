import { act, cleanup, renderHook } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { BattleView } from "../model/views";

const send = vi.fn();
vi.mock("../../sync", () => ({ send, newId: () => String(++ids) }));
let ids = 0;

const { useOrders } = await import("./useOrders");

function battle(formation = "line"): BattleView {
  const mine = { formation, focus: "", retreats: false };
  return { id: "b", forces: { mine } } as unknown as BattleView;
}

const acked = { ok: true, id: "1", at_ms: 0, result: {} };

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  cleanup();
  vi.useRealTimers();
  send.mockReset();
});

function hold() {
  const shown = battle();
  return renderHook((one: BattleView) => useOrders(one), { initialProps: shown });
}

describe("an order in battle", () => {
  it("shows at once as pending, and is sent as the server takes it", async () => {
    send.mockResolvedValue(acked);
    const { result } = hold();
    await act(() =>
      result.current.give("mine", { kind: "formation", value: "assault" }),
    );
    expect(send).toHaveBeenCalledWith("combat.formation", {
      battle: "b",
      fleet: "mine",
      formation: "assault",
    });
    expect(result.current.forces.mine?.formation).toBe("assault");
    expect(result.current.forces.mine?.pending).toEqual(["formation"]);
  });

  it("is confirmed once the room says so", async () => {
    send.mockResolvedValue(acked);
    const { result, rerender } = hold();
    await act(() =>
      result.current.give("mine", { kind: "formation", value: "assault" }),
    );
    rerender(battle("assault"));
    expect(result.current.pending).toBe(false);
    expect(result.current.forces.mine?.pending).toBeUndefined();
  });

  it("gives way to what the room says, some time after its ack", async () => {
    send.mockResolvedValue(acked);
    const { result } = hold();
    await act(() => result.current.give("mine", { kind: "retreat" }));
    expect(result.current.forces.mine?.retreats).toBe(true);
    act(() => void vi.advanceTimersByTime(3_000));
    expect(result.current.forces.mine?.retreats).toBe(false);
  });

  it("is withdrawn where it is refused, with the reason", async () => {
    send.mockResolvedValue({ ok: false, error: { code: "finished", message: "" } });
    const { result } = hold();
    await act(() => result.current.give("mine", { kind: "focus", value: "theirs" }));
    expect(result.current.error?.code).toBe("finished");
    expect(result.current.forces.mine?.focus).toBe("");
  });

  it("replaces an earlier one of its kind", async () => {
    send.mockResolvedValue(acked);
    const { result } = hold();
    await act(() =>
      result.current.give("mine", { kind: "formation", value: "assault" }),
    );
    await act(() =>
      result.current.give("mine", { kind: "formation", value: "defensive" }),
    );
    expect(result.current.forces.mine?.formation).toBe("defensive");
    expect(result.current.forces.mine?.pending).toEqual(["formation"]);
  });
});
