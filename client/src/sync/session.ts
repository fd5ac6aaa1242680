import { createStore } from "zustand/vanilla";
import { http } from "./http";
import type { Answer, Refusal } from "./refusal";
import { request } from "./request";
import { keepLogin, keepTokens, type Login, tokens } from "./tokens";

export interface Session {
  readonly status: "unknown" | "out" | "no_empire" | "in";
  readonly player: { readonly id: string; readonly username: string } | null;
  readonly galaxy: string;
  /** Why the last session ended, where the player didn't end it. */
  readonly ended: "expired" | "banned" | null;
}

export type Done =
  | { readonly ok: true }
  | { readonly ok: false; readonly error: Refusal };

/** How long until the server is asked again who we are. */
const AGAIN_MS = 3_000;

const OUT: Session = { status: "out", player: null, galaxy: "", ended: null };

export const session = createStore<Session>(() => ({ ...OUT, status: "unknown" }));

interface Me {
  readonly player: { readonly id: string; readonly username: string };
  readonly empires: readonly { readonly galaxy: string }[];
}

/** Take up what this browser keeps: who is logged in, and where they play. */
export async function resumeSession(): Promise<void> {
  const kept = tokens();
  if (kept === null) {
    session.setState({ status: "out", player: null, galaxy: "" });
    return;
  }
  const { player, galaxy } = kept;
  if (galaxy !== undefined) {
    session.setState({ status: "in", player, galaxy, ended: null });
    return;
  }
  const found = await findEmpire();
  const isLater = !found.ok && session.getState().status === "unknown";
  if (isLater) setTimeout(() => void resumeSession(), AGAIN_MS);
}

/** Look whether the player has an empire; joins nothing. */
async function findEmpire(): Promise<Answer<Me>> {
  const answer = await http.get<Me>("/me");
  if (answer.ok) {
    const galaxy = answer.data.empires[0]?.galaxy;
    const { player } = answer.data;
    if (galaxy === undefined) session.setState({ status: "no_empire", player });
    else played(galaxy);
  } else if (answer.error.code === "unauthenticated") {
    endSession("expired");
  }
  return answer;
}

function played(galaxy: string): void {
  const kept = tokens();
  if (kept === null) return;
  keepTokens({ ...kept, galaxy });
  session.setState({ status: "in", player: kept.player, galaxy, ended: null });
}

/** Log in by name and password. */
export async function login(username: string, password: string): Promise<Done> {
  const body = { username, password };
  const answer = await request<Login>("POST", "/auth/login", { body });
  if (!answer.ok) return answer;
  keepLogin(answer.data);
  session.setState({ player: answer.data.player, ended: null });
  const found = await findEmpire();
  if (found.ok) return { ok: true };
  endSession(null);
  return found;
}

/** Make an account, and found an empire at once where there is only one galaxy. */
export async function register(
  username: string,
  password: string,
  email?: string,
): Promise<Done> {
  const body = { username, password, ...(email ? { email } : {}) };
  const answer = await request<Login>("POST", "/auth/register", { body });
  if (!answer.ok) return answer;
  keepLogin(answer.data);
  session.setState({ player: answer.data.player, ended: null });
  const galaxies = await http.get<readonly { readonly id: string }[]>("/galaxies");
  const only = galaxies.ok && galaxies.data.length === 1 ? galaxies.data[0] : undefined;
  if (only !== undefined && (await joinGalaxy(only.id)).ok) return { ok: true };
  session.setState({ status: "no_empire" });
  return { ok: true };
}

/** Found an empire in a galaxy; where there is one already, go there. */
export async function joinGalaxy(galaxy: string): Promise<Done> {
  const answer = await http.post<unknown>(`/galaxies/${galaxy}/join`);
  if (!answer.ok) return answer;
  played(galaxy);
  return { ok: true };
}

/** End every login of the player, in this browser at once, whatever the server says. */
export async function logout(): Promise<void> {
  const token = tokens()?.access_token;
  endSession(null);
  if (token !== undefined) await request("POST", "/auth/logout", { token });
}

/** Forget who was logged in. */
export function endSession(ended: Session["ended"]): void {
  keepTokens(null);
  session.setState({ ...OUT, ended });
}

/** The server knows no empire of the player there. */
export function loseEmpire(): void {
  const kept = tokens();
  if (kept === null) return;
  const { galaxy: _gone, ...rest } = kept;
  keepTokens(rest);
  session.setState({ status: "no_empire", galaxy: "" });
}
