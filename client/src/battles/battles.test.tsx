import { MantineProvider } from "@mantine/core";
import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { startText } from "../text";
import { OrderPanel } from "./live/OrderPanel";
import type { BattleView, ForceView } from "./model/views";
import { Announcer } from "./view/Announcer";
import { CourseChart } from "./view/CourseChart";
import { ForceCard } from "./view/ForceCard";
import { presented } from "./view/names";
import { Outcome, resultFor } from "./view/Outcome";

beforeAll(() => startText("en"));
afterEach(cleanup);

function force(more: Partial<ForceView> = {}): ForceView {
  return {
    player: "p",
    username: "Ann",
    kind: "fleet",
    side: 0,
    tick: 0,
    ships: { fighter: 3 },
    lost: { fighter: 2, cruiser: 1 },
    dealt: 1_240,
    state: "fighting",
    formation: "line",
    focus: "",
    retreats: false,
    ...more,
  };
}

function battle(more: Partial<BattleView> = {}): BattleView {
  const forces = {
    mine: force(),
    theirs: force({ player: "e", username: "Eve", side: 1 }),
  };
  const scores = [{ player: "p", username: "Ann", points: 84, won: true }];
  const rest = { id: "b", x: 10, y: 20, arena: "", debris: "", loot: {}, winner: null };
  return { ...rest, forces, scores, ...more } as unknown as BattleView;
}

function show(part: React.ReactNode) {
  return render(<MantineProvider>{part}</MantineProvider>);
}

describe("a force", () => {
  it("says what is left and lost of each unit, and what waits", () => {
    const waiting = force({ focus: "theirs", pending: ["focus"] });
    show(<ForceCard force={waiting} stance="own" focusName="Eve" />);
    expect(screen.getByText("Fighter: 3 left, 2 lost")).toBeTruthy();
    expect(screen.getByText("Cruiser: 0 left, 1 lost")).toBeTruthy();
    expect(screen.getByText("1,240 damage dealt")).toBeTruthy();
    expect(screen.getByText("Eve").closest(".gd-pending")).toBeTruthy();
  });
});

describe("orders", () => {
  function panel(shown: BattleView) {
    const onOrder = vi.fn();
    show(
      <OrderPanel
        battle={shown}
        forces={["mine"]}
        chosen="mine"
        onChoose={() => {}}
        onOrder={onOrder}
        error={null}
      />,
    );
    return onOrder;
  }

  it("go out at a click, but a retreat only once it is confirmed", async () => {
    const onOrder = panel(battle());
    fireEvent.click(screen.getByLabelText("Assault"));
    expect(onOrder).toHaveBeenCalledWith("mine", {
      kind: "formation",
      value: "assault",
    });
    fireEvent.click(screen.getByRole("button", { name: "Retreat" }));
    expect(onOrder).toHaveBeenCalledTimes(1);
    const dialog = await screen.findByRole("dialog");
    const confirm = [...dialog.querySelectorAll("button")].find(
      ({ textContent }) => textContent === "Retreat",
    );
    if (confirm) fireEvent.click(confirm);
    expect(onOrder).toHaveBeenLastCalledWith("mine", { kind: "retreat" });
  });

  it("let no garrison retreat, and say why", () => {
    panel(battle({ forces: { mine: force({ kind: "colony" }) } }));
    expect(screen.getByRole("button", { name: "Retreat" })).toHaveProperty(
      "disabled",
      true,
    );
    expect(screen.getByText("A garrison stays with its colony.")).toBeTruthy();
  });
});

describe("the end", () => {
  it("is a victory, a defeat, a draw, or nothing of one's own", () => {
    expect(resultFor(battle({ winner: 0 }), "p")).toBe("won");
    expect(resultFor(battle({ winner: 1 }), "p")).toBe("lost");
    expect(resultFor(battle({ winner: -1 }), "p")).toBe("drawn");
    expect(resultFor(battle({ winner: 0 }), "other")).toBe("watched");
  });

  it("tells losses, points, loot and where debris drifts", () => {
    const over = battle({ winner: 0, debris: "d", loot: { mine: { minerals: 500 } } });
    show(<Outcome battle={over} player="p" hasReport />);
    expect(screen.getByText("Victory")).toBeTruthy();
    expect(screen.getByText("Your losses").nextElementSibling?.textContent).toBe("3");
    expect(screen.getByText("Rank points").nextElementSibling?.textContent).toBe("84");
    expect(screen.getByText("Loot").nextElementSibling?.textContent).toContain("500");
    const links = screen.getAllByRole("link").map((one) => one.getAttribute("href"));
    expect(links).toEqual(["/map?x=10&y=20", "/reports/b"]);
  });

  it("shows nothing while it goes on", () => {
    const { container } = show(<Outcome battle={battle()} player="p" />);
    expect(container.querySelector("section")).toBeNull();
  });
});

it("seeks where the course is clicked", () => {
  const onSeek = vi.fn();
  const lines = [{ side: 0, points: [{ tick: 0, left: 5 }] }];
  show(
    <CourseChart
      lines={lines}
      stanceOf={() => "own"}
      nameOf={() => "Ann"}
      end={200}
      onSeek={onSeek}
    />,
  );
  const chart = screen.getByRole("img", { name: /Ann: from 5 to 5/ });
  chart.getBoundingClientRect = () => new DOMRect(100, 0, 400, 100);
  fireEvent.click(chart, { clientX: 300 });
  expect(onSeek).toHaveBeenCalledWith(100);
});

it("reads aloud how it stands every few seconds, not at every step", () => {
  vi.useFakeTimers();
  const side = {
    side: 0,
    stance: "own",
    names: ["Ann"],
    left: 5,
    lost: 1,
    dealt: 0,
  } as const;
  const { container, rerender } = show(<Announcer sides={[side]} />);
  const said = () => container.querySelector("[aria-live]")?.textContent;
  expect(said()).toBe("");
  act(() => void vi.advanceTimersByTime(6_000));
  expect(said()).toBe("Ann: 5 ships left, 1 lost.");
  rerender(
    <MantineProvider>
      <Announcer sides={[{ ...side, left: 4, lost: 2 }]} />
    </MantineProvider>,
  );
  expect(said()).toBe("Ann: 5 ships left, 1 lost.");
  act(() => void vi.advanceTimersByTime(6_000));
  expect(said()).toBe("Ann: 4 ships left, 2 lost.");
  vi.useRealTimers();
});

it("names those whom nobody plays", () => {
  const npc = force({ kind: "npc", player: "npc", username: "pirates" });
  const shown = presented(battle({ forces: { npc } }), ((key: string) => key) as never);
  expect(shown.forces.npc?.username).toBe("pirates");
  expect(shown.scores[0]?.username).toBe("Ann");
});
