import { PLANET_TYPES, SECTORS, SIDE, STANCES } from "../space";
import type { CourseLine, Entity, HazardKind, Kind, Terrain, Waypoint } from "../types";

/** How long a generated fleet flies, in ms: longer than any measurement. */
const FLIGHT_MS = 600_000;
/** How far it comes in that time, in units: visible at any zoom. */
const FLIGHT_UNITS = 6_000;
const SHIPS = [
  "fighter",
  "scout",
  "cruiser",
  "battleship",
  "carrier",
  "freighter",
  "colony_ship",
] as const;
const SEED = 20_261;
const NEBULA_BLOBS = 52;
const HOLE_BLOBS = 34;
const PROTECTED_BLOBS = 70;
/** Of what stands: shares of each kind. */
const SHARES: Record<Exclude<Kind, "planet">, number> = {
  colony: 0.08,
  hidden_colony: 0.08,
  fleet: 0.12,
  battle: 0.002,
  debris: 0.02,
};

/** Draw numbers from 0 to 1, the same ones each time. */
export function draws(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}

/** What a generated galaxy holds. */
export interface Galaxy {
  entities: Record<Kind, Entity[]>;
  terrain: Terrain;
  seen: Set<string>;
  known: Set<string>;
  courses: CourseLine[];
}

/** Generate a galaxy of so many entities, so many of them flying at a time. */
export function galaxy(count: number, moving: number, now_ms: number): Galaxy {
  const draw = draws(SEED);
  const entities: Record<Kind, Entity[]> = {
    planet: [],
    colony: [],
    hidden_colony: [],
    fleet: [],
    battle: [],
    debris: [],
  };
  for (let n = 0; n < moving; n++) entities.fleet.push(flying(n, draw, now_ms));
  const standing = count - moving;
  for (const [kind, share] of Object.entries(SHARES)) {
    const wanted = Math.round(standing * share);
    for (let n = 0; n < wanted; n++) {
      entities[kind as Kind].push(placed(kind as Kind, n, draw));
    }
  }
  const rest = Object.values(entities).reduce((sum, list) => sum + list.length, 0);
  for (let n = 0; n < count - rest; n++) {
    entities.planet.push(placed("planet", n, draw));
  }
  return {
    entities,
    terrain: terrain(draw),
    ...fog(),
    courses: courses(entities.fleet),
  };
}

function placed(kind: Kind, n: number, draw: () => number): Entity {
  const place = { x: draw() * SIDE, y: draw() * SIDE };
  const stance = kind === "planet" ? "neutral" : stanceBy(draw());
  const size = kind === "planet" ? 0.7 + draw() * 0.7 : 1;
  const variant =
    kind === "planet" ? PLANET_TYPES[n % PLANET_TYPES.length] : SHIPS[n % SHIPS.length];
  const one: Entity = { id: `${kind}${n}`, kind, stance, size, ...place };
  if (variant !== undefined) one.variant = variant;
  if (kind === "colony" || kind === "fleet")
    one.label = `${NAMES[n % NAMES.length]} ${n}`;
  if (kind === "fleet" && n % 13 === 0) one.ghost = true;
  return one;
}

const NAMES = ["Antares", "Vega", "Mira", "Rigel", "Deneb", "Altair", "Kepler"];

function stanceBy(share: number) {
  if (share < 0.12) return STANCES[0];
  if (share < 0.24) return STANCES[1];
  return share < 0.62 ? STANCES[2] : STANCES[3];
}

function flying(n: number, draw: () => number, now_ms: number): Entity {
  const one = placed("fleet", n, draw);
  const begun_ms = now_ms - draw() * FLIGHT_MS * 0.3;
  const path: Waypoint[] = [{ x: one.x, y: one.y, at_ms: begun_ms }];
  for (let leg = 1; leg <= 3; leg++) {
    const before = path[leg - 1] as Waypoint;
    const turn = draw() * Math.PI * 2;
    const far = FLIGHT_UNITS / 3;
    path.push({
      x: Math.min(SIDE, Math.max(0, before.x + Math.cos(turn) * far)),
      y: Math.min(SIDE, Math.max(0, before.y + Math.sin(turn) * far)),
      at_ms: before.at_ms + FLIGHT_MS / 3,
    });
  }
  const { ghost: _, ...live } = one;
  return { ...live, id: `flying${n}`, path };
}

function courses(fleets: readonly Entity[]): CourseLine[] {
  const own = fleets
    .filter((fleet) => fleet.path && fleet.stance === "own")
    .slice(0, 40);
  return own.map((fleet, n) => ({
    id: fleet.id,
    points: fleet.path ?? [],
    stance: fleet.stance,
    style: n % 7 === 3 ? "patrol" : "course",
  }));
}

function terrain(draw: () => number): Terrain {
  const hazards: Record<string, HazardKind> = {};
  for (const name of blobs(NEBULA_BLOBS, 14, draw)) hazards[name] = "nebula";
  for (const name of blobs(HOLE_BLOBS, 3, draw)) hazards[name] = "black_hole";
  const free = [...blobs(PROTECTED_BLOBS, 4, draw)];
  return { hazards, protected: free.filter((name) => !(name in hazards)) };
}

function blobs(count: number, size: number, draw: () => number): Set<string> {
  const found = new Set<string>();
  for (let n = 0; n < count; n++) {
    let x = Math.floor(draw() * SECTORS);
    let y = Math.floor(draw() * SECTORS);
    for (let cell = 0; cell < size; cell++) {
      found.add(`${x}:${y}`);
      if (draw() < 0.5)
        x = Math.min(SECTORS - 1, Math.max(0, x + (draw() < 0.5 ? 1 : -1)));
      else y = Math.min(SECTORS - 1, Math.max(0, y + (draw() < 0.5 ? 1 : -1)));
    }
  }
  return found;
}

function fog(): { seen: Set<string>; known: Set<string> } {
  const seen = new Set<string>();
  const known = new Set<string>();
  for (const [x, y, radius] of [
    [50, 50, 8],
    [38, 62, 5],
    [66, 41, 6],
  ] as const) {
    for (let dx = -radius - 5; dx <= radius + 5; dx++) {
      for (let dy = -radius - 5; dy <= radius + 5; dy++) {
        const far = Math.hypot(dx, dy);
        const name = `${x + dx}:${y + dy}`;
        if (far <= radius) seen.add(name);
        else if (far <= radius + 4.5) known.add(name);
      }
    }
  }
  return { seen, known };
}
