/**
 * Keep a room's view up to date: apply one broadcast to what the snapshot showed.
 *
 * A view is the snapshot of one room; `apply` never changes it but answers a new one.
 * The law (L2): a snapshot with all later broadcasts applied, in the order of their
 * `seq`, equals a fresh snapshot.
 *
 *   player:<id>           {player, colonies: {id: colony}, research, fleets, battles}
 *   sector:<x>:<y>:full   {colonies: {id: public part of a colony}, fleets, battles,
 *                          debris}, all by id
 *   sector:<x>:<y>        {colonies: {id: {id, x, y, hidden}}}
 *   battle:<id>           {battles: {id: battle}}
 *   galaxy                {}
 *
 * A broadcast's `type` is `<part>.<what happened>`. Its `changes` hold the new values of
 * whole fields, never differences, so that nothing has to be computed here:
 *
 *   players.*    new fields of view.player
 *   research.*   new fields of view.research
 *   colonies.*   new fields of view.colonies[event.colony]
 *   fleets.*     new fields of view.fleets[event.fleet]
 *   battles.*    new fields of view.battles[event.battle]
 *   debris.*     new fields of view.debris[event.debris]
 *
 * `changes: null` says that what the broadcast speaks of is no longer there to be seen:
 * it left the sector, or is no more.
 *
 * All else in a broadcast (order, building, unit, ...) is there for notices. A type that
 * this client doesn't know, or one without `changes`, changes nothing: additions to the
 * protocol are free.
 *
 * @param {object} view the room's view
 * @param {{type: string, colony?: string, changes?: object}} event a broadcast
 * @returns {object} the view after the broadcast
 */
export function apply(view, event) {
  if (event.changes === undefined) return view;
  const part = event.type.split(".")[0];
  if (part in ENTITIES) return withEntity(view, part, event[ENTITIES[part]], event);
  switch (part) {
    case "players":
      return { ...view, player: { ...view.player, ...event.changes } };
    case "research":
      return { ...view, research: { ...view.research, ...event.changes } };
    default:
      return view;
  }
}

/** Part of a view that holds things by id -> field of a broadcast that names one. */
const ENTITIES = {
  colonies: "colony",
  fleets: "fleet",
  battles: "battle",
  debris: "debris",
};

function withEntity(view, part, id, { changes }) {
  const { [id]: known, ...others } = view[part] ?? {};
  if (changes === null) return { ...view, [part]: others };
  return { ...view, [part]: { ...others, [id]: { ...known, ...changes } } };
}

/**
 * Tell what a colony holds at a moment, from `resources` as a view shows them.
 *
 * The server computes the same from the same numbers; `colonies.sync` compares. Amounts
 * above the capacity (refunds) neither grow nor shrink; nothing grows after `until_ms`,
 * when the colony sleeps.
 *
 * @param {{amounts: object, rates_per_hour: object, capacity: object, at_ms: number,
 *   until_ms: number}} resources
 * @param {number} now_ms time of the server's clock
 * @returns {Object<string, number>} resource -> amount
 */
export function amountsAt(resources, now_ms) {
  const { amounts, rates_per_hour, capacity, at_ms, until_ms } = resources;
  const hours = Math.max(0, Math.min(now_ms, until_ms) - at_ms) / 3_600_000;
  const grown = ([name, amount]) => {
    const full = Math.max(amount, capacity[name]);
    return [name, Math.min(full, amount + rates_per_hour[name] * hours)];
  };
  return Object.fromEntries(Object.entries(amounts).map(grown));
}
