// Fold broadcasts into snapshots with the client's own apply: a JSON line in, one out.
import { createInterface } from "node:readline";
import { apply } from "../../client/src/sync/apply.mjs";

for await (const line of createInterface({ input: process.stdin })) {
  const { early, events } = JSON.parse(line);
  console.log(JSON.stringify(events.reduce(apply, early)));
}
