import { io } from "socket.io-client";

const CONNECT_MS = 10_000;

/** Hear what comes over one connection. */
export interface Ear {
  refused(code: string, retry_after_ms: number | undefined): void;
  closed(): void;
  told(event: string, data: unknown): void;
  /** Anything at all came, be it a ping. */
  heard(): void;
}

/** Speak over one connection, until it is closed. */
export interface Line {
  say(name: string, data: unknown, answered: (ack: unknown) => void): void;
  hangUp(): void;
}

export interface Credentials {
  readonly token: string;
  readonly galaxy: string;
}

/** `isCautious` begins with polling, which becomes a WebSocket where one comes through. */
export type Dial = (credentials: Credentials, ear: Ear, isCautious: boolean) => Line;

/**
 * Open a connection: a WebSocket, or polling where none may be opened. A proxy that
 * opens one and lets nothing through is noticed by the caller, who is cautious then.
 */
export const dial: Dial = (credentials, ear, isCautious) => {
  const socket = io({
    path: "/socket.io/",
    transports: isCautious ? ["polling", "websocket"] : ["websocket", "polling"],
    tryAllTransports: true,
    reconnection: false,
    forceNew: true,
    timeout: CONNECT_MS,
    auth: { ...credentials },
  });
  socket.on("connect_error", (error) => {
    const { code, retry_after_ms } = refusalIn(error);
    ear.refused(code, retry_after_ms);
  });
  socket.on("disconnect", () => ear.closed());
  // what ends before it was open is told by the engine only; a refusal comes first
  socket.io.engine.once("close", () => queueMicrotask(() => ear.closed()));
  socket.onAny((event: string, data: unknown) => {
    ear.heard();
    ear.told(event, data);
  });
  socket.io.on("ping", () => ear.heard());
  return {
    say: (name, data, answered) => {
      socket.emit(name, data, (ack: unknown) => {
        ear.heard();
        answered(ack);
      });
    },
    hangUp: () => {
      socket.off();
      socket.offAny();
      socket.disconnect();
    },
  };
};

function refusalIn(error: Error): { code: string; retry_after_ms?: number } {
  const data: unknown = (error as { data?: unknown }).data;
  const isTold = typeof data === "object" && data !== null && "code" in data;
  return isTold ? (data as { code: string }) : { code: "unreachable" };
}
