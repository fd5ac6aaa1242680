import { MantineProvider } from "@mantine/core";
import { cleanup, render, screen, waitFor } from "@testing-library/react";
import { afterEach, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { session } from "../sync";
import { startText } from "../text";
import RankingsPage from "./RankingsPage";
import type { Ranking } from "./ranking";

const server = vi.hoisted(() => ({ answer: {} as object, asked: [] as string[] }));

vi.mock("../sync/http", () => ({
  http: {
    get: async (path: string) => {
      server.asked.push(path);
      return server.answer;
    },
  },
}));

vi.mock("../sync/game", () => ({ begin: () => undefined }));

const line = (rank: number, player: string, power: number) => ({
  rank,
  player,
  username: `name of ${player}`,
  power,
});

beforeAll(() => startText("en"));

beforeEach(() => {
  server.asked = [];
  const player = { id: "me", username: "name of me" };
  session.setState({ status: "in", player, galaxy: "1" });
});

afterEach(cleanup);

async function show(data: Partial<Ranking>) {
  server.answer = {
    ok: true,
    data: { name: "power", lines: [], around_me: [], ...data },
  };
  render(
    <MantineProvider env="test">
      <RankingsPage />
    </MantineProvider>,
  );
  await waitFor(() => expect(server.asked).toHaveLength(1));
}

it("pins the own place, with whom to overtake next", async () => {
  await show({
    lines: [line(1, "a", 900)],
    around_me: [line(41, "b", 31), line(42, "me", 30)],
  });
  expect(await screen.findByText("#42")).toBeTruthy();
  expect(screen.getByText("2 more to overtake name of b")).toBeTruthy();
  expect(screen.getByRole("region", { name: "Around you" })).toBeTruthy();
});

it("says what to do where nobody is ranked", async () => {
  await show({});
  expect(await screen.findByText("Nobody is ranked yet")).toBeTruthy();
  expect(screen.getByRole("link", { name: "To your colony" })).toBeTruthy();
});

it("says that it can't be read, quietly", async () => {
  await show({});
  cleanup();
  server.answer = { ok: false, error: { code: "unavailable", message: "" } };
  render(
    <MantineProvider env="test">
      <RankingsPage />
    </MantineProvider>,
  );
  expect(await screen.findByRole("status")).toBeTruthy();
});
