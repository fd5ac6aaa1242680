import type { Answer } from "./refusal";
import { type Method, request } from "./request";
import { renewTokens, tokens } from "./tokens";

/** Ask with the session's token; one that ran out is exchanged once. */
async function asked<T>(
  method: Method,
  path: string,
  body?: unknown,
): Promise<Answer<T>> {
  const token = tokens()?.access_token;
  const answer = await request<T>(method, path, { body, token });
  if (answer.ok || answer.error.code !== "unauthenticated" || token === undefined) {
    return answer;
  }
  if ((await renewTokens(token)) !== "renewed") return answer;
  return request<T>(method, path, { body, token: tokens()?.access_token });
}

/** Speak to the REST API under `/api/v1`; `path` begins with a slash. Never throws. */
export const http = {
  get: <T>(path: string): Promise<Answer<T>> => asked<T>("GET", path),
  post: <T>(path: string, body?: unknown): Promise<Answer<T>> =>
    asked<T>("POST", path, body),
  delete: <T>(path: string, body?: unknown): Promise<Answer<T>> =>
    asked<T>("DELETE", path, body),
};
