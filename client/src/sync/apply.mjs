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
 *   battle:<id>           {battles: {id: battle}, arenas: {id: arena}}
 *   chat:<channel>        {channel, messages: the last 20, oldest first}
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
 *   battle:*     new fields of view.arenas[event.battle], which has the battle's id
 *   chat.*       new fields of view.channel
 *
 * `changes: null` says that what the broadcast speaks of is no longer there to be seen:
 * it left the sector, or is no more.
 *
 * One has none: `chat.message_said` is itself the message that comes after the others.
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
  if (event.type === "chat.message_said") return withMessage(view, event);
  if (event.changes === undefined) return view;
  const part = event.type.split(/[.:]/)[0];
  if (part in ENTITIES) {
    const [name, about] = ENTITIES[part];
    return withEntity(view, name, event[about], event);
  }
  switch (part) {
    case "players":
      return { ...view, player: { ...view.player, ...event.changes } };
    case "research":
      return { ...view, research: { ...view.research, ...event.changes } };
    case "chat":
      return { ...view, channel: { ...view.channel, ...event.changes } };
    default:
      return view;
  }
}

/** Type's first word -> part of a view with things by id, field that names one. */
const ENTITIES = {
  colonies: ["colonies", "colony"],
  fleets: ["fleets", "fleet"],
  battles: ["battles", "battle"],
  debris: ["debris", "debris"],
  battle: ["arenas", "battle"],
};

function withEntity(view, part, id, { changes }) {
  const { [id]: known, ...others } = view[part] ?? {};
  if (changes === null) return { ...view, [part]: others };
  return { ...view, [part]: { ...others, [id]: { ...known, ...changes } } };
}

/** How many messages a channel shows. */
const MESSAGES_SHOWN = 20;

function withMessage(view, { number, player, username, text, said_ms }) {
  const before = (view.messages ?? []).slice(1 - MESSAGES_SHOWN);
  const said = { number, player, username, text, said_ms };
  return { ...view, messages: [...before, said] };
}

/**
 * Take rooms that are heard from now on: the `rooms` of `entered`, of the answer to
 * `view.set`, or the snapshots among those of `resume`.
 *
 * What a client knows is a map of rooms, each {seq, at_ms, view}. A sector is heard in
 * one tier at a time. Of one whose full room was left, the view is kept with `left_ms`,
 * to be shown greyed: so it looked when it was last seen. It ends when the full room is
 * entered again.
 *
 * @param {Object<string, object>} known room -> what is known of it
 * @param {{rooms: Object<string, {seq: number, at_ms: number, snapshot: object}>}} told
 * @returns {Object<string, object>} what is known then
 */
export function enter(known, { rooms }) {
  const shown = ([name, { seq, at_ms, snapshot }]) => [
    name,
    { seq, at_ms, view: snapshot },
  ];
  return { ...known, ...Object.fromEntries(Object.entries(rooms).map(shown)) };
}

/**
 * Take rooms that are heard no longer: the message `left`, or the `left` of the answer
 * to `view.set` with the time of its ack.
 *
 * @param {Object<string, object>} known room -> what is known of it
 * @param {{rooms: string[], at_ms: number}} told
 * @returns {Object<string, object>} what is known then
 */
export function leave(known, { rooms, at_ms }) {
  const left = { ...known };
  for (const name of rooms) {
    if (name.endsWith(":full") && name in left) {
      left[name] = { ...left[name], left_ms: at_ms };
    } else {
      delete left[name];
    }
  }
  return left;
}

/**
 * Take the broadcasts of a room: the message `events`.
 *
 * What the view holds already is not applied again. Where something was missed, the
 * room is marked `missed`, and stays as it is until it is entered anew or its events
 * are resumed.
 *
 * @param {Object<string, object>} known room -> what is known of it
 * @param {{room: string, from: number, events: object[]}} batch
 * @returns {Object<string, object>} what is known then
 */
export function hear(known, { room, from, events }) {
  const old = known[room];
  if (old === undefined || "left_ms" in old) return known;
  if (from > old.seq) return { ...known, [room]: { ...old, missed: true } };
  let { seq, at_ms, view } = old;
  for (const event of events.filter((one) => one.seq > old.seq)) {
    view = apply(view, event);
    ({ seq, at_ms } = event);
  }
  return { ...known, [room]: { seq, at_ms, view } };
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
