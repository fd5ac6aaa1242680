// Chat as the documentation of Colyseus shows it: a room for each channel, which lives on
// one process; Redis tells every process of the rooms of all.

import { defineRoom, defineServer, Room } from "@colyseus/core";
import { RedisDriver } from "@colyseus/redis-driver";
import { RedisPresence } from "@colyseus/redis-presence";
import { WebSocketTransport } from "@colyseus/ws-transport";

const port = Number(process.argv[2]);

class Chat extends Room {
  maxClients = 10;
  patchRate = null; // there is no state to send

  messages = {
    say(client, { text }) {
      const said_ms = Date.now();
      const { username } = client.userData;
      this.broadcast("message_said", {
        player: client.sessionId,
        username,
        text,
        said_ms,
      });
      return { channel: this.roomId, at_ms: said_ms };
    },
  };

  onJoin(client, { username }) {
    client.userData = { username };
  }
}

const server = defineServer({
  rooms: { chat: defineRoom(Chat).filterBy(["channel"]) },
  transport: new WebSocketTransport(),
  presence: new RedisPresence(process.env.REDIS_URL),
  driver: new RedisDriver(process.env.REDIS_URL),
  publicAddress: `${process.env.PUBLIC_ADDRESS}/${port}`,
  greet: false,
});

await server.listen(port, "127.0.0.1");
