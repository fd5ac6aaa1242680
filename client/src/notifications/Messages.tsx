import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { useHour12 } from "../settings/preferences";
import { markRead, type Notification, useEmpire, useServerNow } from "../sync";
import { formatTime } from "../ui";
import { shownAs } from "./kinds";
import classes from "./notifications.module.css";
import { sentence } from "./sentence";

const MINUTE_MS = 60_000;

/** List notifications; each leads to what it speaks of, and is read by that. */
export function Messages({ messages }: { messages: readonly Notification[] }) {
  return (
    <ul className={classes.messages}>
      {messages.map((one) => (
        <Message key={one.id} message={one} />
      ))}
    </ul>
  );
}

function Message({ message }: { message: Notification }) {
  const { t } = useTranslation("notifications");
  const empire = useEmpire((all) => all);
  const now_ms = useServerNow(MINUTE_MS);
  const hour12 = useHour12();
  const { icon: Icon, isUrgent, leads } = shownAs(message);
  return (
    <li>
      <Link
        href={leads(message.data)}
        className={classes.message}
        data-unread={!message.isRead || undefined}
        data-urgent={isUrgent}
        onClick={() => markRead([message.id])}
      >
        <span className={classes.icon}>
          <Icon size={18} aria-hidden="true" />
        </span>
        <span className={classes.sentence}>
          {sentence(message, empire)}
          {!message.isRead && <span className="gd-unseen"> ({t("unread")})</span>}
        </span>
        <time
          className={classes.time}
          dateTime={new Date(message.at_ms).toISOString()}
          title={new Date(message.at_ms).toLocaleString()}
        >
          {formatTime(message.at_ms, { now_ms, hour12 })}
        </time>
      </Link>
    </li>
  );
}
