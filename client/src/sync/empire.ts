/** Types of the own room's view, `player:<id>`, as the server shows it to its owner. */

export type Resource = "energy" | "minerals" | "rare_elements" | "population";
export type Amounts = Readonly<Record<string, number>>;
export type Counts = Readonly<Record<string, number>>;

/** Mark what a pending command changed: not yet confirmed by the server. */
export interface Predicted {
  readonly pending?: true;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Waypoint extends Point {
  readonly at_ms: number;
}

/** Hold amounts as of `at_ms`; they grow by the rates until `until_ms`. */
export interface Resources {
  readonly amounts: Amounts;
  readonly rates_per_hour: Amounts;
  readonly capacity: Amounts;
  readonly at_ms: number;
  readonly until_ms: number;
}

interface Plan extends Predicted {
  readonly order: string;
  readonly paid: Amounts;
  readonly started_ms: number;
  readonly complete_ms: number;
}

export interface BuildingOrder extends Plan {
  readonly kind: "building";
  readonly building: string;
  readonly level: number;
}

export interface TrainingOrder extends Plan {
  readonly kind: "training";
  readonly unit: string;
  readonly count: number;
}

export type QueuedOrder = BuildingOrder | TrainingOrder;

export interface Colony extends Point, Predicted {
  readonly id: string;
  readonly name: string;
  readonly region: string;
  readonly planet_type: string;
  readonly founded_ms: number;
  readonly resources: Resources;
  readonly buildings: Counts;
  readonly queue: readonly QueuedOrder[];
  readonly units: Counts;
  readonly away: Counts;
  readonly stationed: readonly string[];
  readonly blockades: readonly string[];
  readonly battle: string;
  readonly occupier: string;
  readonly occupied_until_ms: number;
}

export interface FleetOrder {
  readonly order: string;
  readonly kind: string;
  readonly points: readonly Point[];
  readonly target: { readonly kind: string; readonly id: string } | null;
  readonly source: string;
  readonly cargo: Amounts;
}

export interface Fleet extends Point, Predicted {
  readonly id: string;
  readonly name: string;
  readonly home: string;
  readonly ships: Counts;
  /** Empty where it stands; else its course, from its departure on. */
  readonly path: readonly Waypoint[];
  readonly order: FleetOrder | null;
  readonly queue: readonly FleetOrder[];
  readonly stance: string;
  readonly post: string;
  readonly battle: string;
  readonly cargo: Amounts;
  readonly cargo_capacity: number;
  readonly speed: number;
  readonly range: number;
  readonly sensor: number;
  readonly upkeep: number;
}

export interface Player {
  readonly id: string;
  readonly username: string;
  readonly credits: number;
  readonly shield_until_ms: number;
  readonly joined_ms: number;
  readonly technologies: Counts;
  /** Sums of what all learned levels give, mostly in percent. */
  readonly modifiers: Counts;
  readonly alliance: string | null;
  /** The last battle against pirates. */
  readonly skirmish?: string | null;
  /** The channels that the player talks in. */
  readonly channels?: readonly string[];
}

export interface Project extends Predicted {
  readonly project: string;
  readonly technology: string;
  readonly level: number;
  readonly colony: string;
  readonly started_ms: number;
  readonly complete_ms: number;
}

/** Hold what is known of a battle that own fleets or colonies are in. */
export interface BattleSign extends Point {
  readonly id: string;
  readonly sector: string;
  readonly colony: string;
  readonly began_ms: number;
  readonly tick: number;
  readonly chain: string;
  /** Force -> whose it is, and how many ships are left of it. */
  readonly alive: Readonly<Record<string, Alive>>;
}

export interface Alive {
  readonly player: string;
  readonly username: string;
  readonly side: number;
  readonly ships: number;
}

export interface Empire {
  readonly player: Player;
  readonly colonies: Readonly<Record<string, Colony>>;
  readonly research: { readonly projects: readonly Project[] };
  readonly fleets: Readonly<Record<string, Fleet>>;
  readonly battles: Readonly<Record<string, BattleSign>>;
}

/** Stand in for the empire until its room was shown for the first time. */
export const NO_EMPIRE: Empire = {
  player: {
    id: "",
    username: "",
    credits: 0,
    shield_until_ms: 0,
    joined_ms: 0,
    technologies: {},
    modifiers: {},
    alliance: null,
    skirmish: null,
    channels: [],
  },
  colonies: {},
  research: { projects: [] },
  fleets: {},
  battles: {},
};
