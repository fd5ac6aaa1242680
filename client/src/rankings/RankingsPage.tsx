import { Button, SegmentedControl } from "@mantine/core";
import { IconChevronLeft, IconChevronRight, IconTrophy } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useLocation, useSearchParams } from "wouter";
import { useSession } from "../sync";
import { EmptyState, Page, Panel } from "../ui";
import { OwnRank } from "./OwnRank";
import classes from "./Rankings.module.css";
import { RankingTable } from "./RankingTable";
import {
  BOARDS,
  type Board,
  boardOf,
  hasMore,
  PAGE_LINES,
  pageOf,
  type Ranking,
} from "./ranking";
import { useRanking } from "./useRanking";

/** Where to go for points of each ranking. */
const WAYS: Readonly<Record<Board, string>> = {
  power: "/colonies",
  battles: "/map",
  arenas: "/arenas",
};

/** Show the rankings: the best, and who is around the player. */
export default function RankingsPage() {
  const { t } = useTranslation("rankings");
  const [search, setSearch] = useSearchParams();
  const board = boardOf(search.get("board"));
  const choose = (name: string) => setSearch({ board: name }, { replace: true });
  return (
    <Page title={t("title")} lead={t(`about.${board}`)}>
      <SegmentedControl
        className={classes.boards}
        aria-label={t("boards")}
        value={board}
        onChange={choose}
        data={BOARDS.map((name) => ({ value: name, label: t(`board.${name}`) }))}
      />
      <BoardPanels key={board} board={board} />
    </Page>
  );
}

function BoardPanels({ board }: { board: Board }) {
  const { t } = useTranslation("rankings");
  const { player, galaxy } = useSession();
  const [page, setPage] = useState(0);
  const { ranking, error } = useRanking(board, galaxy, page);
  const me = player?.id ?? "";
  const from = page * PAGE_LINES + 1;
  const title =
    page === 0 ? t("top") : t("places", { from, to: from + PAGE_LINES - 1 });
  return (
    <>
      {error && (
        <p role="status" className={classes.failed}>
          {t("failed")}
        </p>
      )}
      {ranking && (
        <OwnRank
          board={board}
          ranking={ranking}
          player={me}
          onShow={(rank) => setPage(pageOf(rank))}
        />
      )}
      <div className={classes.panels}>
        <Panel title={title} icon={<IconTrophy size={18} />} aria-busy={!ranking}>
          {ranking && ranking.lines.length === 0 && page === 0 ? (
            <NobodyYet board={board} />
          ) : (
            <RankingTable
              label={`${t(`board.${board}`)}: ${title}`}
              board={board}
              me={me}
              lines={ranking?.lines}
            />
          )}
          <Pager page={page} ranking={ranking} onTurn={setPage} />
        </Panel>
        {ranking && ranking.around_me.length > 0 && (
          <Panel title={t("around")}>
            <RankingTable
              label={`${t(`board.${board}`)}: ${t("around")}`}
              board={board}
              me={me}
              lines={ranking.around_me}
            />
          </Panel>
        )}
      </div>
    </>
  );
}

interface PagerProps {
  page: number;
  ranking: Ranking | null;
  onTurn: (page: number) => void;
}

function Pager({ page, ranking, onTurn }: PagerProps) {
  const { t } = useTranslation("rankings");
  const isLast = ranking !== null && !hasMore(ranking);
  if (page === 0 && (isLast || ranking === null)) return null;
  return (
    <nav className={classes.pager} aria-label={t("rank")}>
      <Button
        variant="default"
        leftSection={<IconChevronLeft size={16} />}
        disabled={page === 0}
        onClick={() => onTurn(page - 1)}
      >
        {t("before")}
      </Button>
      {page > 1 && (
        <Button variant="subtle" onClick={() => onTurn(0)}>
          {t("show_top")}
        </Button>
      )}
      <Button
        variant="default"
        rightSection={<IconChevronRight size={16} />}
        disabled={isLast || ranking === null}
        onClick={() => onTurn(page + 1)}
      >
        {t("behind")}
      </Button>
    </nav>
  );
}

function NobodyYet({ board }: { board: Board }) {
  const { t } = useTranslation("rankings");
  const [, go] = useLocation();
  return (
    <EmptyState
      icon={<IconTrophy />}
      title={t("empty_title")}
      text={t(`empty.${board}`)}
      action={
        <Button component={Link} href={WAYS[board]} onClick={() => go(WAYS[board])}>
          {t(`go.${board}`)}
        </Button>
      }
    />
  );
}
