/// <reference types="node" />
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { expect, it } from "vitest";
import imported from "./mantine.ts?raw";

const PACKAGE = resolve("node_modules/@mantine/core");

function files(under: string): readonly string[] {
  const found = readdirSync(under, { recursive: true, encoding: "utf8" });
  return found.map((name) => join(under, name));
}

/** Name what our code takes from Mantine. */
function used(): ReadonlySet<string> {
  const names = files("src")
    .filter((name) => name.endsWith(".tsx"))
    .flatMap((name) => [
      ...readFileSync(name, "utf8").matchAll(
        /import\s*\{([^}]*)\}\s*from "@mantine\/core"/g,
      ),
    ])
    .flatMap(([, list]) => (list ?? "").split(","))
    .map((name) => name.trim())
    .filter((name) => name !== "" && !name.startsWith("type "));
  return new Set([...names, "Notification"]);
}

/** Name the styles that a component's module takes, and those of what it builds on. */
function styles(module: string, seen: Set<string>, found: Set<string>): void {
  if (seen.has(module) || !existsSync(module)) return;
  seen.add(module);
  const style = /([A-Z]\w+)\.module\.mjs$/.exec(module)?.[1];
  if (style) found.add(style);
  for (const [, path] of readFileSync(module, "utf8").matchAll(/from "(\.[^"]+)"/g)) {
    styles(resolve(dirname(module), path ?? ""), seen, found);
  }
}

it("imports the styles of every part of Mantine that is used", () => {
  const parts = used();
  const found = new Set<string>();
  const seen = new Set<string>();
  for (const module of files(join(PACKAGE, "esm/components"))) {
    const name = /(\w+)\.mjs$/.exec(module)?.[1];
    if (name && parts.has(name)) styles(module, seen, found);
  }
  expect(found.size).toBeGreaterThan(20);
  const isThere = (name: string) =>
    imported.includes(`/${name}.css`) ||
    !existsSync(join(PACKAGE, `styles/${name}.css`));
  expect([...found].filter((name) => !isThere(name))).toEqual([]);
});
