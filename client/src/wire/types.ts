// Written by `make protocol` from the server's code: change that, not this file.

/** What a broadcast has beside what it says: its number in the room, and when. */
export interface Numbered {
  seq: number;
  at_ms: number;
}

/** A refusal; what stands beside code and message depends on the code. */
export interface Refusal {
  code: Code;
  message: string;
  fields?: Record<string, unknown>;
  retry_after_ms?: number;
  [detail: string]: unknown;
}

export interface Accepted<Result> {
  ok: true;
  id: string | null;
  at_ms: number;
  result: Result;
}

export interface Refused {
  ok: false;
  id: string | null;
  at_ms: number;
  error: Refusal;
}

/** The answer to a command or a verb. */
export type Ack<Result = Record<string, unknown>> = Accepted<Result> | Refused;

/** Codes that are not a rule's own, and any that a rule may have. */
export type Code = KnownCode | (string & {});

export type KnownCode =
  | "bad_credentials"
  | "banned"
  | "busy"
  | "draining"
  | "forbidden"
  | "internal"
  | "invalid"
  | "method_not_allowed"
  | "not_acceptable"
  | "not_found"
  | "not_yours"
  | "rate_limited"
  | "timeout"
  | "too_large"
  | "unauthenticated"
  | "unavailable"
  | "unknown_command"
  | "unsupported_media_type"
  | "uri_too_long";

/** How many ships a force has left, and whose they are. */
export interface AliveView {
  player: string;
  username: string;
  side: number;
  ships: number;
}

/** A broadcast to all: who wants to fight may join. */
export interface ArenaCalled {
  type: "battle:begin";
  battle: string;
  name: string;
  host: string;
  sides: number;
  seats: number;
  join_until_ms: number;
}

/** A broadcast of a fought arena's end, in its room and to all. */
export interface ArenaFinished {
  type: "battle:finished";
  battle: string;
  winner: number;
  report: string;
  scores: ScoreView[];
  chain: string;
}

/** The rules of arenas; `join_ms` are the least and the most. `pirates` are whom a player fights in a skirmish, with `ships`. */
export interface ArenaRules {
  ships: Partial<Record<Unit, number>>;
  sides_max: number;
  seats_max: number;
  join_ms: [number, number];
  pirates: Partial<Record<Unit, number>>;
}

export type ArenaState = "open" | "fights" | "called_off";

/** A broadcast of an arena to its room; one that is fought ends as a battle. */
export interface ArenaTold {
  type: "battle:begin" | "battle:join" | "battle:started" | "battle:finished";
  battle: string;
  player?: string;
  username?: string;
  side?: number;
  winner?: null;
  changes: Partial<ArenaView>;
}

/** A broadcast to all: too few joined. */
export interface ArenaUnfought {
  type: "battle:finished";
  battle: string;
  winner: null;
}

/** A group battle: who has joined, and until when others may. */
export interface ArenaView {
  id: string;
  name: string;
  host: string;
  sides: number;
  seats: number;
  join_until_ms: number;
  state: ArenaState;
  ships: Partial<Record<Unit, number>>;
  entries: EntryView[];
}

/** What every colony has before anything is built. */
export interface Base {
  output_per_hour: Partial<Record<Resource, number>>;
  storage: Record<Resource, number>;
}

export type BattleOrderKind = "focus" | "retreat" | "formation";

/** Snapshot of `battle:<id>`: at most one of each, by the same id. */
export interface BattleRoom {
  battles: Record<string, BattleView>;
  arenas: Record<string, ArenaView>;
}

/** A broadcast of a battle where its sign shows; null when it shows no longer. */
export interface BattleSeen {
  type: "battles.started" | "battles.step" | "battles.joined" | "battles.left" | "battles.order" | "battles.ended" | "battles.plundered";
  battle: string;
  force?: string;
  state?: ForceState;
  order?: BattleOrderKind;
  value?: string;
  tick?: number;
  winner?: number;
  report?: string;
  changes?: Partial<BattleSign> | null;
}

/** That there is a battle, how far it is and what is left of whom, by force. */
export interface BattleSign {
  id: string;
  sector: string;
  x: number;
  y: number;
  colony: string;
  began_ms: number;
  tick: number;
  chain: string;
  alive: Record<string, AliveView>;
}

/** A broadcast of a battle in its own room. */
export interface BattleTold {
  type: "battles.started" | "battles.step" | "battles.joined" | "battles.left" | "battles.order" | "battles.ended" | "battles.plundered";
  battle: string;
  force?: string;
  state?: ForceState;
  order?: BattleOrderKind;
  value?: string;
  tick?: number;
  winner?: number;
  report?: string;
  changes?: Partial<BattleView>;
}

/** All of a battle that may be known; forces by id. `seed` is told at the end. `winner` is null while it goes on, and -1 where no side won. */
export interface BattleView {
  id: string;
  sector: string;
  x: number;
  y: number;
  colony: string;
  began_ms: number;
  tick: number;
  chain: string;
  engine: number;
  arena: string;
  forces: Record<string, ForceView>;
  rows: RowView[];
  scores: ScoreView[];
  ended_ms: number;
  winner: number | null;
  loot: Record<string, Partial<Record<Resource, number>>>;
  debris: string;
  report: string | null;
  seed: string | null;
}

export type Building =
  | "mine"
  | "power_plant"
  | "refinery"
  | "habitat"
  | "warehouse"
  | "shipyard"
  | "research_lab"
  | "sensor_array"
  | "defense_grid"
  | "trade_hub"
  | "fabricator"
  | "embassy";

/** How buildings grow by level. */
export interface BuildingGrowth {
  level_max: number;
  cost: Growth;
  time: Growth;
  output: Growth;
  storage: Growth;
}

/** A building at level 1. */
export interface BuildingRules {
  cost: Partial<Record<Resource, number>>;
  time_ms: number;
  output_per_hour: Partial<Record<Resource, number>>;
  draw_per_hour: number;
  effects: Record<string, number>;
  requires: Requires;
}

/** A broadcast of who is in a channel; `player` is who left. */
export interface ChannelTold {
  type: "chat.opened" | "chat.left" | "chat.returned";
  player?: string;
  changes: Partial<ChannelView>;
}

/** A channel; `name` is empty where it was given none. */
export interface ChannelView {
  id: string;
  name: string;
  members: MemberView[];
}

/** Snapshot of `chat:<channel>`: its last messages, oldest first. */
export interface ChatRoom {
  channel: ChannelView | null;
  messages: MessageView[];
}

/** The rules of colonies. */
export interface ColonyRules {
  buildings: Record<Building, BuildingRules>;
  units: Record<Unit, UnitRules>;
  growth: BuildingGrowth;
  base: Base;
  queue_max: number;
  refund_percent: number;
}

