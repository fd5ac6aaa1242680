import { describe, expect, it } from "vitest";
import { catalogue } from "./catalogue";
import type { Strings } from "./shape";

const PLURALS = /_(zero|one|two|few|many|other)$/;
const NAMESPACES = Object.entries(catalogue);

function leaves(strings: Strings, under = ""): readonly (readonly [string, string])[] {
  return Object.entries(strings).flatMap(([key, value]) =>
    typeof value === "string"
      ? [[under + key, value] as const]
      : leaves(value, `${under}${key}.`),
  );
}

function variables(text: string): readonly string[] {
  const found = [...text.matchAll(/\{\{\s*([\w.]+)[^}]*\}\}/g)];
  return [...new Set(found.map(([, name]) => name ?? ""))].sort();
}

describe.each(NAMESPACES)("the strings of %s", (_name, { en, de }) => {
  const english = leaves(en);
  const german = new Map(leaves(de));

  it("have the same keys in both languages", () => {
    expect([...german.keys()].sort()).toEqual(english.map(([key]) => key).sort());
  });

  it("are nowhere empty", () => {
    const empty = [...english, ...german].filter(([, text]) => text.trim() === "");
    expect(empty).toEqual([]);
  });

  it("name the same variables in both languages", () => {
    for (const [key, text] of english) {
      const wanted = variables(text);
      const given = variables(german.get(key) ?? "");
      if (!PLURALS.test(key)) expect([key, ...given]).toEqual([key, ...wanted]);
    }
  });
});
