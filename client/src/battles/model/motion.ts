/** Where everything is between two ticks, and what can be seen to happen there. */
import { GUNS, type Keyframe, type Piece } from "./keyframes";

/** A piece as it is drawn at a moment. `shown` is 0 to 1: how far it is there. */
export interface Drawn extends Piece {
  /** Where its bow points, in radians. */
  readonly heading: number;
  readonly shown: number;
}

export interface Shot {
  readonly from: { readonly x: number; readonly y: number };
  readonly to: { readonly x: number; readonly y: number };
  readonly force: string;
  /** 0 as it is fired, 1 as it strikes. */
  readonly part: number;
}

export interface Burst {
  readonly x: number;
  readonly y: number;
  /** Ships that were lost. */
  readonly ships: number;
  readonly unit: string;
  /** 0 to 1: how much of it is over. */
  readonly part: number;
  readonly escaped: boolean;
}

/** All that is seen at a moment. */
export interface Field {
  readonly pieces: readonly Drawn[];
  readonly shots: readonly Shot[];
  readonly bursts: readonly Burst[];
}

/** Ticks that things last: a shot's flight, an explosion, how long one comes to be. */
const SHOT_TICKS = 2.5;
const BURST_TICKS = 8;
const ARRIVAL_TICKS = 6;
const SHOTS_MAX = 160;
const BURSTS_MAX = 60;

/** What the motion must know of the rules. */
export interface Arms {
  /** Units that a weapon of a unit reaches. */
  range(unit: string): number;
  /** Ticks between two shots of a unit. */
  period(unit: string): number;
  /** Tells whether two forces fight one another. */
  hostile(one: string, other: string): boolean;
}

/**
 * Give what is seen at a tick; it follows from the keyframes and the tick alone, so that
 * a replay can stand still and run backwards.
 */
export function fieldAt(
  frames: readonly Keyframe[],
  tick: number,
  arms: Arms,
): Field | null {
  const place = placeOf(frames, tick);
  const from = frames[place];
  if (!from) return null;
  const span = spanOf(frames, place);
  const pieces: Drawn[] = [];
  const bursts: Burst[] = [];
  for (const piece of from.pieces) {
    const now = drawn(span, piece, tick);
    const isThere = !span.to || byId(span.to).has(piece.id);
    if (isThere || tick < momentOf(piece.id, span)) pieces.push(now);
  }
  explode(bursts, span, tick);
  if (span.before) explode(bursts, spanOf(frames, place - 1), tick);
  return { pieces, shots: shotsAt(pieces, from, tick, arms), bursts };
}

/** Give the place of the last keyframe that is not after a tick. */
export function placeOf(frames: readonly Keyframe[], tick: number): number {
  let low = 0;
  let high = frames.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((frames[middle]?.tick ?? 0) <= tick) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Two keyframes that follow one another, and the one before. */
interface Span {
  readonly before: Keyframe | undefined;
  readonly from: Keyframe;
  readonly to: Keyframe | undefined;
}

function spanOf(frames: readonly Keyframe[], place: number): Span {
  const from = frames[place];
  if (!from) throw new RangeError(`no keyframe ${place}`);
  return { before: frames[place - 1], from, to: frames[place + 1] };
}

function drawn(span: Span, piece: Piece, tick: number): Drawn {
  const old = byId(span.before).get(piece.id);
  const goal = byId(span.to).get(piece.id);
  const at = glide({ old, piece, goal }, span, tick);
  const isOld = old !== undefined || span.before === undefined;
  const shown = isOld ? 1 : Math.min(1, (tick - span.from.tick) / ARRIVAL_TICKS);
  const hp = goal ? piece.hp + (goal.hp - piece.hp) * at.part : piece.hp;
  return { ...piece, x: at.x, y: at.y, heading: at.heading, hp, shown };
}

function byId(frame: Keyframe | undefined): ReadonlyMap<number, Piece> {
  if (!frame) return new Map();
  let found = ids.get(frame);
  if (!found) {
    found = new Map(frame.pieces.map((piece) => [piece.id, piece]));
    ids.set(frame, found);
  }
  return found;
}
const ids = new WeakMap<Keyframe, ReadonlyMap<number, Piece>>();

/**
 * Give place and heading on a cubic curve through the keyframes, whose slope at each is
 * the way from the one before to the one after: ships turn, and never jump.
 */
function glide(
  of: { old: Piece | undefined; piece: Piece; goal: Piece | undefined },
  at: Span,
  tick: number,
): { x: number; y: number; heading: number; part: number } {
  const { old, piece, goal } = of;
  const span = Math.max(1, (at.to?.tick ?? at.from.tick + 10) - at.from.tick);
  const part = Math.max(0, Math.min(1, (tick - at.from.tick) / span));
  const drift = {
    x: old ? ((piece.x - old.x) * span) / gap(at.before, at.from) : 0,
    y: old ? ((piece.y - old.y) * span) / gap(at.before, at.from) : 0,
  };
  if (!goal) {
    const far = at.to ? part : 0;
    const x = piece.x + drift.x * far;
    const y = piece.y + drift.y * far;
    return { x, y, heading: headingOf(drift.x, drift.y, piece.id), part };
  }
  const way = { x: goal.x - piece.x, y: goal.y - piece.y };
  const slope = {
    x: old ? (drift.x + way.x) / 2 : way.x,
    y: old ? (drift.y + way.y) / 2 : way.y,
  };
  const x = curve(piece.x, slope.x, goal.x, way.x, part);
  const y = curve(piece.y, slope.y, goal.y, way.y, part);
  const turn = {
    x: slope.x + (way.x - slope.x) * part,
    y: slope.y + (way.y - slope.y) * part,
  };
  return { x, y, heading: headingOf(turn.x, turn.y, piece.id), part };
}

function gap(before: Keyframe | undefined, from: Keyframe): number {
  return Math.max(1, from.tick - (before?.tick ?? from.tick - 10));
}

/** Hermite's cubic from `a` to `b` with given slopes. */
function curve(a: number, da: number, b: number, db: number, t: number): number {
  const u = t * t;
  const v = u * t;
  return (
    (2 * v - 3 * u + 1) * a + (v - 2 * u + t) * da + (3 * u - 2 * v) * b + (v - u) * db
  );
}

function headingOf(dx: number, dy: number, id: number): number {
  if (Math.abs(dx) + Math.abs(dy) < 0.05) return noise(id, 5) * Math.PI * 2;
  return Math.atan2(dy, dx);
}

/** Draw 0 to 1 from an id and a number: the same again for the same. */
export function noise(id: number, salt: number): number {
  let bits = Math.imul(id + 1, 0x9e3779b1) ^ Math.imul(salt + 1, 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 15), 0x2c1b3c6d);
  bits = Math.imul(bits ^ (bits >>> 12), 0x297a2d39);
  return ((bits ^ (bits >>> 15)) >>> 0) / 0x100000000;
}