/** A broadcast of a colony to those whose vision covers it. */
export interface ColonySeen {
  type: "colonies.founded" | "colonies.building_started" | "colonies.building_queued" | "colonies.building_completed" | "colonies.building_cancelled" | "colonies.training_started" | "colonies.training_queued" | "colonies.training_completed" | "colonies.training_cancelled" | "colonies.demolished" | "colonies.renamed" | "colonies.minded" | "colonies.rates_changed" | "colonies.research_paid" | "colonies.research_refunded" | "colonies.units_launched" | "colonies.units_landed" | "colonies.upkeep_released" | "colonies.upkeep_assumed" | "colonies.goods_shipped" | "colonies.goods_delivered" | "colonies.fleet_stationed" | "colonies.fleet_relieved" | "colonies.blockade_begun" | "colonies.blockade_ended" | "colonies.siege_begun" | "colonies.siege_ended" | "colonies.occupied" | "colonies.occupation_ended";
  colony: string;
  order?: string;
  building?: Building;
  level?: number;
  unit?: Unit;
  count?: number;
  project?: string;
  technology?: Technology;
  fleet?: string;
  changes: Partial<PublicColony>;
}

/** A broadcast of a colony to those who don't see it. */
export interface ColonySpotted {
  type: "colonies.founded" | "colonies.building_started" | "colonies.building_queued" | "colonies.building_completed" | "colonies.building_cancelled" | "colonies.training_started" | "colonies.training_queued" | "colonies.training_completed" | "colonies.training_cancelled" | "colonies.demolished" | "colonies.renamed" | "colonies.minded" | "colonies.rates_changed" | "colonies.research_paid" | "colonies.research_refunded" | "colonies.units_launched" | "colonies.units_landed" | "colonies.upkeep_released" | "colonies.upkeep_assumed" | "colonies.goods_shipped" | "colonies.goods_delivered" | "colonies.fleet_stationed" | "colonies.fleet_relieved" | "colonies.blockade_begun" | "colonies.blockade_ended" | "colonies.siege_begun" | "colonies.siege_ended" | "colonies.occupied" | "colonies.occupation_ended";
  colony: string;
  order?: string;
  building?: Building;
  level?: number;
  unit?: Unit;
  count?: number;
  project?: string;
  technology?: Technology;
  fleet?: string;
  changes: HiddenColony;
}

/** A broadcast of a colony to its owner. */
export interface ColonyTold {
  type: "colonies.founded" | "colonies.building_started" | "colonies.building_queued" | "colonies.building_completed" | "colonies.building_cancelled" | "colonies.training_started" | "colonies.training_queued" | "colonies.training_completed" | "colonies.training_cancelled" | "colonies.demolished" | "colonies.renamed" | "colonies.minded" | "colonies.rates_changed" | "colonies.research_paid" | "colonies.research_refunded" | "colonies.units_launched" | "colonies.units_landed" | "colonies.upkeep_released" | "colonies.upkeep_assumed" | "colonies.goods_shipped" | "colonies.goods_delivered" | "colonies.fleet_stationed" | "colonies.fleet_relieved" | "colonies.blockade_begun" | "colonies.blockade_ended" | "colonies.siege_begun" | "colonies.siege_ended" | "colonies.occupied" | "colonies.occupation_ended";
  colony: string;
  order?: string;
  building?: Building;
  level?: number;
  unit?: Unit;
  count?: number;
  project?: string;
  technology?: Technology;
  fleet?: string;
  changes: Partial<ColonyView>;
}

/** A colony as its owner sees it. */
export interface ColonyView {
  id: string;
  name: string;
  x: number;
  y: number;
  region: Region;
  planet_type: PlanetType;
  blockades: string[];
  battle: string;
  occupier: string;
  occupied_until_ms: number;
  founded_ms: number;
  resources: ShownStock;
  buildings: Partial<Record<Building, number>>;
  queue: (ConstructionOrder | TrainingOrder)[];
  units: Partial<Record<Unit, number>>;
  away: Partial<Record<Unit, number>>;
  stationed: string[];
}

/** The rules of combat. */
export interface CombatRules {
  tick_ms: number;
  ticks_max: number;
  step_ticks: number;
  retreat_ticks: number;
  forces_max: number;
  entities_max: number;
  grid_range: number;
  formations: Record<Formation, FormationRules>;
  joins_within: number;
  debris: DebrisRules;
  plunder: PlunderRules;
  occupation_ms: number;
  ranking: RankingRules;
}

/** A building's next level in a colony's queue. */
export interface ConstructionOrder {
  order: string;
  paid: Partial<Record<Resource, number>>;
  started_ms: number;
  complete_ms: number;
  kind: "building";
  level: number;
  building: Building;
}

/** What battles leave behind: `left_percent` of the cost of what was destroyed. */
export interface DebrisRules {
  left_percent: number;
  left_of: string[];
  lasts_ms: number;
  salvaged_within: number;
}

/** A broadcast of debris to onlookers; null when nothing is left. */
export interface DebrisSeen {
  type: "debris.left" | "debris.taken" | "debris.gone";
  debris: string;
  changes: DebrisView | null;
}

/** What drifts where, and until when. */
export interface DebrisView {
  id: string;
  x: number;
  y: number;
  amounts: Partial<Record<Resource, number>>;
  until_ms: number;
}

/** A player in an arena; `force` is what the battle calls the player's ships. */
export interface EntryView {
  player: string;
  username: string;
  side: number;
  group: string;
  force: string;
}

/** What came of the first ticks of a battle, for the ack of the attack. */
export interface Exchange {
  tick: number;
  chain: string;
  over: boolean;
  forces: ExchangedForce[];
  rows: RowView[];
}

/** What the first ticks did to a force. */
export interface ExchangedForce {
  id: string;
  player: string;
  username: string;
  side: number;
  ships: Partial<Record<Unit, number>>;
  lost: Partial<Record<Unit, number>>;
  dealt: number;
  state: ForceState;
}

/** What a fleet is told to do; a transport loads `cargo` at `source`. */
export interface FleetOrder {
  order: string;
  kind: OrderKind;
  points: Point[];
  target: Target | null;
  source: string;
  cargo: Partial<Record<Resource, number>>;
}

/** The rules of fleets. */
export interface FleetRules {
  fleets_max: number;
  orders_max: number;
  travel_max_ms: number;
  via_max: number;
  merge_reach: number;
  patrol: PatrolRules;
  posts_max: number;
  peaceful_units: Unit[];
  weather: Record<Weather, WeatherEffect>;
}

/** A broadcast of a fleet to onlookers; `changes` is null when it is gone. */
export interface FleetSeen {
  type: "fleets.launched" | "fleets.departed" | "fleets.arrived" | "fleets.stopped" | "fleets.order_queued" | "fleets.order_taken" | "fleets.orders_cleared" | "fleets.order_failed" | "fleets.split" | "fleets.joined" | "fleets.ships_spent" | "fleets.cargo_changed" | "fleets.battle_entered" | "fleets.battle_left" | "fleets.sensors_changed" | "fleets.renamed" | "fleets.entered" | "fleets.left" | "fleets.landed" | "fleets.merged" | "fleets.colonised" | "fleets.destroyed";
  fleet: string;
  changes: Partial<PublicFleet> | null;
}

export type FleetStance = "" | "defend" | "blockade" | "patrol";

/** A broadcast of a fleet to its owner; `changes` is null when it is no more. */
export interface FleetTold {
  type: "fleets.launched" | "fleets.departed" | "fleets.arrived" | "fleets.stopped" | "fleets.order_queued" | "fleets.order_taken" | "fleets.orders_cleared" | "fleets.order_failed" | "fleets.split" | "fleets.joined" | "fleets.ships_spent" | "fleets.cargo_changed" | "fleets.battle_entered" | "fleets.battle_left" | "fleets.sensors_changed" | "fleets.renamed" | "fleets.entered" | "fleets.left" | "fleets.landed" | "fleets.merged" | "fleets.colonised" | "fleets.destroyed";
  fleet: string;
  about?: FleetOrder;
  code?: string;
  new?: string;
  origin?: string;
  lost?: Partial<Record<Unit, number>>;
  changes: Partial<FleetView> | null;
}

