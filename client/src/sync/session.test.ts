import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { http } from "./http";
import { once } from "./once";
import {
  joinGalaxy,
  login,
  logout,
  loseEmpire,
  register,
  resumeSession,
  session,
} from "./session";
import { type FakeAnswer, fakeFetch, problem } from "./testing/fakeFetch";
import { keepTokens, onTabs, renewTokens, tokens } from "./tokens";

const ANN = { id: "a1", username: "Ann" };

function pair(turn: number): object {
  return {
    player: ANN,
    access_token: `access${turn}`,
    refresh_token: `refresh${turn}`,
    expires_in: 900,
  };
}

function loggedIn(turn = 0, galaxy?: string): void {
  keepTokens({
    player: ANN,
    access_token: `access${turn}`,
    refresh_token: `refresh${turn}`,
    expires_ms: Date.now() + 900_000,
    ...(galaxy === undefined ? {} : { galaxy }),
  });
}

/** Be Web Locks: whoever asks later waits. */
function locksOf(): object {
  let last: Promise<unknown> = Promise.resolve();
  const request = (_name: string, work: () => Promise<unknown>) => {
    last = last.then(work);
    return last;
  };
  return { request };
}

beforeEach(() => {
  vi.stubGlobal("navigator", { locks: locksOf() });
  keepTokens(null);
  session.setState({ status: "unknown", player: null, galaxy: "", ended: null });
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
  localStorage.clear();
});

describe("http", () => {
  it("gives data, or the problem, and never throws", async () => {
    loggedIn();
    const asked = fakeFetch(({ path }) =>
      path === "/ok" ? { body: { a: 1 } } : problem(404, "not_found"),
    );
    expect(await http.get("/ok")).toEqual({ ok: true, data: { a: 1 } });
    expect(await http.get("/no")).toMatchObject({
      ok: false,
      error: { code: "not_found", status: 404 },
    });
    expect(asked[0]).toMatchObject({ method: "GET", token: "access0" });
    fakeFetch(() => undefined);
    expect(await http.get("/x")).toMatchObject({ error: { code: "unavailable" } });
  });

  it("takes a proxy's page for a server that is away", async () => {
    vi.stubGlobal("fetch", () =>
      Promise.resolve(new Response("<h1>Bad gateway</h1>", { status: 502 })),
    );
    expect(await http.get("/x")).toMatchObject({
      error: { code: "unavailable", status: 502 },
    });
  });

  it("exchanges a token that ran out, once", async () => {
    loggedIn(0, "1");
    const asked = fakeFetch(({ path, token }) => {
      if (path === "/auth/refresh") return { body: pair(1) };
      return token === "access1" ? { body: {} } : problem(401, "unauthenticated");
    });
    expect(await http.post("/x", { b: 2 })).toMatchObject({ ok: true });
    expect(asked.map((one) => one.path)).toEqual(["/x", "/auth/refresh", "/x"]);
    expect(asked[2]).toMatchObject({ token: "access1", body: { b: 2 } });
    expect(tokens()).toMatchObject({ refresh_token: "refresh1", galaxy: "1" });
  });
});

describe("renewing tokens", () => {
  it("is done once, however many ask", async () => {
    loggedIn();
    const asked = fakeFetch(() => ({ body: pair(1) }));
    const all = await Promise.all([1, 2, 3].map(() => renewTokens("access0")));
    expect(all).toEqual(["renewed", "renewed", "renewed"]);
    expect(asked).toHaveLength(1);
    expect(asked[0]).toMatchObject({ token: "refresh0" });
  });

  it("takes what another tab has renewed", async () => {
    loggedIn();
    const asked = fakeFetch(() => ({ body: pair(1) }));
    const other = { ...tokens(), access_token: "other" };
    localStorage.setItem("gd.session", JSON.stringify(other));
    expect(await renewTokens("access0")).toBe("renewed");
    expect(tokens()?.access_token).toBe("other");
    expect(asked).toEqual([]);
  });

  it("tells a login that is over from a server that is away", async () => {
    loggedIn();
    let answer: FakeAnswer | undefined = problem(503, "unavailable");
    fakeFetch(() => answer);
    expect(await renewTokens("access0")).toBe("later");
    answer = undefined;
    expect(await renewTokens("access0")).toBe("later");
    answer = problem(401, "unauthenticated");
    expect(await renewTokens("access0")).toBe("gone");
    keepTokens(null);
    expect(await renewTokens(undefined)).toBe("gone");
  });

  it("tells other tabs by the storage", () => {
    const heard: unknown[] = [];
    const end = onTabs((kept) => heard.push(kept?.access_token));
    localStorage.setItem("gd.session", JSON.stringify({ access_token: "x" }));
    window.dispatchEvent(new StorageEvent("storage", { key: "gd.session" }));
    window.dispatchEvent(new StorageEvent("storage", { key: "gd.else" }));
    localStorage.removeItem("gd.session");
    window.dispatchEvent(new StorageEvent("storage", { key: "gd.session" }));
    expect(heard).toEqual(["x", undefined]);
    end();
  });
});

