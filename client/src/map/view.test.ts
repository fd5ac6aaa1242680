import { describe, expect, test } from "vitest";
import { ahead, ownCourses, previewCourses, queuedCourses, rangesOf } from "./overlay";
import {
  colonyOf,
  empireOf,
  fleetOf,
  foreignOf,
  realmOf,
  strangerOf,
} from "./realm.fixture";
import { ROWS_MAX, rowsIn } from "./rows";
import { planetOf, targetOf } from "./target";
import { gather } from "./things";

const CHART = {
  side: 10_000,
  sector: 100,
  planets: {
    id: ["c1", "p2", "p3"],
    x: [5000, 5010, 9000],
    y: [5000, 5010, 9000],
    type: [0, 1, 0],
    region: [0, 0, 1],
    types: ["ice", "desert"],
    regions: ["core", "deep_space"],
  },
  hazards: {},
  protected: [],
};

const PATH = [
  { x: 0, y: 0, at_ms: 0 },
  { x: 100, y: 0, at_ms: 1000 },
  { x: 100, y: 100, at_ms: 2000 },
];
const ORDER = { order: "o", kind: "move", target: null, source: "", cargo: {} };

describe("courses", () => {
  test("show what is left of the way", () => {
    expect(ahead(fleetOf({ path: PATH }), 1500)).toEqual([
      { x: 100, y: 50 },
      { x: 100, y: 100, at_ms: 2000 },
    ]);
  });

  test("of patrols are shown whole, of standing fleets not at all", () => {
    const order = { ...ORDER, kind: "patrol", points: [PATH[1], PATH[2]] as never };
    const [loop] = ownCourses([fleetOf({ path: PATH, order })], 0);
    expect(loop).toMatchObject({ style: "patrol", points: order.points });
    expect(ownCourses([fleetOf()], 0)).toEqual([]);
  });

  test("that wait go on from the end of what is flown", () => {
    const queue = [{ ...ORDER, points: [{ x: 7, y: 7 }] }];
    const [line] = queuedCourses([fleetOf({ path: PATH, queue })]);
    expect(line?.points).toEqual([PATH[2], { x: 7, y: 7 }]);
  });

  test("that are foreseen are shown with the loop of a planned patrol", () => {
    const points = [
      { x: 1, y: 1 },
      { x: 2, y: 2 },
    ];
    const plan = { kind: "patrol", points, isQueued: false } as const;
    const seen = { fleet: "f1", path: PATH, length: 1, travel_ms: 1, arrive_ms: 1 };
    expect(previewCourses([seen], plan).map(({ style }) => style)).toEqual([
      "preview",
      "patrol",
    ]);
    expect(previewCourses([seen], null)).toHaveLength(1);
  });
});

describe("ranges", () => {
  const own = empireOf([fleetOf()], [colonyOf({ buildings: { sensor_array: 2 } })]);
  const things = gather({ own, rooms: {}, icons: null }, 0);

  test("are those of what is selected, in the weather there", () => {
    const clear = {
      name: "clear",
      sensor_percent: 120,
      speed_percent: 100,
      until_ms: 1,
    };
    const realm = realmOf(own, { weather: { core: clear } });
    expect(rangesOf(["fleet:f1", "colony:c1"], things, realm)).toEqual([
      { x: 5000, y: 5000, radius: 120, style: "sensor" },
      { x: 5000, y: 5000, radius: 200, style: "weapon" },
      { x: 5000, y: 5000, radius: 300, style: "sensor" },
    ]);
  });

  test("are none of strangers and planets", () => {
    expect(rangesOf(["planet:p2", "fleet:x"], things, realmOf(own))).toEqual([]);
  });
});

describe("targets", () => {
  const rooms = {
    "sector:0:0:full": { view: { fleets: { s1: strangerOf({ path: PATH }) } } },
  };
  const things = gather({ own: empireOf(), rooms, icons: null }, 0);

  test("are where they are now", () => {
    expect(targetOf("fleet:s1", things, null, 500)).toMatchObject({
      kind: "thing",
      at: { x: 50, y: 0 },
    });
  });

  test("may be planets, free or taken", () => {
    expect(targetOf("planet:p2", things, CHART, 0)).toMatchObject({ isTaken: false });
    expect(targetOf("planet:c1", things, CHART, 0)).toMatchObject({ isTaken: true });
    expect(planetOf("planet:p3", CHART)).toMatchObject({ region: "deep_space" });
  });

  test("are nothing where nothing is known", () => {
    expect(targetOf("fleet:gone", things, CHART, 0)).toBeNull();
    expect(targetOf("planet:gone", things, CHART, 0)).toBeNull();
    expect(planetOf("planet:p2", null)).toBeNull();
  });
});

describe("the list of what is in view", () => {
  const rooms = {
    "sector:50:50:full": {
      view: { colonies: { c9: foreignOf({ x: 5020, y: 5020 }) } },
    },
  };
  const own = empireOf([fleetOf()]);
  const things = gather({ own, rooms, icons: null }, 0);
  const box = { x0: 4900, y0: 4900, x1: 5100, y1: 5100 };

  test("has own things first and free planets last", () => {
    const { rows, more } = rowsIn(box, things, CHART, 0);
    expect(rows.map(({ key }) => key)).toEqual([
      "colony:c1",
      "fleet:f1",
      "colony:c9",
      "planet:p2",
    ]);
    expect(rows[2]).toMatchObject({ name: "Far", owner: "bob", isOwn: false });
    expect(more).toBe(0);
  });

  test("ends somewhere", () => {
    const many = Array.from({ length: ROWS_MAX + 5 }, (_, index) => `p${index}`);
    const same = many.map(() => 5000);
    const zero = many.map(() => 0);
    const planets = { ...CHART.planets, id: many, x: same, y: same, type: zero };
    const { rows, more } = rowsIn(box, new Map(), { ...CHART, planets }, 0);
    expect(rows).toHaveLength(ROWS_MAX);
    expect(more).toBe(5);
  });
});