/** Give the tick in which what happens to a piece between two keyframes is shown. */
function momentOf(id: number, { from, to }: Span): number {
  const span = (to?.tick ?? from.tick) - from.tick;
  return from.tick + (0.05 + 0.9 * noise(id, from.tick)) * span;
}

/** Show pieces that are gone in the next keyframe, and ships that squadrons lose. */
function explode(bursts: Burst[], span: Span, tick: number) {
  if (!span.to || isRegrouped(span.from, span.to)) return;
  const next = byId(span.to);
  for (const piece of span.from.pieces) {
    const goal = next.get(piece.id);
    const lost = piece.ships - (goal?.ships ?? 0);
    const moment = momentOf(piece.id, span);
    const age = tick - moment;
    if (lost <= 0 || age < 0 || age > BURST_TICKS) continue;
    if (bursts.length >= BURSTS_MAX) return;
    const { x, y } = drawn(span, piece, goal ? tick : moment);
    const escaped = !goal && span.to.fled.has(piece.force);
    bursts.push({
      x,
      y,
      ships: lost,
      unit: piece.unit,
      part: age / BURST_TICKS,
      escaped,
    });
  }
}

/** Tell whether a crowd that was shown by kinds is shown ship by ship from here on. */
function isRegrouped(from: Keyframe, to: Keyframe): boolean {
  return to.pieces.length > 2 * from.pieces.length;
}

/** Give the shots that are under way: each piece fires in its own rhythm. */
function shotsAt(
  pieces: readonly Drawn[],
  frame: Keyframe,
  tick: number,
  arms: Arms,
): Shot[] {
  const aimed = targets(frame, arms);
  const places = new Map(pieces.map((piece) => [piece.id, piece]));
  const shots: Shot[] = [];
  for (const piece of pieces) {
    const target = places.get(aimed.get(piece.id) ?? -1);
    if (!target || piece.shown < 1) continue;
    const period = Math.max(3, arms.period(piece.unit));
    const since = (((tick - noise(piece.id, 1) * period) % period) + period) % period;
    if (since > SHOT_TICKS) continue;
    shots.push({
      from: piece,
      to: target,
      force: piece.force,
      part: since / SHOT_TICKS,
    });
    if (shots.length >= SHOTS_MAX) break;
  }
  return shots;
}

const aims = new WeakMap<Keyframe, ReadonlyMap<number, number>>();

/** Pair each piece with what it fights: as the server says, else the nearest in range. */
export function targets(frame: Keyframe, arms: Arms): ReadonlyMap<number, number> {
  const known = aims.get(frame);
  if (known) return known;
  const found = new Map<number, number>();
  const alive = byId(frame);
  for (const piece of frame.pieces) {
    const told = piece.target === undefined ? undefined : alive.get(piece.target);
    const target = told ?? nearest(piece, frame.pieces, arms);
    if (!target) continue;
    const reach = arms.range(piece.unit) + ROUNDING;
    const way = Math.hypot(target.x - piece.x, target.y - piece.y);
    if (way <= reach) found.set(piece.id, target.id);
  }
  aims.set(frame, found);
  return found;
}

/** Units that places are off by where they are shown in whole ones. */
const ROUNDING = 3;

function nearest(piece: Piece, among: readonly Piece[], arms: Arms) {
  let best: Piece | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const other of among) {
    const square = (other.x - piece.x) ** 2 + (other.y - piece.y) ** 2;
    // Guns draw no fire while ships are about as near.
    const way = other.unit === GUNS ? square * 2 : square;
    if (way < least && arms.hostile(piece.force, other.force)) {
      least = way;
      best = other;
    }
  }
  return best;
}
