import { beforeAll, describe, expect, it } from "vitest";
import { NO_EMPIRE, type Notification } from "../sync";
import { startText } from "../text";
import { filtered, KINDS, shownAs } from "./kinds";
import { sentence } from "./sentence";
import { toToast } from "./toasting";

beforeAll(() => startText("en"));

function notification(about: Partial<Notification>): Notification {
  return {
    id: "1",
    kind: "fleets.arrived",
    at_ms: 0,
    isRead: false,
    data: {},
    ...about,
  };
}

describe("a notification", () => {
  it("says what happened by name", () => {
    const data = { colony: "c", building: "mine", level: 3 };
    const one = notification({ kind: "colonies.building_completed", data });
    expect(sentence(one, NO_EMPIRE)).toBe("Finished on a colony: Mine 3.");
  });

  it("leads to what it speaks of", () => {
    const one = notification({ data: { fleet: "f7" } });
    expect(shownAs(one).leads(one.data)).toBe("/fleets/f7");
  });

  it("is shown even where its kind is new", () => {
    expect(sentence(notification({ kind: "moons.eaten" }), NO_EMPIRE)).toContain(
      "moons.eaten",
    );
  });

  it.each(Object.keys(KINDS))(
    "of the kind %s says something and leads somewhere",
    (kind) => {
      const one = notification({ kind });
      expect(sentence(one, NO_EMPIRE)).not.toMatch(/\{\{|undefined|kind\./);
      expect(shownAs(one).leads({})).toMatch(/^\//);
    },
  );
});

describe("a filter", () => {
  const all = [
    notification({ id: "1" }),
    notification({ id: "2", isRead: true }),
    notification({ id: "3", kind: "colonies.siege_begun" }),
  ];
  const ids = (filter: Parameters<typeof filtered>[1]) =>
    filtered(all, filter).map(({ id }) => id);

  it("lets through what belongs to it", () => {
    expect(ids("all")).toEqual(["1", "2", "3"]);
    expect(ids("unread")).toEqual(["1", "3"]);
    expect(ids("fleets")).toEqual(["1", "2"]);
    expect(ids("war")).toEqual(["3"]);
  });
});

describe("a message over the page", () => {
  const now_ms = 100_000;
  const fresh = notification({ id: "new", at_ms: now_ms });
  const urgent = notification({ id: "war", kind: "contact", at_ms: now_ms });

  it("tells of what is new, unread and fresh", () => {
    const old = notification({ id: "old", at_ms: 0 });
    const read = notification({ id: "read", at_ms: now_ms, isRead: true });
    const now = [fresh, old, read];
    expect(toToast([], now, "all", now_ms)).toEqual([fresh]);
    expect(toToast(now, [...now], "all", now_ms)).toEqual([]);
  });

  it("keeps to what is wanted", () => {
    const now = [fresh, urgent];
    expect(toToast([], now, "important", now_ms)).toEqual([urgent]);
    expect(toToast([], now, "none", now_ms)).toEqual([]);
  });

  it("comes three at once at most", () => {
    const now = [1, 2, 3, 4, 5].map((id) => ({ ...fresh, id: String(id) }));
    expect(toToast([], now, "all", now_ms)).toHaveLength(3);
  });
});
