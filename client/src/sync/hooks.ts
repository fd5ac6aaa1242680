import { useCallback, useEffect, useState, useSyncExternalStore } from "react";
import { useStore } from "zustand";
import type { Known } from "./apply.mjs";
import { serverNow } from "./clock";
import { connection } from "./connection";
import type { Empire } from "./empire";
import { empireStore } from "./empireStore";
import { feed } from "./feed";
import { begin, hearByName, send } from "./game";
import { history, type Sample } from "./history";
import type { Ack, Refusal } from "./refusal";
import { rooms } from "./rooms";
import {
  galaxyMapRead,
  loadGalaxyMap,
  loadRules,
  type Rules,
  rulesRead,
} from "./rules";
import { session } from "./session";

const NO_SAMPLES: readonly Sample[] = [];

/** Tell who is logged in; whoever asks first begins the session of this page. */
export function useSession() {
  useEffect(begin, []);
  return useStore(session);
}

/** Give the rules. Only below `useRulesRead().data`, which the shell waits for. */
export function useRules(): Rules {
  const { data } = useRulesRead();
  if (data === null) throw new Error("The rules are not read yet.");
  return data;
}

/** Read the rules, and tell how that goes. */
export function useRulesRead() {
  useEffect(() => void loadRules(), []);
  return useStore(rulesRead.store);
}

/** Give what never changes of the galaxy, or null until it is read. */
export function useGalaxyMap() {
  const { galaxy } = useStore(session);
  useEffect(() => void loadGalaxyMap(galaxy), [galaxy]);
  return useStore(galaxyMapRead.store, (read) => read.data);
}

/** Select of the own empire as predicted; renders where what is selected changes. */
export function useEmpire<T>(select: (empire: Empire) => T): T {
  return useStore(empireStore, (state) => select(state.empire));
}

/** Tell whether the own empire was shown since the page was opened. */
export function useReady(): boolean {
  return useStore(empireStore, (state) => state.isReady);
}

/** Give what is known of a room; it has to be heard, by `useHearing` or the view. */
export function useRoom<V extends object>(room: string): Known<V> | undefined {
  return useStore(rooms, (state) => state.rooms[room]) as Known<V> | undefined;
}

/** Hear a room for as long as the component is mounted; an empty name hears none. */
export function useHearing(room: string): void {
  useEffect(() => (room === "" ? undefined : hearByName(room)), [room]);
}

/** Tell how far what is shown can be trusted. */
export function useConnection() {
  return useStore(connection);
}

/** Give what happened to the empire, newest first. */
export function useFeed() {
  return useStore(feed, (state) => state.notifications);
}

/** Give what a colony held in the last minutes, oldest first. */
export function useHistory(colony: string): readonly Sample[] {
  return useStore(history, (state) => state.samples[colony] ?? NO_SAMPLES);
}

/** Give the server's time, and render anew every so many ms. */
export function useServerNow(every_ms: number): number {
  const subscribe = useCallback(
    (changed: () => void) => {
      const id = setInterval(changed, every_ms);
      return () => clearInterval(id);
    },
    [every_ms],
  );
  const step = useCallback(
    () => Math.floor(serverNow() / every_ms) * every_ms,
    [every_ms],
  );
  useSyncExternalStore(subscribe, step);
  return serverNow();
}

/** Give a command to a button or a form: run it, whether it runs, why it was refused. */
export function useCommand(name: string) {
  const [running, setRunning] = useState(0);
  const [error, setError] = useState<Refusal | null>(null);
  const run = useCallback(
    async (data: Readonly<Record<string, unknown>>): Promise<Ack> => {
      setRunning((count) => count + 1);
      setError(null);
      const ack = await send(name, data);
      setRunning((count) => count - 1);
      if (!ack.ok) setError(ack.error);
      return ack;
    },
    [name],
  );
  return { run, pending: running > 0, error };
}