/** A fleet as its owner sees it: it stands at (x, y), or left from there on `path`. Speed, range, capacity and upkeep are those of the ships, before research. */
export interface FleetView {
  id: string;
  name: string;
  home: string;
  ships: Partial<Record<Unit, number>>;
  x: number;
  y: number;
  path: PathPoint[];
  order: FleetOrder | null;
  queue: FleetOrder[];
  stance: FleetStance;
  post: string;
  battle: string;
  cargo: Partial<Record<Resource, number>>;
  cargo_capacity: number;
  speed: number;
  range: number;
  sensor: number;
  upkeep: number;
}

/** Snapshot of `sector:<x>:<y>`: only that there are colonies, by id. */
export interface FoggedRoom {
  colonies: Record<string, HiddenColony>;
}

export type ForceKind = "fleet" | "colony" | "seat" | "npc";

export type ForceState = "fighting" | "fled" | "destroyed";

/** A force in a battle; it joined after `tick`. `focus` is empty for none. */
export interface ForceView {
  player: string;
  username: string;
  kind: ForceKind;
  side: number;
  tick: number;
  ships: Partial<Record<Unit, number>>;
  lost: Partial<Record<Unit, number>>;
  dealt: number;
  state: ForceState;
  formation: Formation;
  focus: string;
  retreats: boolean;
}

export type Formation = "line" | "assault" | "defensive";

/** What a formation makes of damage, in percent. */
export interface FormationRules {
  dealt_percent: number;
  taken_percent: number;
}

/** Snapshot of `galaxy`: there is nothing to show. */
export type GalaxyRoom = Record<string, never>;

/** Measures of the galaxy, in units. */
export interface GalaxyRules {
  side: number;
  sector: number;
  regions: Record<Region, RegionRules>;
  planet_types: Record<PlanetType, PlanetRules>;
}

/** An order in battle: it stands from the tick after `tick` on. */
export interface GivenOrder {
  tick: number;
  force: string;
  kind: BattleOrderKind;
  value: string;
}

/** How a figure of a table grows: multiplied by `factor`, rounded down. */
export interface Growth {
  times: number;
  by: number;
  factor: string;
}

export type Hazard = "nebula" | "black_hole";

/** A colony in the fog: an icon. */
export interface HiddenColony {
  id: string;
  x: number;
  y: number;
  hidden: true;
}

/** A channel in a list, with what was said in it last. */
export interface ListedChannel {
  id: string;
  name: string;
  members: MemberView[];
  last: MessageView | null;
}

/** What was destroyed up to a tick since the note before, by force. */
export interface LossesView {
  tick: number;
  lost: Record<string, Partial<Record<Unit, number>>>;
}

/** Who is in a channel. */
export interface MemberView {
  id: string;
  username: string;
}

/** A broadcast of what somebody said. */
export interface MessageTold {
  type: "chat.message_said";
  number: number;
  player: string;
  username: string;
  text: string;
  said_ms: number;
}

/** What somebody said; numbers grow, with gaps. */
export interface MessageView {
  number: number;
  player: string;
  username: string;
  text: string;
  said_ms: number;
}

export type OrderKind =
  | "move"
  | "attack"
  | "defend"
  | "patrol"
  | "blockade"
  | "transport"
  | "colonise"
  | "return";

/** A place at a time. */
export interface PathPoint {
  x: number;
  y: number;
  at_ms: number;
}

/** What patrols must keep to. */
export interface PatrolRules {
  points_min: number;
  points_max: number;
  loop_min_ms: number;
  lasts_ms: number;
}

/** Where no fleet passes, and where none attacks, by sector: `<x>:<y>`. */
export interface Perils {
  hazards: Record<string, Hazard>;
  protected: string[];
}

/** A type of planets. */
export interface PlanetRules {
  production_percent: Partial<Record<Resource, number>>;
}

export type PlanetType = "terrestrial" | "gas_giant" | "asteroid" | "ice" | "desert";

/** A planet; a colony that is founded on it takes its id. */
export interface PlanetView {
  id: string;
  x: number;
  y: number;
  region: Region;
  type: PlanetType;
}

/** Snapshot of `player:<id>`: the empire; things by id, `player` null without one. `battles` are those that own forces are in. */
export interface PlayerRoom {
  player: PlayerView | null;
  colonies: Record<string, ColonyView>;
  research: ResearchView;
  fleets: Record<string, FleetView>;
  battles: Record<string, BattleSign>;
}

/** A broadcast of a player to the player. */
export interface PlayerTold {
  type: "players.joined" | "players.shield_ended" | "players.technology_learned" | "players.alliance_entered" | "players.alliance_left" | "players.skirmish_begun" | "players.channel_entered" | "players.channel_left";
  technology?: Technology;
  level?: number;
  channel?: string;
  changes: Partial<PlayerView>;
}

/** A player as the player sees it; `modifiers` sum up what is known. `skirmish` is the last battle against pirates, `channels` are those one talks in. */
export interface PlayerView {
  id: string;
  username: string;
  credits: number;
  shield_until_ms: number;
  joined_ms: number;
  technologies: Partial<Record<Technology, number>>;
  modifiers: Record<string, number>;
  alliance: string | null;
  skirmish: string | null;
  channels: string[];
}

/** What a winner takes at most of a colony. */
export interface PlunderRules {
  most_part: number;
  of: string[];
}

/** A place, in units. */
export interface Point {
  x: number;
  y: number;
}

/** A technology's next level, being researched. */
export interface ProjectView {
  project: string;
  technology: Technology;
  level: number;
  colony: string;
  started_ms: number;
  complete_ms: number;
}

/** A colony as those see it whose vision covers it. */
export interface PublicColony {
  id: string;
  name: string;
  x: number;
  y: number;
  region: Region;
  planet_type: PlanetType;
  blockades: string[];
  battle: string;
  occupier: string;
  occupied_until_ms: number;
  player: string;
  username: string;
  buildings: Partial<Record<Building, number>>;
  construction: UnderWay | null;
}

/** A fleet as those see it who see its sector: of that sector only. */
export interface PublicFleet {
  id: string;
  player: string;
  username: string;
  ships: Partial<Record<Unit, number>>;
  x: number;
  y: number;
  path: PathPoint[];
  stance: FleetStance;
  battle: string;
}

/** What points a battle is worth. */
export interface RankingRules {
  milli_per_point: number;
  victory_percent: number;
}

export type Region = "core" | "mid_rim" | "outer_rim" | "deep_space";

/** A region: up to `reach` from the centre, without what is within. */
export interface RegionRules {
  reach: number;
  production_percent: Partial<Record<Resource, number>>;
}

/** A force as it came to a battle; its place is relative to the battle's. */
export interface ReplayForce {
  id: string;
  side: number;
  ships: Partial<Record<Unit, number>>;
  x: number;
  y: number;
  modifiers: Record<string, number>;
  grid: number;
  tick: number;
}

