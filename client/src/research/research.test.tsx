import { MantineProvider } from "@mantine/core";
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterEach, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { Router } from "wouter";
import { memoryLocation } from "wouter/memory-location";
import vectors from "../../../tests/vectors/formulas.json";
import { specimenColony, specimenEmpire } from "../colony/empire.fixture";
import { type Project, serverNow } from "../sync";
import { empireStore } from "../sync/empireStore";
import { type Rules, rulesRead } from "../sync/rules";
import { startText } from "../text";
import ResearchPage from "./ResearchPage";

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

beforeAll(() => startText("en"));

beforeEach(() => {
  sent.calls = [];
  const data = vectors.rules as unknown as Rules;
  rulesRead.store.setState({ data, path: "/rules", isAsked: true });
});

afterEach(cleanup);

function show(research_lab: number, projects: readonly Project[] = [], path = "/") {
  const at_ms = serverNow();
  const { resources } = specimenColony();
  const amounts = { energy: 500, minerals: 500, rare_elements: 50, population: 50 };
  const colony = specimenColony({
    buildings: research_lab > 0 ? { research_lab } : {},
    resources: { ...resources, amounts, at_ms, until_ms: at_ms + 1e9 },
  });
  const empire = specimenEmpire([colony], { research: { projects } });
  empireStore.setState({ confirmed: empire, empire, isReady: true });
  const { hook, searchHook } = memoryLocation({ path });
  render(
    <MantineProvider env="test">
      <Router hook={hook} searchHook={searchHook}>
        <ResearchPage />
      </Router>
    </MantineProvider>,
  );
}

/** Find by attribute and text: names of so many buttons are slow to compute. */
const node = (technology: string) =>
  document.querySelector<HTMLElement>(`[data-technology="${technology}"]`);

const labelled = (name: string) =>
  document.querySelector<HTMLElement>(`button[aria-label="${name}"]`);

it("starts what is available in the chosen lab", async () => {
  show(1);
  fireEvent.click(labelled("Research level 1: Mining drills") as HTMLElement);
  await waitFor(() => expect(sent.calls).toHaveLength(1));
  expect(sent.calls[0]).toEqual([
    "research.start",
    { colony: "home", technology: "mining_drills" },
  ]);
});

it("moves through the graph by arrows, with one stop for the tab key", () => {
  show(1);
  const drills = node("mining_drills") as HTMLElement;
  expect(drills.textContent).toBe("Mining drills0/20Available");
  drills.focus();
  fireEvent.keyDown(drills, { key: "ArrowDown" });
  const reactor = node("reactor_design");
  expect(document.activeElement).toBe(reactor);
  expect(reactor?.tabIndex).toBe(0);
  expect(drills.tabIndex).toBe(-1);
});

it("shows the technology that a link names, and why it has to wait", () => {
  show(1, [], "/?technology=deflectors");
  expect(node("deflectors")?.getAttribute("aria-pressed")).toBe("true");
  const start = labelled("Research level 1: Deflectors");
  expect(start?.getAttribute("aria-disabled")).toBe("true");
  const reasons = start?.getAttribute("aria-describedby") ?? "";
  const text = document.getElementById(reasons)?.textContent;
  expect(text).toContain("Research lab 3");
  expect(text).toContain("Armour plating 2");
});

it("says how to get a lab where there is none", () => {
  show(0);
  const link = screen.getByText("Build a research lab");
  expect(link.getAttribute("href")).toBe("/colonies/home#research_lab");
});

it("shows what runs, and gives it up after telling what comes back", async () => {
  const project: Project = {
    project: "p1",
    technology: "mining_drills",
    level: 1,
    colony: "home",
    started_ms: serverNow() - 1_000,
    complete_ms: serverNow() + 9_000,
  };
  show(1, [project]);
  expect(document.querySelector("[role=progressbar]")).toBeTruthy();
  fireEvent.click(screen.getByText("Give up"));
  expect(screen.getByTitle("Minerals: 80")).toBeTruthy();
  const [, confirm] = screen.getAllByText("Give up");
  fireEvent.click(confirm as HTMLElement);
  await waitFor(() => expect(sent.calls).toHaveLength(1));
  expect(sent.calls[0]).toEqual(["research.cancel", { technology: "mining_drills" }]);
});
