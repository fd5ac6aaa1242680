/**
 * Keep the tokens of this browser, and exchange them before they end: once across tabs,
 * since a refresh token works once, and using it twice ends the login.
 */
import { once } from "./once";
import { request } from "./request";

const KEY = "gd.session";
const LOCK = "gd.refresh";
/** How long before its end a token is exchanged. */
export const RENEW_BEFORE_MS = 120_000;

export interface Tokens {
  readonly player: { readonly id: string; readonly username: string };
  readonly access_token: string;
  readonly refresh_token: string;
  /** When the access token ends, by this machine's clock. */
  readonly expires_ms: number;
  /** The galaxy that is played, once joined. */
  readonly galaxy?: string;
}

/** What the server answers to register, login and refresh. */
export interface Login {
  readonly player: { readonly id: string; readonly username: string };
  readonly access_token: string;
  readonly refresh_token: string;
  readonly expires_in: number;
}

type Listener = (tokens: Tokens | null) => void;

const listeners = new Set<Listener>();
let kept: Tokens | null | undefined;

/** Give the tokens of this browser; null where nobody is logged in. */
export function tokens(): Tokens | null {
  if (kept === undefined) kept = stored();
  return kept;
}

/** Keep other tokens, or none, and tell whoever listens. */
export function keepTokens(next: Tokens | null): void {
  kept = next;
  try {
    if (next === null) localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, JSON.stringify(next));
  } catch {
    // A browser that keeps nothing still plays until the page is closed.
  }
  for (const listener of listeners) listener(next);
}

/** Keep what a login answered. */
export function keepLogin(login: Login, galaxy?: string): void {
  const { player, access_token, refresh_token, expires_in } = login;
  keepTokens({
    player,
    access_token,
    refresh_token,
    expires_ms: Date.now() + expires_in * 1_000,
    ...(galaxy === undefined ? {} : { galaxy }),
  });
}

/** Hear of other tokens that this tab keeps. */
export function onTokens(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Hear of other tokens that another tab keeps. */
export function onTabs(listener: Listener): () => void {
  const heard = (event: StorageEvent) => {
    if (event.key !== KEY && event.key !== null) return;
    kept = stored();
    listener(kept);
  };
  window.addEventListener("storage", heard);
  return () => window.removeEventListener("storage", heard);
}

/** How an exchange ended: `gone` where the login is over, `later` without an answer. */
export type Renewal = "renewed" | "gone" | "later";

/** Exchange the tokens, unless somebody did since `used` was the access token. */
export async function renewTokens(used: string | undefined): Promise<Renewal> {
  return once(LOCK, async () => {
    kept = stored() ?? kept ?? null;
    const before = kept;
    if (before === null) return "gone";
    if (before.access_token !== used) return "renewed";
    const answer = await request<Login>("POST", "/auth/refresh", {
      token: before.refresh_token,
    });
    if (answer.ok) {
      keepLogin(answer.data, before.galaxy);
      return "renewed";
    }
    return isOver(answer.error.code) ? "gone" : "later";
  });
}

function isOver(code: string): boolean {
  return code === "unauthenticated" || code === "banned" || code === "not_found";
}

function stored(): Tokens | null {
  try {
    const text = localStorage.getItem(KEY);
    return text === null ? null : (JSON.parse(text) as Tokens);
  } catch {
    return null;
  }
}
