import { MantineProvider } from "@mantine/core";
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import type { ReactNode } from "react";
import { afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { colonyOf, empireOf, fleetOf, RULES } from "../map/realm.fixture";
import type { Empire } from "../sync/empire";
import { empireStore } from "../sync/empireStore";
import { type Rules, rulesRead } from "../sync/rules";
import { startText } from "../text";
import FleetsPage from "./FleetsPage";
import { MergeForm } from "./MergeForm";
import { SplitForm } from "./SplitForm";
import { TransportForm } from "./TransportForm";

const sent = vi.hoisted(() => ({ calls: [] as unknown[][] }));

vi.mock("../sync/game", () => ({
  begin: () => undefined,
  hearByName: () => () => undefined,
  setView: () => undefined,
  send: async (...call: unknown[]) => {
    sent.calls.push(call);
    return { ok: true, id: "1", at_ms: 0, result: { fleet: "f9" } };
  },
}));

beforeAll(() => startText("en"));

beforeEach(() => {
  sent.calls = [];
  const data = RULES as unknown as Rules;
  rulesRead.store.setState({ data, path: "/rules", isAsked: true });
});

afterEach(cleanup);

function show(empire: Empire, page: ReactNode) {
  empireStore.setState({ confirmed: empire, empire, isReady: true });
  return render(<MantineProvider env="test">{page}</MantineProvider>);
}

const press = (name: string) => fireEvent.click(screen.getByRole("button", { name }));

test("who has no fleet and no ships is told how to get the first", () => {
  show(empireOf(), <FleetsPage />);
  expect(screen.getByText(/mine, a power plant and a shipyard/)).toBeTruthy();
});

test("chosen ships are launched under a name", async () => {
  show(empireOf([], [colonyOf({ units: { scout: 2 } })]), <FleetsPage />);
  expect(screen.queryByText("24 u/s")).toBeNull();
  press("How many: Scout +1");
  expect(screen.getByText("24 u/s")).toBeTruthy();
  const name = screen.getByRole("textbox", { name: "Name" });
  fireEvent.change(name, { target: { value: " Eyes " } });
  press("Launch");
  await waitFor(() => expect(sent.calls).toHaveLength(1));
  expect(sent.calls[0]).toEqual([
    "fleets.launch",
    { colony: "c1", ships: { scout: 1 }, name: "Eyes" },
  ]);
});

test("a split shows who stays and who leaves, and keeps one at least", async () => {
  const fleet = fleetOf({ ships: { scout: 1, fighter: 2 } });
  show(empireOf([fleet]), <SplitForm fleet={fleet} />);
  press("How many: Fighter +1");
  expect(screen.getByText("Stays (2)")).toBeTruthy();
  expect(screen.getByText("Leaves (1)")).toBeTruthy();
  press("All");
  expect(screen.getByText("At least one ship has to stay.")).toBeTruthy();
  expect(screen.getByRole("button", { name: "Split off" })).toHaveProperty(
    "disabled",
    true,
  );
  press("None");
  press("How many: Scout +1");
  press("Split off");
  await waitFor(() => expect(sent.calls).toHaveLength(1));
  expect(sent.calls[0]).toEqual(["fleets.split", { fleet: "f1", ships: { scout: 1 } }]);
});

test("a split that leaves the cargo behind can't be sent", () => {
  const fleet = fleetOf({ ships: { fighter: 10 }, cargo: { minerals: 100 } });
  show(empireOf([fleet]), <SplitForm fleet={fleet} />);
  press("How many: Fighter +1");
  expect(screen.getByText("Those who stay can't carry the cargo.")).toBeTruthy();
});

test("a merge adds up what both have, and only close ones can", () => {
  const fleet = fleetOf();
  const close = fleetOf({ id: "f2", name: "Close", ships: { scout: 3 }, x: 5010 });
  const far = fleetOf({ id: "f3", name: "Distant", x: 5100 });
  show(empireOf([fleet, close, far]), <MergeForm fleet={fleet} />);
  expect(screen.getByText("10 + 3 = 13 ships")).toBeTruthy();
  expect(screen.queryByText("Distant")).toBeNull();
});

test("goods need two colonies, and no more than the holds take", () => {
  const fleet = fleetOf();
  const { unmount } = show(empireOf([fleet]), <TransportForm fleet={fleet} />);
  expect(screen.getByText(/you have one so far/)).toBeTruthy();
  unmount();
  const stock = { amounts: { minerals: 500 }, rates_per_hour: {}, capacity: {} };
  const resources = { ...stock, at_ms: 0, until_ms: 0 };
  const both = [colonyOf({ resources }), colonyOf({ id: "c2", name: "Second" })];
  show(empireOf([fleet], both), <TransportForm fleet={fleet} />);
  const input = screen.getByRole("textbox", { name: "Minerals" });
  fireEvent.change(input, { target: { value: "101" } });
  const go = screen.getByRole("button", { name: "Set out" });
  expect(go).toHaveProperty("disabled", true);
  fireEvent.change(input, { target: { value: "100" } });
  expect(go).toHaveProperty("disabled", false);
});
