// Chat as the documentation of Socket.IO shows it: rooms, acks, a Redis adapter.
// ADAPTER chooses among those that the project recommends: redis, sharded, streams.

import { createServer } from "node:http";
import { createAdapter, createShardedAdapter } from "@socket.io/redis-adapter";
import { createAdapter as createStreamsAdapter } from "@socket.io/redis-streams-adapter";
import { Redis } from "ioredis";
import { Server } from "socket.io";

const publisher = new Redis(process.env.REDIS_URL);
const adapters = {
  redis: () => createAdapter(publisher, publisher.duplicate()),
  sharded: () => createShardedAdapter(publisher, publisher.duplicate()),
  streams: () => createStreamsAdapter(publisher),
};

const http = createServer();
const io = new Server(http, { adapter: adapters[process.env.ADAPTER]() });

// From the page on memory: nothing here needs the first request afterwards.
io.engine.on("connection", (connection) => {
  connection.request = null;
});

io.on("connection", (socket) => {
  socket.on("join", ({ username, channel }, ack) => {
    socket.data.username = username;
    socket.join(channel);
    ack({ channel });
  });

  socket.on("say", ({ channel, text }, ack) => {
    const said_ms = Date.now();
    const { username } = socket.data;
    io.to(channel).emit("message_said", { player: socket.id, username, text, said_ms });
    ack({ channel, at_ms: said_ms });
  });
});

http.listen(Number(process.argv[2]), "127.0.0.1");
