/**
 * Show what the empire will be once the server has done what was asked of it: the
 * confirmed view with the pending commands played over it, in their order.
 */
import type { Empire } from "./empire";
import type { Pending } from "./pending";
import { PREDICTIONS } from "./predictions";
import type { Rules } from "./rules";

/**
 * Play pending commands over a confirmed view. What they change carries `pending`.
 *
 * Each is played as of the time when it was given, or when the server says that it did
 * it, so that playing it again over a later view gives the same. None is played before
 * `now_ms`: a clock that was corrected must not pay from the future.
 */
export function predict(
  empire: Empire,
  pending: readonly Pending[],
  now_ms: number,
  rules: Rules,
): Empire {
  return pending.reduce((one, command) => {
    if (command.isEchoed) return one;
    const given = { ...command, at_ms: Math.min(command.at_ms, now_ms) };
    return PREDICTIONS[command.name]?.play(one, given, rules) ?? one;
  }, empire);
}
