/** One line of a ranking, as the server tells it. */
export interface Line {
  readonly rank: number;
  readonly player: string;
  readonly username: string;
  readonly power?: number;
  readonly points?: number;
  readonly battles?: number;
  readonly victories?: number;
}

export interface Ranking {
  readonly name: string;
  readonly lines: readonly Line[];
  readonly around_me: readonly Line[];
}

export const BOARDS = ["power", "battles", "arenas"] as const;
export type Board = (typeof BOARDS)[number];

/** Lines of a page. */
export const PAGE_LINES = 25;
/** Pages that can be turned: as far as the server reads on. */
export const PAGES_MAX = 4_000;

/** Name where a page of a ranking is read, counting from page 0. */
export function pathOf(board: Board, galaxy: string, page: number): string {
  const query = new URLSearchParams({
    galaxy,
    limit: String(PAGE_LINES),
    offset: String(Math.min(page, PAGES_MAX) * PAGE_LINES),
  });
  return `/leaderboards/${board}?${query}`;
}

/** Tell which board a name of an address means; the first where it is none. */
export function boardOf(name: string | null): Board {
  return BOARDS.find((board) => board === name) ?? BOARDS[0];
}

/** Give what a line is ranked by. */
export function scoreOf(line: Line): number {
  return line.power ?? line.points ?? 0;
}

/** Give the own line; null where the player is not ranked. */
export function ownLine(ranking: Ranking, player: string): Line | null {
  const all = [...ranking.around_me, ...ranking.lines];
  return all.find((line) => line.player === player) ?? null;
}

/** Say whom to overtake next, and by how much; null for the first and the unranked. */
export function nextAhead(
  ranking: Ranking,
  player: string,
): { readonly line: Line; readonly short: number } | null {
  const own = ownLine(ranking, player);
  if (own === null) return null;
  const ahead = ranking.around_me.filter((line) => line.rank < own.rank).at(-1);
  if (ahead === undefined) return null;
  return { line: ahead, short: scoreOf(ahead) - scoreOf(own) + 1 };
}

/** Give the page that holds a rank. */
export function pageOf(rank: number): number {
  return Math.floor((rank - 1) / PAGE_LINES);
}

/** Tell whether there may be lines behind a page. */
export function hasMore(ranking: Ranking): boolean {
  return ranking.lines.length === PAGE_LINES;
}

/** Give the part of battles that were won, in whole percent; null before the first. */
export function winPercent(line: Line): number | null {
  if (!line.battles) return null;
  return Math.round(((line.victories ?? 0) * 100) / line.battles);
}