/** Whose a force was. */
export interface ReplayParty {
  username: string;
  kind: ForceKind;
}

/** What a finished battle was fought with: enough to fight it again. */
export interface ReplayView {
  battle: string;
  engine: number;
  seed: string;
  began_ms: number;
  ended_ms: number;
  forces: ReplayForce[];
  orders: GivenOrder[];
  parties: Record<string, ReplayParty>;
  tick: number;
  winner: number;
  chain: string;
  log: LossesView[];
}

/** A battle as those see it who fought in it. */
export interface ReportView {
  id: string;
  sector: string;
  x: number;
  y: number;
  colony: string;
  began_ms: number;
  tick: number;
  chain: string;
  engine: number;
  arena: string;
  forces: Record<string, ForceView>;
  rows: RowView[];
  scores: ScoreView[];
  ended_ms: number;
  winner: number | null;
  loot: Record<string, Partial<Record<Resource, number>>>;
  debris: string;
  report: string | null;
  seed: string | null;
  orders: GivenOrder[];
  log: LossesView[];
}

/** Levels that must stand or be known before. */
export interface Requires {
  buildings: Partial<Record<Building, number>>;
  technologies: Partial<Record<Technology, number>>;
}

/** How technologies grow by level. */
export interface ResearchGrowth {
  cost: Growth;
  time: Growth;
}

/** The rules of research. */
export interface ResearchRules {
  technologies: Record<Technology, TechnologyRules>;
  growth: ResearchGrowth;
  projects_per_lab_max: number;
}

/** A broadcast of research to the player. */
export interface ResearchTold {
  type: "research.started" | "research.completed" | "research.cancelled";
  technology: Technology;
  level: number;
  changes: Partial<ResearchView>;
}

/** What a player is researching. */
export interface ResearchView {
  projects: ProjectView[];
}

export type Resource = "energy" | "minerals" | "rare_elements" | "population";

export type RowUnit =
  | "fighter"
  | "interceptor"
  | "bomber"
  | "frigate"
  | "cruiser"
  | "battleship"
  | "carrier"
  | "scout"
  | "colony_ship"
  | "freighter"
  | "defense_grid";

/** An entity on the field: a ship, a squadron or a colony's guns. */
export interface RowView {
  force: string;
  unit: RowUnit;
  ships: number;
  x: number;
  y: number;
  hp_percent: number;
}

/** Every number that players plan with: `GET /rules`. */
export interface Rules {
  galaxy: GalaxyRules;
  colonies: ColonyRules;
  fleets: FleetRules;
  combat: CombatRules;
  arenas: ArenaRules;
  research: ResearchRules;
  start: StartRules;
}

/** What a player earned in a battle so far. */
export interface ScoreView {
  player: string;
  username: string;
  points: number;
  won: boolean;
}

/** Snapshot of `sector:<x>:<y>:full`: all that is seen there, by id. */
export interface SectorRoom {
  colonies: Record<string, PublicColony>;
  fleets: Record<string, PublicFleet>;
  battles: Record<string, BattleSign>;
  debris: Record<string, DebrisView>;
}

/** A stock as of `at_ms`; it runs on at `rates_per_hour` up to `capacity`. Nothing grows after `until_ms`. What is above its capacity stays. */
export interface ShownStock {
  amounts: Record<Resource, number>;
  rates_per_hour: Record<Resource, number>;
  capacity: Record<Resource, number>;
  at_ms: number;
  until_ms: number;
}

/** What became of a force of a battle that never was. */
export interface SimulatedForce {
  ships: Partial<Record<Unit, number>>;
  lost: Partial<Record<Unit, number>>;
  dealt: number;
  state: ForceState;
}

/** A battle that never was; `over` is false where ticks or time ran out. */
export interface SimulationView {
  engine: number;
  seed: string;
  tick: number;
  over: boolean;
  winner: number;
  chain: string;
  forces: Record<string, SimulatedForce>;
}

/** What an empire begins with. */
export interface StartRules {
  resources: Record<Resource, number>;
  credits: number;
  shield_ms: number;
}

/** What an order is about. */
export interface Target {
  kind: string;
  id: string;
}

export type Technology =
  | "mining_drills"
  | "reactor_design"
  | "refining"
  | "hydroponics"
  | "logistics"
  | "automation"
  | "ballistics"
  | "armor_plating"
  | "deflectors"
  | "targeting"
  | "mass_production"
  | "capital_hulls"
  | "propulsion"
  | "sensors"
  | "cargo_holds"
  | "supply_lines"
  | "terraforming"
  | "colonisation"
  | "protocol"
  | "trade_law"
  | "brokerage"
  | "cultural_exchange"
  | "shared_science"
  | "intelligence";

/** A technology at level 1; every level adds `effects`. */
export interface TechnologyRules {
  branch: string;
  cost: Partial<Record<Resource, number>>;
  time_ms: number;
  level_max: number;
  effects: Record<string, number>;
  requires: Requires;
}

/** A batch of units in a colony's queue. */
export interface TrainingOrder {
  order: string;
  paid: Partial<Record<Resource, number>>;
  started_ms: number;
  complete_ms: number;
  kind: "training";
  unit: Unit;
  count: number;
}

/** What a colony is building, as those see who see the colony. */
export interface UnderWay {
  order: string;
  building: Building;
  level: number;
  started_ms: number;
  complete_ms: number;
}

export type Unit =
  | "fighter"
  | "interceptor"
  | "bomber"
  | "frigate"
  | "cruiser"
  | "battleship"
  | "carrier"
  | "scout"
  | "colony_ship"
  | "freighter";

/** A unit; `counters` is the percent of damage that it does to others. */
export interface UnitRules {
  cost: Partial<Record<Resource, number>>;
  time_ms: number;
  hp: number;
  attack: number;
  defense: number;
  speed: number;
  range: number;
  fire_rate: number;
  cargo: number;
  sensor: number;
  upkeep: number;
  counters: Partial<Record<Unit, number>>;
  requires: Requires;
}

export type Weather = "calm" | "clear" | "solar_wind" | "ion_storm" | "solar_flare";

/** What a weather makes of sensors and of speed. */
export interface WeatherEffect {
  sensor_percent: number;
  speed_percent: number;
}

/** The weather of a region: it stays until `until_ms`, and may stay longer. */
export interface WeatherView {
  name: Weather;
  sensor_percent: number;
  speed_percent: number;
  until_ms: number;
}

/** The snapshot of a room. */
export type RoomView =
  | PlayerRoom
  | SectorRoom
  | FoggedRoom
  | BattleRoom
  | ChatRoom
  | GalaxyRoom;

/** What is heard in the room `player:<id>`. */
export type PlayerEvent = Numbered & (PlayerTold | ResearchTold | ColonyTold | FleetTold | BattleSeen);

/** What is heard in the room `sector:<x>:<y>:full`. */
export type SectorEvent = Numbered & (ColonySeen | FleetSeen | BattleSeen | DebrisSeen);

/** What is heard in the room `sector:<x>:<y>`. */
export type FoggedEvent = Numbered & (ColonySpotted);

/** What is heard in the room `battle:<id>`. */
export type BattleEvent = Numbered & (BattleTold | ArenaTold | ArenaFinished);

