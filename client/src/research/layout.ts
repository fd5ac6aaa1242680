/** What the layout needs to know of a technology. */
export interface TechnologyPlace {
  readonly branch: string;
  readonly requires: { readonly technologies: Readonly<Record<string, number>> };
}

export type Tree = Readonly<Record<string, TechnologyPlace>>;

export interface PlacedNode {
  readonly id: string;
  readonly branch: string;
  /** Columns count what must be known before; rows go down through the branches. */
  readonly column: number;
  readonly row: number;
}

export interface Edge {
  readonly from: string;
  readonly to: string;
  /** Level of `from` that `to` needs. */
  readonly level: number;
}

export interface Lane {
  readonly branch: string;
  readonly row: number;
  readonly rows: number;
}

export interface TreeLayout {
  readonly nodes: readonly PlacedNode[];
  readonly edges: readonly Edge[];
  readonly lanes: readonly Lane[];
  readonly columns: number;
  readonly rows: number;
}

export const BRANCHES = ["economy", "military", "expansion", "diplomacy"] as const;

/** Place technologies: columns by depth, a lane of rows for each branch. */
export function layOut(tree: Tree): TreeLayout {
  const depths = depthsOf(tree);
  const nodes: PlacedNode[] = [];
  const lanes: Lane[] = [];
  let row = 0;
  for (const branch of branchesOf(tree)) {
    const placed = laneOf(tree, depths, { branch, row, known: nodes });
    const rows = Math.max(...placed.map((one) => one.row)) - row + 1;
    nodes.push(...placed);
    lanes.push({ branch, row, rows });
    row += rows;
  }
  const columns = Math.max(0, ...depths.values()) + 1;
  return { nodes, edges: edgesOf(tree), lanes, columns, rows: row };
}

/** Give how many steps of prerequisites lie before each technology. */
export function depthsOf(tree: Tree): ReadonlyMap<string, number> {
  const depths = new Map<string, number>();
  const depthOf = (id: string, trail: readonly string[]): number => {
    const known = depths.get(id);
    if (known !== undefined) return known;
    // A circle can't be climbed: whoever stands in one counts as its beginning.
    if (trail.includes(id)) return 0;
    const before = Object.keys(tree[id]?.requires.technologies ?? {});
    const below = before.map((one) => depthOf(one, [...trail, id]) + 1);
    const depth = Math.max(0, ...below);
    depths.set(id, depth);
    return depth;
  };
  for (const id of Object.keys(tree)) depthOf(id, []);
  return depths;
}

function branchesOf(tree: Tree): string[] {
  const present = new Set(Object.values(tree).map((one) => one.branch));
  const known: string[] = BRANCHES.filter((branch) => present.has(branch));
  return [...known, ...[...present].filter((branch) => !known.includes(branch))];
}

function edgesOf(tree: Tree): Edge[] {
  return Object.entries(tree).flatMap(([to, { requires }]) =>
    Object.entries(requires.technologies).map(([from, level]) => ({ from, to, level })),
  );
}

interface LaneStart {
  readonly branch: string;
  readonly row: number;
  readonly known: readonly PlacedNode[];
}

/** Place a branch, column by column: each node as near to what it needs as is free. */
function laneOf(
  tree: Tree,
  depths: ReadonlyMap<string, number>,
  { branch, row, known }: LaneStart,
): PlacedNode[] {
  const ids = Object.keys(tree).filter((id) => tree[id]?.branch === branch);
  const columnOf = (id: string) => depths.get(id) ?? 0;
  const rows = Array.from({ length: tallest(ids.map(columnOf)) }, (_, i) => row + i);
  const placed: PlacedNode[] = [];
  for (let column = 0; column <= Math.max(...ids.map(columnOf)); column++) {
    const here = ids
      .filter((id) => columnOf(id) === column)
      .map((id) => ({ id, wish: wishOf(tree, id, rows, [...known, ...placed]) }))
      .sort((a, b) => a.wish - b.wish);
    const free = [...rows];
    for (const [index, { id, wish }] of here.entries()) {
      const place = nearest(free, wish, here.length - index - 1);
      placed.push({ id, branch, column, row: place });
      free.splice(0, free.indexOf(place) + 1);
    }
  }
  return placed;
}

/** Give the row that a node would like: between what it needs, within its lane. */
function wishOf(
  tree: Tree,
  id: string,
  rows: readonly number[],
  placed: readonly PlacedNode[],
): number {
  const [top = 0, bottom = top] = [rows[0], rows.at(-1)];
  const needed = Object.keys(tree[id]?.requires.technologies ?? {});
  const near = placed
    .filter((one) => needed.includes(one.id))
    .map((one) => Math.min(bottom, Math.max(top, one.row)));
  if (near.length === 0) return top;
  return near.reduce((sum, one) => sum + one, 0) / near.length;
}

/** Choose the free row nearest to a wish that leaves `left` rows below it. */
function nearest(free: readonly number[], wish: number, left: number): number {
  const allowed = free.slice(0, free.length - left);
  return allowed.reduce((best, one) =>
    Math.abs(one - wish) < Math.abs(best - wish) ? one : best,
  );
}

function tallest(columns: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const column of columns) counts.set(column, (counts.get(column) ?? 0) + 1);
  return Math.max(...counts.values());
}