describe("once", () => {
  it("lets one at a time work, by a lease where there are no locks", async () => {
    vi.stubGlobal("navigator", {});
    vi.useFakeTimers();
    let working = 0;
    let most = 0;
    const work = async () => {
      most = Math.max(most, ++working);
      await new Promise((resolve) => setTimeout(resolve, 100));
      working--;
    };
    const all = Promise.all([once("lock", work), once("lock", work)]);
    await vi.advanceTimersByTimeAsync(5_000);
    await all;
    expect(most).toBe(1);
    expect(localStorage.getItem("lock")).toBeNull();
  });

  it("does not wait for ever for a tab that is gone", async () => {
    vi.stubGlobal("navigator", {});
    vi.useFakeTimers();
    const lease = { mine: "gone", until_ms: Date.now() + 20_000 };
    localStorage.setItem("lock", JSON.stringify(lease));
    let isDone = false;
    const done = once("lock", async () => {
      isDone = true;
    });
    await vi.advanceTimersByTimeAsync(10_000);
    expect(isDone).toBe(false);
    await vi.advanceTimersByTimeAsync(12_000);
    await done;
    expect(isDone).toBe(true);
  });
});

describe("a session", () => {
  it("is out where nothing is kept, and in where a galaxy is", async () => {
    await resumeSession();
    expect(session.getState().status).toBe("out");
    loggedIn(0, "1");
    await resumeSession();
    expect(session.getState()).toMatchObject({
      status: "in",
      player: ANN,
      galaxy: "1",
    });
  });

  it("asks again until the server says who has an empire", async () => {
    vi.useFakeTimers();
    loggedIn();
    let isAway = true;
    fakeFetch(() =>
      isAway ? undefined : { body: { player: ANN, empires: [{ galaxy: "2" }] } },
    );
    await resumeSession();
    expect(session.getState().status).toBe("unknown");
    isAway = false;
    await vi.advanceTimersByTimeAsync(4_000);
    expect(session.getState()).toMatchObject({ status: "in", galaxy: "2" });
    expect(tokens()?.galaxy).toBe("2");
  });

  it("begins with a login, for who has an empire and who has none", async () => {
    let empires: object[] = [{ galaxy: "1" }];
    fakeFetch(({ path }) =>
      path === "/auth/login" ? { body: pair(0) } : { body: { player: ANN, empires } },
    );
    expect(await login("Ann", "secret")).toEqual({ ok: true });
    expect(session.getState().status).toBe("in");
    empires = [];
    expect(await login("Ann", "secret")).toEqual({ ok: true });
    expect(session.getState()).toMatchObject({ status: "no_empire", player: ANN });
  });

  it("does not begin with a wrong password", async () => {
    fakeFetch(() => problem(401, "bad_credentials"));
    expect(await login("Ann", "wrong")).toMatchObject({
      error: { code: "bad_credentials" },
    });
    expect(tokens()).toBeNull();
  });

  it("leads from a new account right into the only galaxy", async () => {
    const asked = fakeFetch(({ path }) => {
      if (path === "/auth/register") return { status: 201, body: pair(0) };
      if (path === "/galaxies") return { body: [{ id: "1" }] };
      return { body: { galaxy: "1", colony: "c" } };
    });
    expect(await register("Ann", "long enough")).toEqual({ ok: true });
    expect(asked.map((one) => one.path)).toEqual([
      "/auth/register",
      "/galaxies",
      "/galaxies/1/join",
    ]);
    expect(asked[0]?.body).toEqual({ username: "Ann", password: "long enough" });
    expect(session.getState()).toMatchObject({ status: "in", galaxy: "1" });
  });

  it("lets a new player choose where there are several galaxies", async () => {
    fakeFetch(({ path }) => {
      if (path === "/auth/register") return { status: 201, body: pair(0) };
      if (path === "/galaxies") return { body: [{ id: "1" }, { id: "2" }] };
      return { body: {} };
    });
    await register("Ann", "long enough");
    expect(session.getState().status).toBe("no_empire");
    expect(await joinGalaxy("2")).toEqual({ ok: true });
    expect(session.getState()).toMatchObject({ status: "in", galaxy: "2" });
  });

  it("ends here at once, whatever the server says", async () => {
    loggedIn(0, "1");
    await resumeSession();
    const asked = fakeFetch(() => undefined);
    await logout();
    expect(session.getState()).toMatchObject({ status: "out", ended: null });
    expect(localStorage.getItem("gd.session")).toBeNull();
    expect(asked[0]).toMatchObject({ path: "/auth/logout", token: "access0" });
  });

  it("says why it ended, where the player didn't end it", async () => {
    loggedIn();
    fakeFetch(() => problem(401, "unauthenticated"));
    await resumeSession();
    expect(session.getState()).toMatchObject({ status: "out", ended: "expired" });
  });

  it("asks to join again where the empire is gone", async () => {
    loggedIn(0, "1");
    await resumeSession();
    loseEmpire();
    expect(session.getState()).toMatchObject({ status: "no_empire", galaxy: "" });
    expect(tokens()).not.toHaveProperty("galaxy");
  });
});