/** What is heard in the room `chat:<id>`. */
export type ChatEvent = Numbered & (MessageTold | ChannelTold);

/** What is heard in the room `galaxy`. */
export type GalaxyEvent = Numbered & (ArenaCalled | ArenaUnfought | ArenaFinished);

/** What is heard in any room. */
export type Broadcast =
  | PlayerEvent
  | SectorEvent
  | FoggedEvent
  | BattleEvent
  | ChatEvent
  | GalaxyEvent;

export type BroadcastType = Broadcast["type"];

/** Every command: what it takes, and what its ack holds. */
export interface Commands {
  "battle:begin": {
    data: {
      /** What to call it. */
      name?: string;
      /** Sides that fight one another. */
      sides: number;
      /** Players that a side takes. */
      seats: number;
      /** How long others may join. */
      join_ms: number;
    };
    result: {
      battle: string;
      side: number;
      /** What `combat.*` calls as `fleet`. */
      force: string;
      /** When it starts. Unix ms. */
      join_until_ms: number;
    };
  }
  "battle:join": {
    data: {
      /** Group battle to join. */
      battle: string;
      /** Side to fight on; by default where fewest are. */
      side?: number;
      /** Fight on the side of those with the same. */
      group?: string;
    };
    result: {
      battle: string;
      side: number;
      /** What `combat.*` calls as `fleet`. */
      force: string;
    };
  }
  "chat.leave": {
    data: {
      /** Channel to leave. */
      channel: string;
    };
    result: {
      channel: string;
    };
  }
  "chat.open": {
    data: {
      /** Usernames of who is to be in it beside oneself. */
      players: string[];
      /** What to call it. */
      name?: string;
    };
    result: {
      channel: string;
      name: string;
      members: {
        id: string;
        username: string;
      }[];
    };
  }
  "chat.say": {
    data: {
      /** Channel to speak in. */
      channel: string;
      /** One line of 1 to 500 characters, once trimmed. */
      text: string;
    };
    result: {
      channel: string;
      number: number;
      /** When it was said. Unix ms. */
      at_ms: number;
    };
  }
  "colonies.build": {
    data: {
      /** Colony that builds. */
      colony: string;
      /** Building to raise by a level. */
      building: Building;
    };
    result: {
      order: string;
      colony: string;
      building: Building;
      level: number;
      /** When its turn comes. Unix ms. */
      started_ms: number;
      /** When the level stands. Unix ms. */
      complete_ms: number;
    };
  }
  "colonies.cancel": {
    data: {
      /** Colony that the order belongs to. */
      colony: string;
      /** Order to cancel. */
      order: string;
    };
    result: {
      order: string;
      colony: string;
      /** What came back. */
      refund: Partial<Record<Resource, number>>;
    };
  }
  "colonies.demolish": {
    data: {
      /** Colony that loses the building. */
      colony: string;
      /** Building to tear down, with all its levels. */
      building: Building;
    };
    result: {
      colony: string;
      building: Building;
      level: number;
    };
  }
  "colonies.rename": {
    data: {
      /** Colony to name. */
      colony: string;
      /** 1 to 32 characters that can be shown; taken in NFKC form. */
      name: string;
    };
    result: {
      colony: string;
      name: string;
    };
  }
  "colonies.sync": {
    data: {
      /** Colony that the client predicts. */
      colony: string;
      /** Units that the client shows, by resource. */
      predicted: Partial<Record<Resource, number>>;
    };
    result: {
      /** What the colony holds. */
      amounts: Record<Resource, number>;
      /** How fast that grows. */
      rates_per_hour: Record<Resource, number>;
      /** How far that grows. */
      capacity: Record<Resource, number>;
      /** When that was so. Unix ms. */
      at_ms: number;
      /** When it stops growing, unless the owner is heard of. Unix ms. */
      until_ms: number;
    };
  }
  "colonies.train": {
    data: {
      /** Colony whose shipyard trains. */
      colony: string;
      /** Unit to train. */
      unit: Unit;
      /** How many; they are ready together. */
      count: number;
    };
    result: {
      order: string;
      colony: string;
      unit: Unit;
      count: number;
      /** When its turn comes. Unix ms. */
      started_ms: number;
      /** When the units are ready. Unix ms. */
      complete_ms: number;
    };
  }
  "combat.focus": {
    data: {
      /** Battle that it is about. */
      battle: string;
      /** Own force in it: a fleet, a seat, or a colony's garrison. */
      fleet: string;
      /** Force to fire at while it is in range. */
      target: string;
    };
    result: {
      battle: string;
      fleet: string;
      order: BattleOrderKind;
      value: string;
      tick: number;
    };
  }
  "combat.formation": {
    data: {
      /** Battle that it is about. */
      battle: string;
      /** Own force in it: a fleet, a seat, or a colony's garrison. */
      fleet: string;
      /** How to stand. */
      formation: Formation;
    };
    result: {
      battle: string;
      fleet: string;
      order: BattleOrderKind;
      value: string;
      tick: number;
    };
  }
  "combat.reinforce": {
    data: {
      /** Fleet that is meant. */
      fleet: string;
      /** Battle to join. */
      battle: string;
    };
    result: {
      battle: string;
      fleet: string;
      side: number;
      tick: number;
    };
  }
  "combat.retreat": {
    data: {
      /** Battle that it is about. */
      battle: string;
      /** Own force in it: a fleet, a seat, or a colony's garrison. */
      fleet: string;
    };
    result: {
      battle: string;
      fleet: string;
      order: BattleOrderKind;
      value: string;
      tick: number;
    };
  }
  "fleets.attack": {
    data: {
      /** Fleet that is meant. */
      fleet: string;
      /** Wait until the fleet is done with its orders. */
      queue?: boolean;
      /** Fleet or colony. */
      target: {
        /** What it is. */
        kind: "colony" | "fleet";
        /** Which one. */
        id: string;
      };
    };
    result: {
      /** Where it has begun. */
      battle?: string;
      exchange?: Exchange;
      /** Where the order has to wait. */
      fleet?: string;
      order?: string;
      /** Place in the queue. */
      queued?: number;
    };
  }
  "fleets.blockade": {
    data: {
      /** Fleet that is meant. */
      fleet: string;
      /** Wait until the fleet is done with its orders. */
      queue?: boolean;
      /** Colony to go to. */
      colony: string;
    };
    result: {
      fleet: string;
      order: string;
      /** When it sets out. Unix ms. */
      depart_ms?: number;
      /** When it arrives. Unix ms. */
      arrive_ms?: number;
      /** The way, in straight legs. */
      path?: {
        x: number;
        y: number;
        /** When the fleet is there. Unix ms. */
        at_ms: number;
      }[];
      /** Place in the queue, where the order has to wait. */
      queued?: number;
    };
  }
  "fleets.clear": {
    data: {
      /** Fleet that is meant. */
      fleet: string;
    };
    result: {
      fleet: string;
      /** Orders that were called off. */
      cleared: number;
    };
  }
  "fleets.colonise": {
    data: {
      /** Fleet that is meant. */
      fleet: string;
      /** Wait until the fleet is done with its orders. */
      queue?: boolean;
      /** Free planet to settle on. */
      planet: string;
    };
    result: {
      fleet: string;
      order: string;
      /** When it sets out. Unix ms. */
      depart_ms?: number;
      /** When it arrives. Unix ms. */
      arrive_ms?: number;
      /** The way, in straight legs. */
      path?: {
        x: number;
        y: number;
        /** When the fleet is there. Unix ms. */
        at_ms: number;
      }[];
      /** Place in the queue, where the order has to wait. */
      queued?: number;
    };
  }
  "fleets.defend": {
    data: {
      /** Fleet that is meant. */
      fleet: string;
      /** Wait until the fleet is done with its orders. */
      queue?: boolean;
      /** Colony to go to. */
      colony: string;
    };
    result: {
      fleet: string;
      order: string;
      /** When it sets out. Unix ms. */
      depart_ms?: number;
      /** When it arrives. Unix ms. */
      arrive_ms?: number;
      /** The way, in straight legs. */
      path?: {
        x: number;
        y: number;
        /** When the fleet is there. Unix ms. */
        at_ms: number;
      }[];
      /** Place in the queue, where the order has to wait. */
      queued?: number;
    };
  }
  "fleets.launch": {
    data: {
      /** Colony whose ships leave. */
      colony: string;
      /** How many of which unit. */
      ships: Partial<Record<Unit, number>>;
      /** Name of the fleet; it gets one where there is none. */
      name?: string;
    };
    result: {
      id: string;
      name: string;
      /** Colony that pays its upkeep. */
      home: string;
      /** How many of which unit. */
      ships: Partial<Record<Unit, number>>;
      x: number;
      y: number;
      path: {
        x: number;
        y: number;
        /** When the fleet is there. Unix ms. */
        at_ms: number;
      }[];
      order: FleetOrder | null;
      queue: FleetOrder[];
      stance: FleetStance;
      /** Colony it defends or blockades. */
      post: string;
      battle: string;
      /** What it carries. */
      cargo: Partial<Record<Resource, number>>;
      /** Units it can carry, before research. */
      cargo_capacity: number;
      /** Units a second, before research and weather. */
      speed: number;
      /** Greatest weapon range in units, before research. */
      range: number;
      /** How far it sees in units, before weather. */
      sensor: number;
      /** Energy an hour, before research. */
      upkeep: number;
      fleet: string;
    };
  }
  "fleets.merge": {
    data: {
      /** Fleet that is meant. */
      fleet: string;
      /** Fleet that takes all in. */
      into: string;
    };
    result: {
      fleet: string;
      /** What it has then. */
      ships: Partial<Record<Unit, number>>;
    };
  }
  "fleets.move": {
    data: {
      /** Fleet that is meant. */
      fleet: string;
      /** Wait until the fleet is done with its orders. */
      queue?: boolean;
      /** Where to go. */
      to: {
        /** Units from the left. */
        x: number;
        /** Units from the top. */
        y: number;
      };
      /** Points to pass on the way. */
      via?: {
        /** Units from the left. */
        x: number;
        /** Units from the top. */
        y: number;
      }[];
      /** When the client thinks it will arrive. Unix ms. */
      predicted_arrival_ms?: number | null;
    };
    result: {
      fleet: string;
      order: string;
      /** When it sets out. Unix ms. */
      depart_ms?: number;
      /** When it arrives. Unix ms. */
      arrive_ms?: number;
      /** The way, in straight legs. */
      path?: {
        x: number;
        y: number;
        /** When the fleet is there. Unix ms. */
        at_ms: number;
      }[];
      /** Place in the queue, where the order has to wait. */
      queued?: number;
      /** How much later it arrives than was predicted. */
      corrected_ms?: number;
    };
  }
  "fleets.patrol": {
    data: {
      /** Fleet that is meant. */
      fleet: string;
      /** Wait until the fleet is done with its orders. */
      queue?: boolean;
      /** Points to visit, again and again. */
      points: {
        /** Units from the left. */
        x: number;
        /** Units from the top. */
        y: number;
      }[];
    };
    result: {
      fleet: string;
      order: string;
      /** When it sets out. Unix ms. */
      depart_ms?: number;
      /** When it arrives. Unix ms. */
      arrive_ms?: number;
      /** The way, in straight legs. */
      path?: {
        x: number;
        y: number;
        /** When the fleet is there. Unix ms. */
        at_ms: number;
      }[];
      /** Place in the queue, where the order has to wait. */
      queued?: number;
    };
  }
  "fleets.rename": {
    data: {
      /** Fleet that is meant. */
      fleet: string;
      /** 1 to 32 characters that can be shown; taken in NFKC form. */
      name: string;
    };
    result: {
      fleet: string;
      name: string;
    };
  }
  "fleets.return": {
    data: {
      /** Fleet that is meant. */
      fleet: string;
      /** Wait until the fleet is done with its orders. */
      queue?: boolean;
      /** Own colony to land at; home where none is named. */
      colony?: string;
    };
    result: {
      fleet: string;
      order: string;
      /** When it sets out. Unix ms. */
      depart_ms?: number;
      /** When it arrives. Unix ms. */
      arrive_ms?: number;
      /** The way, in straight legs. */
      path?: {
        x: number;
        y: number;
        /** When the fleet is there. Unix ms. */
        at_ms: number;
      }[];
      /** Place in the queue, where the order has to wait. */
      queued?: number;
    };
  }
  "fleets.salvage": {
    data: {
      /** Fleet that is meant. */
      fleet: string;
      /** Debris to take aboard. */
      debris: string;
    };
    result: {
      fleet: string;
      debris: string;
      /** What was taken, in units. */
      taken: Partial<Record<Resource, number>>;
    };
  }
  "fleets.split": {
    data: {
      /** Fleet that is meant. */
      fleet: string;
      /** How many of which unit leave to be a fleet of their own. */
      ships: Partial<Record<Unit, number>>;
    };
    result: {
      fleet: string;
      new: string;
      /** Both, as they are now. */
      fleets: ({
        id: string;
        name: string;
        /** Colony that pays its upkeep. */
        home: string;
        /** How many of which unit. */
        ships: Partial<Record<Unit, number>>;
        x: number;
        y: number;
        path: {
          x: number;
          y: number;
          /** When the fleet is there. Unix ms. */
          at_ms: number;
        }[];
        order: FleetOrder | null;
        queue: FleetOrder[];
        stance: FleetStance;
        /** Colony it defends or blockades. */
        post: string;
        battle: string;
        /** What it carries. */
        cargo: Partial<Record<Resource, number>>;
        /** Units it can carry, before research. */
        cargo_capacity: number;
        /** Units a second, before research and weather. */
        speed: number;
        /** Greatest weapon range in units, before research. */
        range: number;
        /** How far it sees in units, before weather. */
        sensor: number;
        /** Energy an hour, before research. */
        upkeep: number;
      })[];
    };
  }
  "fleets.stop": {
    data: {
      /** Fleet that is meant. */
      fleet: string;
    };
    result: {
      fleet: string;
      x: number;
      y: number;
      /** Since when it stands there. Unix ms. */
      at_ms: number;
    };
  }
  "fleets.transport": {
    data: {
      /** Fleet that is meant. */
      fleet: string;
      /** Wait until the fleet is done with its orders. */
      queue?: boolean;
      /** Own colony to load at. */
      from: string;
      /** Own colony to unload at. */
      to: string;
      /** Whole units, by resource. */
      cargo: Partial<Record<Resource, number>>;
    };
    result: {
      fleet: string;
      order: string;
      /** When it sets out. Unix ms. */
      depart_ms?: number;
      /** When it arrives. Unix ms. */
      arrive_ms?: number;
      /** The way, in straight legs. */
      path?: {
        x: number;
        y: number;
        /** When the fleet is there. Unix ms. */
        at_ms: number;
      }[];
      /** Place in the queue, where the order has to wait. */
      queued?: number;
    };
  }
  "research.cancel": {
    data: {
      /** Technology whose running project is given up. */
      technology: Technology;
    };
    result: {
      project: string;
      technology: Technology;
      /** What came back to the colony that paid. */
      refund: Partial<Record<Resource, number>>;
    };
  }
  "research.start": {
    data: {
      /** Colony whose lab works and whose stock pays. */
      colony: string;
      /** Technology to raise by a level. */
      technology: Technology;
    };
    result: {
      project: string;
      technology: Technology;
      level: number;
      colony: string;
      /** When it started. Unix ms. */
      started_ms: number;
      /** When the level is learned. Unix ms. */
      complete_ms: number;
    };
  }
  "skirmish:begin": {
    data: Record<string, never>;
    result: {
      battle: string;
      side: number;
      /** What `combat.*` calls as `fleet`. */
      force: string;
      exchange: Exchange;
    };
  }
}

