import { IconClock, IconLink, IconLock } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { Countdown, ResourceIcon, useName } from "../ui";
import type { Missing } from "./missing";
import classes from "./Orders.module.css";

interface ReasonsProps {
  id: string;
  missing: readonly Missing[];
  /** Page of the colony whose buildings are meant. */
  colony: string;
}

/** Building that helps where a resource is never reached. */
const MAKERS: Readonly<Record<string, string>> = {
  minerals: "mine",
  energy: "power_plant",
  rare_elements: "refinery",
  population: "habitat",
};

/** List why something can't be ordered now, each with the way out of it. */
export function Reasons({ id, missing, colony }: ReasonsProps) {
  const { t } = useTranslation("colony");
  const shown = pressing(missing);
  if (shown.length === 0) return null;
  return (
    <ul id={id} className={classes.reasons} aria-label={t("missing")}>
      {shown.map((one) => (
        <li key={keyOf(one)}>
          <Reason missing={one} colony={colony} />
        </li>
      ))}
    </ul>
  );
}

/** Leave out what the price is short of while levels are missing that take longer. */
function pressing(missing: readonly Missing[]): readonly Missing[] {
  const isLocked = missing.some(
    (one) =>
      (one.kind === "building" || one.kind === "technology") && one.ready_ms === null,
  );
  return isLocked ? missing.filter(({ kind }) => kind !== "resource") : missing;
}

function keyOf(one: Missing): string {
  return "name" in one ? `${one.kind} ${one.name}` : one.kind;
}

function Reason({ missing, colony }: { missing: Missing; colony: string }) {
  const { t } = useTranslation("colony");
  switch (missing.kind) {
    case "level_max":
      return t("missing_max", { level: missing.level });
    case "in_progress":
      return t("missing_progress");
    case "queue_full":
      return (
        <Timed icon={<IconClock size={14} aria-hidden="true" />} at={missing.free_ms}>
          {t("missing_queue")}
        </Timed>
      );
    case "resource":
      return <Short missing={missing} colony={colony} />;
    default:
      return <Level missing={missing} colony={colony} />;
  }
}

interface TimedProps {
  icon: ReactNode;
  at: number | null;
  children: ReactNode;
}

function Timed({ icon, at, children }: TimedProps) {
  return (
    <span className={classes.reason}>
      {icon}
      <span>
        {children} {at !== null && <Countdown until_ms={at} />}
      </span>
    </span>
  );
}

type Of<Kind> = Extract<Missing, { kind: Kind }>;

interface ShortProps {
  missing: Of<"resource">;
  colony: string;
}

function Short({ missing: { name: id, ready_ms, never }, colony }: ShortProps) {
  const { t } = useTranslation("colony");
  const name = useName();
  const resource = name("resource", id);
  const icon = <ResourceIcon name={id} size={14} />;
  if (ready_ms !== null) {
    return (
      <Timed icon={icon} at={ready_ms}>
        {resource} {t("missing_in")}
      </Timed>
    );
  }
  const store = id === "population" ? "habitat" : "warehouse";
  const building = never === "storage" ? store : (MAKERS[id] ?? store);
  const named = { building: name("building", building) };
  const help = never === "storage" ? "missing_enlarge" : "missing_make";
  return (
    <Timed icon={icon} at={null}>
      {t(`missing_${never ?? "no_income"}`, { resource })}
      {never !== "asleep" && (
        <>
          {" – "}
          <Link href={`/colonies/${colony}#${building}`} className={classes.way}>
            {t(help, named)}
          </Link>
        </>
      )}
    </Timed>
  );
}

interface LevelProps {
  missing: Of<"building" | "technology">;
  colony: string;
}

function Level({ missing, colony }: LevelProps) {
  const { t } = useTranslation("colony");
  const name = useName();
  const { kind, name: id, need, have, ready_ms } = missing;
  const href =
    kind === "building" ? `/colonies/${colony}#${id}` : `/research?technology=${id}`;
  return (
    <span className={classes.reason}>
      {ready_ms === null ? (
        <IconLock size={14} aria-hidden="true" />
      ) : (
        <IconClock size={14} aria-hidden="true" />
      )}
      <span>
        <Link href={href} className={classes.way}>
          {t("missing_level", { name: name(kind, id), need })}
          <IconLink size={12} aria-hidden="true" />
        </Link>{" "}
        {ready_ms === null ? (
          <span className={classes.have}>({t("missing_have", { have })})</span>
        ) : (
          <>
            {t("missing_ready")} <Countdown until_ms={ready_ms} />
          </>
        )}
      </span>
    </span>
  );
}
