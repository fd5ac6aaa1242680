/** Say what is wrong with a field: before it is sent, and as the server said. */
import type { Refusal } from "../sync";

export const USERNAME_LENGTH = { min: 3, max: 32 };
export const PASSWORD_LENGTH = { min: 8, max: 128 };

/** Name a flaw by its key in the texts, or show what the server wrote as it is. */
export type Flaw =
  | { readonly key: FlawKey; readonly min?: number; readonly max?: number }
  | { readonly said: string };

export type FlawKey =
  | "flaw_required"
  | "flaw_length"
  | "flaw_characters"
  | "flaw_script"
  | "flaw_plainer"
  | "flaw_email";

export type Field = "username" | "password" | "email";
export type Flaws = Readonly<Partial<Record<Field, Flaw>>>;

const NAME = /^[\p{L}\p{M}\p{Nd}_-]*$/u;

/** What the server writes of a field, in English -> how the texts call it. */
const SAID: readonly (readonly [RegExp, FlawKey])[] = [
  [/letters, digits/, "flaw_characters"],
  [/one script/, "flaw_script"],
  [/plainer form/, "flaw_plainer"],
  [/email/i, "flaw_email"],
  [/required/i, "flaw_required"],
];

/** Check what a new account is made from. */
export function flawsOf(username: string, password: string): Flaws {
  const name = nameFlaw(username);
  const secret = lengthFlaw(password, PASSWORD_LENGTH);
  return {
    ...(name === undefined ? {} : { username: name }),
    ...(secret === undefined ? {} : { password: secret }),
  };
}

/** Read the flaws of a refusal's fields. */
export function flawsIn(error: Refusal | null): Flaws {
  const fields = Object.entries(error?.fields ?? {});
  const flaws = fields.map(([field, said]) => [
    field,
    saidFlaw(field, String(said[0])),
  ]);
  return Object.fromEntries(flaws);
}

/** Lead whoever filled in a form to the first field that has a flaw. */
export function focusFlaw(form: HTMLFormElement, flaws: Flaws): void {
  const [first] = Object.keys(flaws);
  const field = first === undefined ? null : form.elements.namedItem(first);
  if (field instanceof HTMLElement) field.focus();
}

function nameFlaw(name: string): Flaw | undefined {
  const length = lengthFlaw(name, USERNAME_LENGTH);
  if (length !== undefined) return length;
  return NAME.test(name) ? undefined : { key: "flaw_characters" };
}

function lengthFlaw(
  value: string,
  bounds: { min: number; max: number },
): Flaw | undefined {
  const length = [...value].length;
  if (length === 0) return { key: "flaw_required" };
  const isFit = length >= bounds.min && length <= bounds.max;
  return isFit ? undefined : { key: "flaw_length", ...bounds };
}

function saidFlaw(field: string, said: string): Flaw {
  const known = SAID.find(([pattern]) => pattern.test(said));
  if (known !== undefined) return { key: known[1] };
  if (!/characters long|length/i.test(said)) return { said };
  const bounds = field === "username" ? USERNAME_LENGTH : PASSWORD_LENGTH;
  return { key: "flaw_length", ...bounds };
}
