import { Button } from "@mantine/core";
import { IconBellOff, IconChecks } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { markRead, useFeed } from "../sync";
import { EmptyState, Page, Panel } from "../ui";
import { FILTERS, type Filter, filtered } from "./kinds";
import { Messages } from "./Messages";
import classes from "./notifications.module.css";

/** List what happened to the empire, to be looked through and marked as read. */
export default function NotificationsPage() {
  const { t } = useTranslation("notifications");
  const all = useFeed();
  const [filter, setFilter] = useState<Filter>("all");
  const shown = filtered(all, filter);
  const hasUnread = all.some((one) => !one.isRead);
  return (
    <Page
      title={t("title")}
      lead={t("lead")}
      actions={
        <Button
          variant="default"
          leftSection={<IconChecks size={16} />}
          disabled={!hasUnread}
          onClick={() => markRead()}
        >
          {t("mark_all")}
        </Button>
      }
    >
      <FilterBar all={all} filter={filter} onFilter={setFilter} />
      <Panel>
        {shown.length > 0 ? (
          <Messages messages={shown} />
        ) : (
          <Nothing isFiltered={all.length > 0} onAll={() => setFilter("all")} />
        )}
      </Panel>
    </Page>
  );
}

interface FilterBarProps {
  all: ReturnType<typeof useFeed>;
  filter: Filter;
  onFilter: (filter: Filter) => void;
}

function FilterBar({ all, filter, onFilter }: FilterBarProps) {
  const { t } = useTranslation("notifications");
  return (
    <fieldset className={classes.filters}>
      <legend className="gd-unseen">{t("filter")}</legend>
      {FILTERS.map((one) => (
        <button
          key={one}
          type="button"
          className={classes.filter}
          aria-pressed={one === filter}
          onClick={() => onFilter(one)}
        >
          {t(`filters.${one}`)}
          <span className={classes.filterCount}>{filtered(all, one).length}</span>
        </button>
      ))}
    </fieldset>
  );
}

function Nothing({ isFiltered, onAll }: { isFiltered: boolean; onAll: () => void }) {
  const { t } = useTranslation("notifications");
  const action = isFiltered ? (
    <Button variant="default" onClick={onAll}>
      {t("show_all")}
    </Button>
  ) : (
    <Button component={Link} href="/colonies">
      {t("to_colony")}
    </Button>
  );
  return (
    <EmptyState
      icon={<IconBellOff size={28} />}
      title={t("empty_title")}
      text={t(isFiltered ? "empty_filtered" : "empty_text")}
      action={action}
    />
  );
}
