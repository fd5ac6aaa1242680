import { Button } from "@mantine/core";
import {
  IconAlertOctagon,
  IconAlertTriangle,
  IconBell,
  IconBulb,
  IconCircleCheck,
} from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { useEmpire, useServerNow } from "../sync";
import { Countdown, Panel, useName } from "../ui";
import { type Attention, attention, type Severity } from "./attention";
import classes from "./Overview.module.css";

/** How often stores are looked at anew. */
const STEP_MS = 5_000;
/** More are shown on demand: who has so many begins at the top. */
const SHOWN_FIRST = 5;
const SHOWN_MAX = 50;

const ICONS: Readonly<Record<Severity, typeof IconBulb>> = {
  danger: IconAlertOctagon,
  warning: IconAlertTriangle,
  hint: IconBulb,
};

/** List what the player should look at, the most urgent first. */
export function AttentionPanel() {
  const { t } = useTranslation("colony");
  const empire = useEmpire((one) => one);
  const now_ms = useServerNow(STEP_MS);
  const [isWhole, setWhole] = useState(false);
  const found = attention(empire, now_ms).slice(0, SHOWN_MAX);
  const shown = isWhole ? found : found.slice(0, SHOWN_FIRST);
  return (
    <Panel title={t("attention")} icon={<IconBell size={18} />}>
      {found.length === 0 ? (
        <p className={classes.well}>
          <IconCircleCheck size={20} aria-hidden="true" />
          {t("attention_none")}
        </p>
      ) : (
        <ul className={classes.list}>
          {shown.map((one) => (
            <Entry key={one.id} found={one} />
          ))}
        </ul>
      )}
      {found.length > SHOWN_FIRST && (
        <Button variant="subtle" size="xs" onClick={() => setWhole(!isWhole)}>
          {isWhole
            ? t("show_fewer")
            : t("show_more", { count: found.length - SHOWN_FIRST })}
        </Button>
      )}
    </Panel>
  );
}

function Entry({ found }: { found: Attention }) {
  const { t } = useTranslation("colony");
  const name = useName();
  const { kind, severity, place, href, resource = "", at_ms } = found;
  const Icon = ICONS[severity];
  return (
    <li>
      <Link href={href} className={classes.entry} data-severity={severity}>
        <span className={classes.icon}>
          <Icon size={18} aria-hidden="true" />
          <span className="gd-unseen">{t(`severity.${severity}`)}:</span>
        </span>
        <span className={`${classes.what} ${classes.row}`}>
          <span>
            {t(`attention_kind.${kind}`, { resource: name("resource", resource) })}
          </span>
          <span className={classes.dimmed}>{place}</span>
        </span>
        {at_ms !== undefined && (
          <span className={classes.dimmed}>
            <Countdown until_ms={at_ms} />
          </span>
        )}
      </Link>
    </li>
  );
}