export type CommandName = keyof Commands;

/** What clients send beside commands. */
export interface Verbs {
  /** Look at a part of the map, at most 400 sectors, and at no other. The rooms newly entered are shown; of each sector the one that the player's vision allows. Counts as `all` in the limits of the player. */
  "view.set": {
    data: {
      /** Left edge, in units. */
      x0: number;
      /** Upper edge, in units. */
      y0: number;
      /** Right edge, in units. */
      x1: number;
      /** Lower edge, in units. */
      y1: number;
    };
    result: {
      rooms: Record<string, {
        /** Grows by 1 in each room. */
        seq: number;
        /** Unix ms. */
        at_ms: number;
        snapshot: Record<string, unknown>;
      }>;
      left: string[];
    };
  }
  /** Look at nothing; the own sectors and what was resumed by name stay. */
  "view.clear": {
    data: Record<string, unknown>;
    result: {
      rooms: Record<string, {
        /** Grows by 1 in each room. */
        seq: number;
        /** Unix ms. */
        at_ms: number;
        snapshot: Record<string, unknown>;
      }>;
      left: string[];
    };
  }
  /** Run at most 20 commands in order, each with an id and an ack of its own. */
  batch: {
    data: {
      commands: {
        name: string;
        data: Record<string, unknown>;
      }[];
    };
    result: {
      acks: Record<string, unknown>[];
    };
  }
  /** Get what was missed since the last number of each room, or a snapshot: also where vision may have had a gap. */
  resume: {
    data: {
      rooms: Record<string, number>;
    };
    result: {
      rooms: Record<string, {
        events: {
          /** Grows by 1 in each room. */
          seq: number;
          type: string;
          /** Unix ms. */
          at_ms: number;
          /** New values of the snapshot's fields. */
          changes?: Record<string, unknown>;
        }[];
      } | {
        /** Grows by 1 in each room. */
        seq: number;
        /** Unix ms. */
        at_ms: number;
        snapshot: Record<string, unknown>;
      } | {
        error: {
          code: string;
          message: string;
        };
      }>;
    };
  }
  /** Compare clocks. */
  "time.sync": {
    data: {
      client_ms: number;
    };
    result: {
      client_ms: number;
      /** Unix ms. */
      server_ms: number;
    };
  }
  /** Go on with a fresh access token before the old one runs out. */
  "auth.renew": {
    data: {
      token: string;
    };
    result: {
      /** Unix ms. */
      expires_ms: number;
    };
  }
}

