/** What there is on the map. */
export type Kind =
  | "planet"
  | "colony"
  | "hidden_colony"
  | "fleet"
  | "battle"
  | "debris";
export type Stance = "own" | "ally" | "hostile" | "neutral";
export type Quality = "low" | "medium" | "high" | "auto";

/** A place in the galaxy, in units; y grows downwards on the screen. */
export interface Point {
  x: number;
  y: number;
}

/** A place with the server's time at which a fleet is there. */
export interface Waypoint extends Point {
  at_ms: number;
}

/** One thing on the map. The object is taken as unchanged while it is the same one. */
export interface Entity {
  id: string;
  kind: Kind;
  x: number;
  y: number;
  stance: Stance;
  /** 1 is usual; 0.5 to 2. */
  size?: number;
  label?: string;
  /** A planet's type, or the class of ship that a fleet is drawn as. */
  variant?: string;
  path?: readonly Waypoint[];
  /** Last seen, not seen now. */
  ghost?: boolean;
  /** Asked for, not confirmed. */
  pending?: boolean;
}

export type HazardKind = "nebula" | "black_hole";

/** What never changes: sectors by name, `"x:y"`. */
export interface Terrain {
  hazards: Record<string, HazardKind>;
  protected: readonly string[];
}

export interface CourseLine {
  id: string;
  points: readonly { x: number; y: number; at_ms?: number }[];
  stance: Stance;
  style: "course" | "preview" | "patrol";
}

export interface Range extends Point {
  /** In units. */
  radius: number;
  style: "weapon" | "sensor" | "travel";
}

/** Where the camera looks: its middle, in units, and pixels (of CSS) a unit. */
export interface View extends Point {
  zoom: number;
}

/** A part of the galaxy, in units; it may reach beyond its edges. */
export interface Bounds {
  x0: number;
  y0: number;
  x1: number;
  y1: number;
}

/** Every colour of the map, as `#rrggbb`; alpha is the painters' own. */
export interface Colours {
  background: string;
  core: string;
  grid: string;
  region: string;
  star: string;
  nebula: readonly [string, string];
  blackHole: string;
  protected: string;
  fog: string;
  text: string;
  textDimmed: string;
  accent: string;
  gold: string;
  battle: string;
  debris: string;
  hidden: string;
  shadow: string;
  stances: Record<Stance, string>;
  /** By planet type. */
  planets: Record<string, string>;
}

export interface CameraControl {
  get(): View;
  /** Go there smoothly; at once with reduced motion. */
  fly(to: { x: number; y: number; zoom?: number }): void;
  /** Be there at once. */
  jump(to: { x: number; y: number; zoom?: number }): void;
  /** Move by pixels (arrow keys). */
  move(dx_px: number, dy_px: number): void;
  /** Zoom around the middle (plus and minus keys). */
  zoomBy(factor: number): void;
  /** Be told of each change, at most once a frame. Gives the way to stop that. */
  onChange(listener: () => void): () => void;
  bounds(): Bounds;
}

export interface SceneStats {
  fps: number;
  entities: number;
  drawn: number;
  /** The level of detail that the zoom gives. */
  tier: string;
  backend: "webgl" | "canvas2d";
}

/**
 * The map as a picture. It pans by dragging with the left (without shift) or middle
 * button or a finger, and zooms by wheel and pinch; all other input is its user's.
 */
export interface MapScene {
  /** Show exactly these of a kind. */
  setEntities(kind: Kind, entities: readonly Entity[]): void;
  /** Name the sectors in full vision, and those that were seen once. */
  setFog(seen: ReadonlySet<string>, known: ReadonlySet<string>): void;
  setTerrain(terrain: Terrain): void;
  setCourses(courses: readonly CourseLine[]): void;
  setSelection(ids: ReadonlySet<string>): void;
  setRanges(ranges: readonly Range[]): void;
  camera: CameraControl;
  /** Give what is under a place on the canvas, in CSS pixels from its corner. */
  pick(px: number, py: number, isTouch?: boolean): Entity | null;
  /** Give all under a place, nearest and most telling first. */
  pickAll(px: number, py: number, isTouch?: boolean): Entity[];
  pickBox(px0: number, py0: number, px1: number, py1: number): Entity[];
  toWorld(px: number, py: number): Point;
  toScreen(x: number, y: number): { px: number; py: number };
  /** Place moving fleets by this clock (the server's ms). */
  setNow(clock: () => number): void;
  setQuality(quality: Quality): void;
  setColours(colours: Colours): void;
  setReducedMotion(isReduced: boolean): void;
  stats(): SceneStats;
  /** Take the canvas' size anew; it is watched as well. */
  resize(): void;
  dispose(): void;
}

export interface SceneOptions {
  quality: Quality;
  colours: Colours;
  reducedMotion: boolean;
  prefer?: "webgl" | "canvas2d";
  /** Draw at every frame even if nothing moves: for measurements. */
  everyFrame?: boolean;
}

export interface Minimap {
  setPlanets(planets: readonly Point[]): void;
  setTerrain(terrain: Terrain): void;
  setFog(seen: ReadonlySet<string>, known: ReadonlySet<string>): void;
  setDots(dots: readonly { x: number; y: number; stance: Stance }[]): void;
  /** Show what the scene's camera sees. */
  setView(bounds: Bounds): void;
  dispose(): void;
}

export interface MinimapOptions {
  colours: Colours;
  /** Called with the place in the galaxy that was clicked or dragged to. */
  onJump(to: Point): void;
}

export interface Pathfinder {
  /**
   * Find a way as the server does; both ends stand in it. `opened` are the sectors of
   * own colonies, which protection does not close. Null where there is no way.
   */
  find(
    from: Point,
    to: Point,
    options: { warships: boolean; opened?: readonly string[] },
  ): Promise<Point[] | null>;
  dispose(): void;
}
