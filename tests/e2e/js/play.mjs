// Play with the stock socket.io-client on every transport; print what was seen.
import { randomUUID } from "node:crypto";
import { io } from "socket.io-client";
import { apply } from "../../../client/src/sync/apply.mjs";

const { URL: url, TOKEN: token, COLONY: colony } = process.env;
const TIMEOUT_MS = 10_000;

function heard(socket, name) {
  return new Promise((resolve, reject) => {
    setTimeout(() => reject(new Error(`no ${name}`)), TIMEOUT_MS).unref();
    socket.once(name, resolve);
  });
}

async function snapshot(socket, room) {
  const message = { id: randomUUID(), rooms: { [room]: 1 } };
  const ack = await socket.timeout(TIMEOUT_MS).emitWithAck("resume", message);
  return ack.result.rooms[room].snapshot;
}

async function play(transports) {
  const socket = io(url, { auth: { token }, transports, forceNew: true });
  const welcome = await heard(socket, "welcome");
  const room = `player:${welcome.player_id}`;
  const early = await snapshot(socket, room);
  const first = heard(socket, "events");
  const message = { id: randomUUID(), colony, building: "mine" };
  const ack = await socket.timeout(TIMEOUT_MS).emitWithAck("colonies.build", message);
  let batch = await first;
  while (batch.room !== room) batch = await heard(socket, "events");
  const late = batch.events.reduce(apply, early);
  const fresh = await snapshot(socket, room);
  socket.disconnect();
  return { ack, event: batch.events[0], late, fresh };
}

const seen = {};
for (const transports of [["websocket"], ["polling"], ["polling", "websocket"]]) {
  seen[transports.join("+")] = await play(transports);
}
console.log(JSON.stringify(seen));
