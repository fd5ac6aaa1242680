import {
  IconArrowsSort,
  IconSortAscending,
  IconSortDescending,
} from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import classes from "./ui.module.css";

export interface Column<Row> {
  id: string;
  title: string;
  /** What stands in the cell. */
  cell: (row: Row) => ReactNode;
  /** What rows are sorted by; without it the column doesn't sort. */
  by?: (row: Row) => number | string;
  align?: "start" | "end";
  /** Left out on narrow screens. */
  minor?: boolean;
}

interface DataTableProps<Row> {
  /** What the table holds, read aloud. */
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  /** Stands in place of rows where there are none. */
  empty?: ReactNode;
  /** Marks a row as one's own. */
  isMarked?: (row: Row) => boolean;
}

interface Sorting {
  id: string;
  falls: boolean;
}

/** Show rows in a table that sorts by its heads and scrolls in itself. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { label, columns, rows, rowKey, empty, isMarked } = props;
  const { t } = useTranslation("ui");
  const [sorting, setSorting] = useState<Sorting | null>(null);
  if (rows.length === 0) return <>{empty ?? t("nothing")}</>;
  const sort = (id: string) =>
    setSorting((now) => ({ id, falls: now?.id === id ? !now.falls : true }));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must take keys
    <section className={classes.tableFrame} aria-label={label} tabIndex={0}>
      <table className={classes.table} aria-label={label}>
        <thead>
          <tr>
            {columns.map((column) => (
              <Head key={column.id} column={column} sorting={sorting} onSort={sort} />
            ))}
          </tr>
        </thead>
        <tbody>
          {sorted(rows, columns, sorting).map((row) => (
            <tr key={rowKey(row)} data-marked={isMarked?.(row) || undefined}>
              {columns.map(({ id, cell, align, minor }) => (
                <td key={id} data-align={align} data-minor={minor || undefined}>
                  {cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

interface HeadProps<Row> {
  column: Column<Row>;
  sorting: Sorting | null;
  onSort: (id: string) => void;
}

function Head<Row>({ column, sorting, onSort }: HeadProps<Row>) {
  const { t } = useTranslation("ui");
  const { id, title, by, align, minor } = column;
  const now = sorting?.id === id ? sorting : null;
  const order = now ? (now.falls ? "descending" : "ascending") : "none";
  const Icon = now
    ? now.falls
      ? IconSortDescending
      : IconSortAscending
    : IconArrowsSort;
  return (
    <th
      scope="col"
      data-align={align}
      data-minor={minor || undefined}
      aria-sort={by ? order : undefined}
    >
      {by ? (
        <button
          type="button"
          className={classes.sort}
          onClick={() => onSort(id)}
          title={t("sort_by", { column: title })}
        >
          {title}
          <Icon size={14} aria-hidden="true" />
        </button>
      ) : (
        title
      )}
    </th>
  );
}

/** Sort rows by a column; rows that are equal keep their order. */
export function sorted<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  sorting: Sorting | null,
): readonly Row[] {
  const by = columns.find(({ id }) => id === sorting?.id)?.by;
  if (!by || !sorting) return rows;
  const sign = sorting.falls ? -1 : 1;
  return [...rows].sort((one, other) => sign * compare(by(one), by(other)));
}

function compare(one: number | string, other: number | string): number {
  if (typeof one === "number" && typeof other === "number") return one - other;
  return String(one).localeCompare(String(other));
}
