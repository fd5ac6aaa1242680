/** Reckon in integers: milli-units inside, units with three decimals outside. */
import type { Growth } from "../rules";

type Numbers = Readonly<Record<string, number>>;

const MILLI = 1_000;

/** Turn units into whole milli-units. */
export function milliOf(units: number): number {
  return Math.round(units * MILLI);
}

/** Turn milli-units into units. */
export function unitsOf(milli: number): number {
  return milli / MILLI;
}

/** Divide, rounding down. Both stay far below 2^53. */
export function divided(value: number, by: number): number {
  return Math.floor(value / by);
}

/**
 * Multiply a whole number by a fraction `steps` times, rounding down once at the end.
 *
 * In big integers: at high levels the product leaves what a float holds exactly.
 */
export function grown(base: number, growth: Growth, steps: number): number {
  const [times, by, far] = [BigInt(growth.times), BigInt(growth.by), BigInt(steps)];
  return Number((BigInt(base) * times ** far) / by ** far);
}

/** Change every amount. */
export function each(
  amounts: Numbers,
  change: (amount: number, name: string) => number,
): Record<string, number> {
  const changed = Object.entries(amounts).map(([name, amount]) => [
    name,
    change(amount, name),
  ]);
  return Object.fromEntries(changed);
}
