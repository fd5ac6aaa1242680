import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { useServerNow } from "../../sync";
import { Countdown } from "../../ui";
import classes from "../classes";
import type { ArenaView } from "../model/views";

interface ArenaListProps {
  arenas: readonly ArenaView[];
  player: string | null;
}

/** List group battles, each with its way in. */
export function ArenaList({ arenas, player }: ArenaListProps) {
  const { t } = useTranslation("battles");
  const now_ms = useServerNow(1_000);
  return (
    <ul className={classes.plain}>
      {arenas.map((arena) => {
        const isOpen = arena.state === "open" && arena.join_until_ms > now_ms;
        const isIn = arena.entries.some((one) => one.player === player);
        const seats = arena.sides * arena.seats;
        const way = isIn ? "enter" : isOpen ? "join" : "watch";
        return (
          <li key={arena.id} className={classes.line}>
            <div className={classes.lineMain}>
              <strong>{arena.name || t("arena")}</strong>
              <small>
                {t("arena_about", {
                  sides: arena.sides,
                  taken: arena.entries.length,
                  seats,
                })}
              </small>
            </div>
            <span className={classes.chip} data-tone={isOpen ? "open" : "live"}>
              {isOpen ? (
                <>
                  {t("begins_in")} <Countdown until_ms={arena.join_until_ms} />
                </>
              ) : (
                t("live")
              )}
            </span>
            <Button
              component={Link}
              href={`/arenas/${arena.id}`}
              size="sm"
              variant={isOpen && !isIn ? "filled" : "light"}
              aria-label={t(`${way}_named`, { name: arena.name || t("arena") })}
            >
              {t(way)}
            </Button>
          </li>
        );
      })}
    </ul>
  );
}
