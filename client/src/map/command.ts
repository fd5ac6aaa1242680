/** Give orders: send what an offer holds, and tell what came of it. */

import { send, serverNow } from "../sync";
import type { Fleet } from "../sync/empire";
import type { Ack } from "../sync/refusal";
import { mapStore, report } from "./mapStore";
import type { GroupOffer, Offer, Wire } from "./offers";
import type { Preview } from "./preview";

/** Corrections shorter than this are the network's, and not worth a word; in ms. */
const CORRECTION_MS_MIN = 1_000;

/** Let all fleets of a group do what they are offered. */
export function giveGroup(
  group: Pick<GroupOffer, "offers" | "refusal">,
  name?: string,
): void {
  const { offers, refusal } = group;
  const order = name ?? offers[0]?.offer.order ?? "move";
  if (refusal !== undefined) {
    const fleet = offers.map((one) => one.fleet.name).join(", ");
    report({ fleet, order, error: { code: refusal, message: refusal } });
    return;
  }
  for (const { fleet, offer } of offers) void give(fleet, offer, order);
}

/** Let a fleet do what it is offered; what follows waits for what comes before. */
async function give(fleet: Fleet, offer: Offer, name: string): Promise<void> {
  const foreseen = previewOf(fleet.id);
  mapStore.setState({ previews: [], menu: null });
  for (const [index, wire] of offer.commands.entries()) {
    const isLast = index === offer.commands.length - 1;
    const ack = await send(wire.name, withForecast(wire, foreseen));
    if (ack.ok && !isLast) continue;
    tell(fleet, name, ack);
    return;
  }
}

/** Send one command about a fleet that needs no place. */
export async function order(fleet: Fleet, name: string, wire: Wire): Promise<void> {
  tell(fleet, name, await send(wire.name, wire.data));
}

/** Add when the fleet is thought to arrive: the server says how far off that was. */
export function withForecast(wire: Wire, foreseen: Preview | undefined): Wire["data"] {
  if (wire.name !== "fleets.move" || foreseen === undefined) return wire.data;
  const end = foreseen.path.at(-1);
  const to = wire.data.to as { x: number; y: number } | undefined;
  const isSame =
    end !== undefined &&
    to !== undefined &&
    Math.hypot(end.x - to.x, end.y - to.y) < 0.01;
  if (!isSame || foreseen.refusal !== undefined || wire.data.queue) return wire.data;
  return {
    ...wire.data,
    predicted_arrival_ms: Math.round(serverNow() + foreseen.travel_ms),
  };
}

function previewOf(fleet: string): Preview | undefined {
  return mapStore.getState().previews.find((one) => one.fleet === fleet);
}

function tell(fleet: Fleet, name: string, ack: Ack): void {
  const about = { fleet: fleet.name, order: name };
  if (!ack.ok) {
    report({ ...about, error: ack.error });
    return;
  }
  const { arrive_ms, corrected_ms, battle, queued } = ack.result;
  const isOff =
    typeof corrected_ms === "number" && Math.abs(corrected_ms) >= CORRECTION_MS_MIN;
  report({
    ...about,
    ...(typeof arrive_ms === "number" ? { arrive_ms } : {}),
    ...(isOff ? { corrected_ms } : {}),
    ...(typeof battle === "string" ? { battle } : {}),
    ...(queued !== undefined ? { isQueued: true } : {}),
  });
}
