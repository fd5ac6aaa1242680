import { useEffect, useState } from "react";
import { http, type Refusal } from "../sync";
import { type Board, pathOf, type Ranking } from "./ranking";

/** How often a ranking is read again while it is looked at. */
const REFRESH_MS = 30_000;

export interface RankingRead {
  /** What was read last, of this board and page; kept while it is read again. */
  readonly ranking: Ranking | null;
  /** Why reading failed the last time; what was read before stays. */
  readonly error: Refusal | null;
}

const NOTHING: RankingRead = { ranking: null, error: null };

/** Read a page of a ranking, and again now and then while the page is visible. */
export function useRanking(board: Board, galaxy: string, page: number): RankingRead {
  const path = pathOf(board, galaxy, page);
  const [read, setRead] = useState({ path, ...NOTHING });
  useEffect(() => {
    let isWanted = true;
    const refresh = async () => {
      if (document.hidden) return;
      const answer = await http.get<Ranking>(path);
      if (!isWanted) return;
      setRead((before) => {
        const known = before.path === path ? before.ranking : null;
        return answer.ok
          ? { path, ranking: answer.data, error: null }
          : { path, ranking: known, error: answer.error };
      });
    };
    void refresh();
    const timer = setInterval(refresh, REFRESH_MS);
    return () => {
      isWanted = false;
      clearInterval(timer);
    };
  }, [path]);
  return read.path === path ? read : NOTHING;
}
