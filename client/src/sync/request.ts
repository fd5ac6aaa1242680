import { type Answer, type Refusal, unavailable } from "./refusal";

const API = "/api/v1";
const PATIENCE_MS = 15_000;

export type Method = "GET" | "POST" | "DELETE";

/** Hold what a request sends beside its path. */
export interface Sent {
  readonly body?: unknown;
  readonly token?: string | undefined;
}

/** Ask the server over HTTP once. Never throws: silence is a refusal as well. */
export async function request<T>(
  method: Method,
  path: string,
  sent: Sent = {},
): Promise<Answer<T>> {
  try {
    const response = await fetch(API + path, {
      method,
      headers: headersOf(sent),
      signal: AbortSignal.timeout(PATIENCE_MS),
      ...(sent.body === undefined ? {} : { body: JSON.stringify(sent.body) }),
    });
    return await answerOf<T>(response);
  } catch {
    return { ok: false, error: unavailable() };
  }
}

function headersOf({ body, token }: Sent): Record<string, string> {
  return {
    Accept: "application/json",
    ...(body === undefined ? {} : { "Content-Type": "application/json" }),
    ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
  };
}

async function answerOf<T>(response: Response): Promise<Answer<T>> {
  const text = await response.text();
  const isJson = response.headers.get("Content-Type")?.includes("json") ?? false;
  const body: unknown = isJson && text !== "" ? JSON.parse(text) : undefined;
  if (response.ok) return { ok: true, data: body as T };
  return { ok: false, error: refusalOf(response, body) };
}

/** Read a problem; a proxy's error page is none, and says only its status. */
function refusalOf(response: Response, body: unknown): Refusal {
  const isProblem = typeof body === "object" && body !== null && "code" in body;
  if (isProblem) return { ...(body as Refusal), status: response.status };
  const isAway = response.status >= 502 && response.status <= 504;
  const code = isAway ? "unavailable" : "internal";
  return { code, message: response.statusText, status: response.status };
}
