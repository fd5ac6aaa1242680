/** Let one tab of this browser at a time do something. */

const LEASE_MS = 20_000;
const LOOK_MS = 150;
const LOOKS_MAX = 100;

/**
 * Run `work` while no other tab runs it under the same name.
 *
 * Web Locks exist in secure contexts only; on plain HTTP a lease in localStorage stands
 * in, which ends by itself where a tab was closed in the middle.
 */
export async function once<T>(name: string, work: () => Promise<T>): Promise<T> {
  const { locks } = navigator as { readonly locks?: LockManager | null };
  if (locks) return (await locks.request(name, work)) as T;
  const mine = `${Math.random()}`;
  await leased(name, mine);
  try {
    return await work();
  } finally {
    release(name, mine);
  }
}

async function leased(name: string, mine: string): Promise<void> {
  for (let look = 0; look < LOOKS_MAX; look++) {
    if (take(name, mine)) {
      await pause(LOOK_MS * Math.random());
      if (holder(name) === mine) return;
    }
    await pause(LOOK_MS);
  }
}

function take(name: string, mine: string): boolean {
  if (holder(name) !== undefined) return false;
  const lease = JSON.stringify({ mine, until_ms: Date.now() + LEASE_MS });
  try {
    localStorage.setItem(name, lease);
  } catch {
    return true;
  }
  return true;
}

function holder(name: string): string | undefined {
  try {
    const lease: unknown = JSON.parse(localStorage.getItem(name) ?? "null");
    const { mine, until_ms } = lease as { mine: string; until_ms: number };
    return until_ms > Date.now() ? mine : undefined;
  } catch {
    return undefined;
  }
}

function release(name: string, mine: string): void {
  if (holder(name) === mine) localStorage.removeItem(name);
}

function pause(wait_ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, wait_ms));
}
