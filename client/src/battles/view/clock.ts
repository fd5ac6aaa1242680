/** Write a tick of 100 ms as time since the battle began: 83 s are `1:23`. */
export function clockOf(tick: number): string {
  const seconds = Math.floor(tick / 10);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
