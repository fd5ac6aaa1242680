/** Say why something was not done: the error of an ack, or a problem of HTTP. */
export interface Refusal {
  readonly code: string;
  readonly message: string;
  readonly status?: number;
  readonly fields?: Readonly<Record<string, readonly string[]>>;
  readonly retry_after_ms?: number;
  /** What a code adds: `short`, `missing`, `queue_max`, ... */
  readonly [detail: string]: unknown;
}

/** Answer of an asynchronous call that never throws. */
export type Answer<T> =
  | { readonly ok: true; readonly data: T }
  | { readonly ok: false; readonly error: Refusal };

/** Answer of the server to a command. */
export type Ack<T = Record<string, unknown>> =
  | {
      readonly ok: true;
      readonly id: string | null;
      readonly at_ms: number;
      readonly result: T;
    }
  | {
      readonly ok: false;
      readonly id: string | null;
      readonly at_ms: number;
      readonly error: Refusal;
    };

/** Make the refusal that stands for a server that can't be reached. */
export function unavailable(message = "The server does not answer."): Refusal {
  return { code: "unavailable", message };
}
