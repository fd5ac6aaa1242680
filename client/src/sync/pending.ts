import { createStore } from "zustand/vanilla";

/** Hold a command that was given and whose effect was not seen yet. */
export interface Pending {
  readonly id: string;
  readonly name: string;
  readonly data: Readonly<Record<string, unknown>>;
  /** Server time at which it was given: its effect is predicted as of then. */
  readonly at_ms: number;
  /** What the ack said; absent before. */
  readonly ack?: {
    readonly at_ms: number;
    readonly result: Readonly<Record<string, unknown>>;
  };
  /** Its effect was seen in the confirmed view, before the ack. */
  readonly isEchoed?: true;
}

/** Hold the commands that are under way, in the order in which they were given. */
export const pendingStore = createStore<{ readonly list: readonly Pending[] }>(() => ({
  list: [],
}));

/** Give the commands that are under way. */
export function pendings(): readonly Pending[] {
  return pendingStore.getState().list;
}

/** Put a command at the end of the list. */
export function addPending(one: Pending): void {
  pendingStore.setState({ list: [...pendings(), one] });
}

/** Take a command from the list. */
export function dropPending(id: string): void {
  const list = pendings().filter((one) => one.id !== id);
  if (list.length !== pendings().length) pendingStore.setState({ list });
}

/** Change what is known of a command under way. */
export function changePending(id: string, changes: Partial<Pending>): void {
  const list = pendings().map((one) => (one.id === id ? { ...one, ...changes } : one));
  pendingStore.setState({ list });
}

/** Forget all commands: another player, or none. */
export function forgetPendings(): void {
  pendingStore.setState({ list: [] });
}
