/** What the pages build on; see each module for how it works. */

export type { Known, Rooms } from "./apply.mjs";
export { amountsAt } from "./apply.mjs";
export { serverNow } from "./clock";
export { type ConnectionState, type ConnectionStatus, connection } from "./connection";
export { arrivalOf, positionAt } from "./course";
export * from "./empire";
export { empireStore } from "./empireStore";
export { feed, markRead, type Notification } from "./feed";
export * from "./formulas";
export { begin, hearByName, send, setView } from "./game";
export type { Sample } from "./history";
export {
  useCommand,
  useConnection,
  useEmpire,
  useFeed,
  useGalaxyMap,
  useHearing,
  useHistory,
  useReady,
  useRoom,
  useRules,
  useRulesRead,
  useServerNow,
  useSession,
} from "./hooks";
export { http } from "./http";
export { newId } from "./ids";
export type { Box } from "./looking";
export type { Ack, Answer, Refusal } from "./refusal";
export { roomsState, subscribeRooms } from "./rooms";
export type {
  BuildingRules,
  GalaxyMap,
  Requirements,
  Rules,
  TechnologyRules,
  UnitRules,
} from "./rules";
export { loadRules, rulesRead } from "./rules";
export { joinGalaxy, login, logout, register, type Session, session } from "./session";
