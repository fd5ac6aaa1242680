import { MantineProvider } from "@mantine/core";
import {
  act,
  cleanup,
  fireEvent,
  render,
  screen,
  waitFor,
} from "@testing-library/react";
import type { ReactNode } from "react";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import vectors from "../../../tests/vectors/formulas.json";
import { type Colony, NO_EMPIRE, serverNow } from "../sync";
import { empireStore } from "../sync/empireStore";
import { type Rules, rulesRead } from "../sync/rules";
import { startText } from "../text";
import { AttentionPanel } from "./AttentionPanel";
import { BuildingGrid } from "./BuildingGrid";
import { specimenColony, specimenEmpire } from "./empire.fixture";
import { QueuePanel } from "./QueuePanel";
import { RunningAmount } from "./Running";
import { TrainingGrid } from "./TrainingGrid";

const sent = vi.hoisted(() => ({ calls: [] as unknown[][] }));

vi.mock("../sync/game", () => ({
  begin: () => undefined,
  hearByName: () => () => undefined,
  setView: () => undefined,
  send: async (...call: unknown[]) => {
    sent.calls.push(call);
    return { ok: true, id: "1", at_ms: 0, result: {} };
  },
}));

const rules = vectors.rules as unknown as Rules;

beforeAll(() => startText("en"));

beforeEach(() => {
  sent.calls = [];
  rulesRead.store.setState({ data: rules, path: "/rules", isAsked: true });
});

afterEach(() => {
  cleanup();
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** Make a colony whose stock is as it is now. */
function colonyNow(changes: Partial<Colony> = {}, minerals = 1000): Colony {
  const colony = specimenColony(changes);
  const at_ms = serverNow();
  const amounts = { energy: 1000, minerals, rare_elements: 10, population: 100 };
  const capacity = {
    energy: 9000,
    minerals: 9000,
    rare_elements: 900,
    population: 900,
  };
  const times = { at_ms, until_ms: at_ms + 1e9 };
  const resources = { ...colony.resources, amounts, capacity, ...times };
  return { ...colony, resources };
}

function show(colony: Colony, part: (colony: Colony) => ReactNode) {
  const empire = specimenEmpire([colony]);
  empireStore.setState({ confirmed: empire, empire, isReady: true });
  return render(<MantineProvider env="test">{part(colony)}</MantineProvider>);
}

const buyerOf = (colony: Colony) => ({ rules, colony, empire: NO_EMPIRE });
const button = (name: string) => screen.getByRole("button", { name });

function reasonsOf(element: HTMLElement): string {
  const id = element.getAttribute("aria-describedby") ?? "";
  return document.getElementById(id)?.textContent ?? "";
}

describe("the building grid", () => {
  it("orders what can be paid", async () => {
    show(colonyNow(), (colony) => <BuildingGrid {...buyerOf(colony)} />);
    fireEvent.click(button("Build: Mine"));
    await waitFor(() => expect(sent.calls).toHaveLength(1));
    expect(sent.calls[0]).toEqual([
      "colonies.build",
      { colony: "home", building: "mine" },
    ]);
  });

  it("says what is missing, and orders nothing then", () => {
    show(colonyNow(), (colony) => <BuildingGrid {...buyerOf(colony)} />);
    const shipyard = button("Build: Shipyard");
    expect(shipyard.getAttribute("aria-disabled")).toBe("true");
    expect(reasonsOf(shipyard)).toContain("Power plant 1");
    fireEvent.click(shipyard);
    expect(sent.calls).toEqual([]);
  });

  it("says how long resources take, not only that they lack", () => {
    show(colonyNow({}, 30), (colony) => <BuildingGrid {...buyerOf(colony)} />);
    expect(reasonsOf(button("Build: Mine"))).toBe("Minerals in 15m");
  });

  it("leads to the technology that is needed", () => {
    const buildings = { power_plant: 2 };
    show(colonyNow({ buildings }), (colony) => <BuildingGrid {...buyerOf(colony)} />);
    const link = screen.getByRole("link", { name: "Ballistics 1" });
    expect(link.getAttribute("href")).toBe("/research?technology=ballistics");
  });
});

describe("the queue", () => {
  const order = {
    kind: "building" as const,
    order: "o1",
    building: "mine",
    level: 1,
    paid: { minerals: 60, energy: 20 },
  };
  const times = () => ({
    started_ms: serverNow() - 5_000,
    complete_ms: serverNow() + 5_000,
  });
  const panel = (colony: Colony) => (
    <QueuePanel rules={rules} colony={colony} kind="building" />
  );

  it("shows what comes back before it cancels", async () => {
    show(colonyNow({ queue: [{ ...order, ...times() }] }), panel);
    fireEvent.click(button("Cancel: Mine to level 1"));
    expect(screen.getByTitle("Minerals: 48")).toBeTruthy();
    fireEvent.click(button("Give it up"));
    await waitFor(() => expect(sent.calls).toHaveLength(1));
    expect(sent.calls[0]).toEqual(["colonies.cancel", { colony: "home", order: "o1" }]);
  });

  it("cancels nothing that is not confirmed", () => {
    show(colonyNow({ queue: [{ ...order, ...times(), pending: true }] }), panel);
    fireEvent.click(button("Cancel: Mine to level 1"));
    expect(button("Give it up")).toHaveProperty("disabled", true);
  });
});

describe("the shipyard", () => {
  it("trains as many as can be paid", async () => {
    const buildings = { shipyard: 1 };
    show(colonyNow({ buildings }), (colony) => <TrainingGrid {...buyerOf(colony)} />);
    fireEvent.click(button("Max: Scout"));
    fireEvent.click(button("Train 33: Scout"));
    await waitFor(() => expect(sent.calls).toHaveLength(1));
    expect(sent.calls[0]).toEqual([
      "colonies.train",
      { colony: "home", unit: "scout", count: 33 },
    ]);
  });

  it("says that there is none, and where to build one", () => {
    show(colonyNow(), (colony) => <TrainingGrid {...buyerOf(colony)} />);
    const link = screen.getByRole("link", { name: "To the shipyard" });
    expect(link.getAttribute("href")).toBe("/colonies/home#shipyard");
  });
});

describe("running amounts", () => {
  it("count up by the clock, render nothing anew, and stop at the capacity", () => {
    let passed_ms = 0;
    const began_ms = performance.now();
    vi.spyOn(performance, "now").mockImplementation(() => began_ms + passed_ms);
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
    const pass = (ms: number) => {
      passed_ms += ms;
      act(() => vi.advanceTimersByTime(ms));
    };
    const { resources } = colonyNow({}, 990);
    const rates_per_hour = { ...resources.rates_per_hour, minerals: 7200 };
    const capacity = { ...resources.capacity, minerals: 1000 };
    const stock = { ...resources, rates_per_hour, capacity };
    const { container } = render(
      <RunningAmount stock={stock} resource="minerals" full />,
    );
    const place = container.querySelector("span");
    expect(place?.textContent).toBe("990");
    pass(3_000);
    expect(place?.textContent).toBe("996");
    pass(60_000);
    expect(place?.textContent).toBe("1,000");
  });
});

it("what needs attention is listed with the way to it", () => {
  show(colonyNow({ battle: "b7" }), () => <AttentionPanel />);
  const links = screen.getAllByRole("link").map((one) => one.getAttribute("href"));
  expect(links).toEqual(["/battles/b7", "/colonies/home"]);
});
