/** What is to be done once the next page shows its heading; at most one thing. */
let next: (() => void) | null = null;

/** Do something once the next page is there; a later wish replaces it. */
export function afterArrival(then: () => void): void {
  next = then;
}

/** Say that a page has shown its heading, and that the heading has had the focus. */
export function arrived(): void {
  const then = next;
  next = null;
  then?.();
}
