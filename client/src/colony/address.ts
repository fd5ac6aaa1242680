/** What changes an address; links within a page do so by history alone. */
const CHANGES = ["hashchange", "popstate", "pushState", "replaceState"];

/** Give the part of the address after its hash sign. */
export function hashOf(): string {
  return decodeURIComponent(window.location.hash.slice(1));
}

/** Call a listener whenever the address changes; gives what ends it. */
export function onAddress(listener: () => void): () => void {
  for (const change of CHANGES) window.addEventListener(change, listener);
  return () => {
    for (const change of CHANGES) window.removeEventListener(change, listener);
  };
}