/** What the server sends. */
export interface Sent {
  /** The first message of a connection: who one is, and the rooms one is in. */
  welcome: {
    player_id: string;
    galaxy: string;
    instance: string;
    /** Unix ms. */
    server_ms: number;
    rooms: Record<string, number>;
    config: Record<string, unknown>;
  };
  /** What happened in a room. `from` is the number before the first event; where it is not the last number seen, something was missed: `resume`. */
  events: {
    /** `player:<id>`, `galaxy`, `sector:<x>:<y>` for all, `sector:<x>:<y>:full` for who sees it, `battle:<id>`, `chat:<id>`. */
    room: string;
    /** Grows by 1 in each room. */
    from: number;
    /** Grows by 1 in each room. */
    to: number;
    /** Unix ms. */
    at_ms: number;
    events: {
      /** Grows by 1 in each room. */
      seq: number;
      type: string;
      /** Unix ms. */
      at_ms: number;
      /** New values of the snapshot's fields. */
      changes?: Record<string, unknown>;
    }[];
  };
  /** Rooms that are heard from now on, since vision was gained or lost: a sector has one tier at a time. Broadcasts go on from each `seq`. */
  entered: {
    rooms: Record<string, {
      /** Grows by 1 in each room. */
      seq: number;
      /** Unix ms. */
      at_ms: number;
      snapshot: Record<string, unknown>;
    }>;
    /** Unix ms. */
    at_ms: number;
  };
  /** Rooms that are heard no longer, since vision was lost or gained; it comes before the `entered` of the other tier. What they showed may be kept as last seen at `at_ms`. */
  left: {
    rooms: string[];
    /** Unix ms. */
    at_ms: number;
  };
  /** What concerns the connection: `draining` and `resync` (move on, or `resume` all rooms, after `retry_after_ms`), `rate_limited`, `unauthenticated`, `banned`. */
  notice: {
    code: string;
    message: string;
    retry_after_ms?: number;
  };
}

export interface HttpAck {
  ok: boolean;
  id: string;
  at_ms: number;
  result: Record<string, unknown>;
}

export interface HttpArena {
  id: string;
  name: string;
  sides: number;
  seats: number;
  join_until_ms: number;
  state: string;
  entries: Record<string, unknown>[];
}

export interface HttpArenas {
  at_ms: number;
  arenas: HttpArena[];
}

export interface HttpChannels {
  channels: ListedChannel[];
  stale: boolean;
}

export interface HttpColonies {
  at_ms: number;
  /** The last known ones; the newest are out of reach. */
  stale: boolean;
  colonies: HttpPlaces;
}

export type HttpColony = ColonyView & { stale: boolean };

export interface HttpCredentials {
  username: string;
  password: string;
}

export interface HttpEmpire {
  galaxy: string;
  /** The last known state; the hot one is out of reach. */
  stale: boolean;
  player: PlayerView;
  colonies: HttpPlace[];
  fleets: FleetView[];
}

export type HttpFleet = FleetView;

export interface HttpFleets {
  fleets: HttpFleet[];
  stale: boolean;
}

export interface HttpFought {
  battle: string;
  board: string;
  sector: string;
  colony: string;
  began_ms: number;
  ended_ms: number;
  points: number;
  won: boolean;
  destroyed: number;
  lost: number;
}

