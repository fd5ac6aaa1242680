import { vi } from "vitest";

interface Asked {
  readonly method: string;
  readonly path: string;
  readonly token: string | undefined;
  readonly body: unknown;
}

export interface FakeAnswer {
  readonly status?: number;
  readonly body?: unknown;
}

type Answering = (asked: Asked) => FakeAnswer | Promise<FakeAnswer> | undefined;

/** Answer requests as a server would; what isn't answered has no network. */
export function fakeFetch(answering: Answering): Asked[] {
  const asked: Asked[] = [];
  vi.stubGlobal("fetch", async (path: string, init: RequestInit) => {
    const headers = new Headers(init.headers);
    const one = {
      method: init.method ?? "GET",
      path: path.replace("/api/v1", ""),
      token: headers.get("Authorization")?.replace("Bearer ", ""),
      body: init.body === undefined ? undefined : JSON.parse(String(init.body)),
    };
    asked.push(one);
    const answer = await answering(one);
    if (answer === undefined) throw new TypeError("no network");
    const text = answer.body === undefined ? null : JSON.stringify(answer.body);
    const type = { "Content-Type": "application/json" };
    return new Response(text, { status: answer.status ?? 200, headers: type });
  });
  return asked;
}

/** Make the body of a problem. */
export function problem(status: number, code: string, more: object = {}): FakeAnswer {
  return { status, body: { code, message: code, status, ...more } };
}