export interface HttpFrame {
  tick: number;
  /** Of an entity, the same in every frame. */
  id: number[];
  /** Place in the page's `forces`, from 0. */
  force: number[];
  /** Place in the page's `units`, from 0. */
  unit: number[];
  /** A squadron has several. */
  ships: number[];
  /** In units, from the battle's place. */
  x: number[];
  /** In units, from the battle's place. */
  y: number[];
  /** Percent of what it came with. */
  hp: number[];
  /** Id of what it fights or closes in on, -1 for none. */
  target: number[];
  forces: Record<string, HttpTally>;
}

export interface HttpFrames {
  engine: number;
  tick: number;
  chain: string;
  over: boolean;
  winner: number;
  next_tick: number | null;
  forces: string[];
  units: string[];
  frames: HttpFrame[];
}

export interface HttpGalaxy {
  id: string;
  planets: number;
  joined: boolean;
}

export interface HttpHome {
  galaxy: string;
  colony: string;
}

export interface HttpKnowledge {
  technologies: Record<string, number>;
  projects: ProjectView[];
  stale: boolean;
}

export interface HttpLine {
  rank: number;
  player: string;
  username: string;
  /** In the ranking `power`. */
  power?: number;
  /** In all other rankings. */
  points?: number;
  battles?: number;
  victories?: number;
}

export interface HttpLink {
  path: string;
}

export interface HttpLogin {
  player: HttpPlayer;
  access_token: string;
  refresh_token: string;
  /** Seconds that the access token lives. */
  expires_in: number;
}

export interface HttpMap {
  /** In units. */
  side: number;
  /** In units. */
  sector: number;
  planets: HttpPlanets;
  /** By sector. */
  hazards: Record<string, Hazard>;
  protected: string[];
}

export interface HttpMe {
  player: HttpPlayer;
  email: string | null;
  roles: string[];
  created_ms: number;
  empires: HttpEmpire[];
}

export interface HttpMessages {
  messages: MessageView[];
  next: number | null;
}

export interface HttpNearby {
  at_ms: number;
  near: Record<string, unknown>[];
  more: boolean;
}

export interface HttpPaginationMetadata {
  /** Total number of items. */
  total?: number;
  /** Total number of pages. */
  total_pages?: number;
  /** First available page number. */
  first_page?: number;
  /** Last available page number. */
  last_page?: number;
  /** Current page number. */
  page?: number;
  /** Previous page number. */
  previous_page?: number;
  /** Next page number. */
  next_page?: number;
}

export interface HttpPasswordChange {
  password: string;
  new_password: string;
}

export interface HttpPlace {
  id: string;
  name: string;
  x: number;
  y: number;
}

export interface HttpPlaces {
  id: string[];
  x: number[];
  y: number[];
}

export interface HttpPlanets {
  id: string[];
  x: number[];
  y: number[];
  type: number[];
  region: number[];
  types: PlanetType[];
  regions: Region[];
}

export interface HttpPlayer {
  id: string;
  username: string;
}

export interface HttpProblem {
  type: string;
  title: string;
  status: number;
  detail: string;
  message: string;
  code: string;
  request_id: string;
  retry_after_ms?: number;
  fields?: Record<string, unknown>;
}

export interface HttpProof {
  password: string;
}

export interface HttpRanking {
  name: string;
  lines: HttpLine[];
  around_me: HttpLine[];
}

export interface HttpRegistration {
  /** Letters and digits of one script, - and _. */
  username: string;
  password: string;
  email?: string | null;
}

export type HttpReplay = ReplayView;

export type HttpReport = ReportView & { stale: boolean };

export interface HttpReports {
  reports: HttpFought[];
  next: string | null;
}

export interface HttpResources {
  amounts: Record<string, unknown>;
  rates_per_hour: Record<string, unknown>;
  capacity: Record<string, unknown>;
  at_ms: number;
}

export interface HttpSector {
  x: number;
  y: number;
  /** `full` where the player sees the sector. */
  tier: "full" | "public";
  room: string;
  seq: number;
  at_ms: number;
  snapshot: RoomView;
  planets: PlanetView[];
  hazard: Hazard | null;
  protected: boolean;
}

export interface HttpSectors {
  sectors: HttpSector[];
}

export type HttpSimulated = SimulationView;

export interface HttpTally {
  ships: Record<string, number>;
  lost: Record<string, number>;
  dealt: number;
  state: string;
}

export interface HttpWorld {
  id: string;
  planets: number;
  joined: boolean;
  server_ms: number;
  active_players: number | null;
  /** By region. */
  weather: Record<string, WeatherView>;
  /** By sector, as `<x>:<y>`. */
  hazards: Record<string, Hazard>;
  protected: string[];
}

/** Every call below `/api/v1` but commands. */
export interface Http {
  "POST /auth/register": {
    body: HttpRegistration;
    answer: HttpLogin;
  };
  "POST /auth/login": {
    body: HttpCredentials;
    answer: HttpLogin;
  };
  "POST /auth/refresh": {
    body: null;
    answer: HttpLogin;
  };
  "POST /auth/logout": {
    body: null;
    answer: null;
  };
  "POST /auth/password": {
    body: HttpPasswordChange;
    answer: HttpLogin;
  };
  "GET /me": {
    body: null;
    answer: HttpMe;
  };
  "DELETE /me": {
    body: HttpProof;
    answer: null;
  };
  "GET /me/export": {
    body: null;
    answer: null;
  };
  "GET /galaxies": {
    body: null;
    answer: HttpGalaxy[];
  };
  "GET /galaxies/{galaxy_id}": {
    body: null;
    answer: HttpWorld;
  };
  "POST /galaxies/{galaxy_id}/join": {
    body: null;
    answer: HttpHome;
  };
  "GET /galaxies/{galaxy_id}/map": {
    body: null;
    answer: HttpMap;
  };
  "GET /galaxies/{galaxy_id}/colonies": {
    body: null;
    answer: HttpColonies;
  };
  "GET /colonies/{colony_id}": {
    body: null;
    answer: HttpColony;
  };
  "GET /research": {
    body: null;
    answer: HttpKnowledge;
  };
  "GET /fleets": {
    body: null;
    answer: HttpFleets;
  };
  "GET /sectors": {
    body: null;
    answer: HttpSectors;
  };
  "GET /nearby": {
    body: null;
    answer: HttpNearby;
  };
  "GET /leaderboards/{name}": {
    body: null;
    answer: HttpRanking;
  };
  "GET /reports": {
    body: null;
    answer: HttpReports;
  };
  "GET /reports/{battle_id}": {
    body: null;
    answer: HttpReport;
  };
  "POST /reports/{battle_id}/share": {
    body: null;
    answer: HttpLink;
  };
  "GET /replays/{token}": {
    body: null;
    answer: HttpReplay;
  };
  "POST /simulator": {
    body: Record<string, unknown>;
    answer: HttpSimulated;
  };
  "GET /replays/{token}/frames": {
    body: null;
    answer: HttpFrames;
  };
  "POST /simulator/frames": {
    body: Record<string, unknown>;
    answer: HttpFrames;
  };
  "GET /arenas": {
    body: null;
    answer: HttpArenas;
  };
  "GET /chat/channels": {
    body: null;
    answer: HttpChannels;
  };
  "GET /chat/channels/{channel_id}/messages": {
    body: null;
    answer: HttpMessages;
  };
  "GET /rules": {
    body: null;
    answer: Rules;
  };
}
