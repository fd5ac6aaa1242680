import { Button } from "@mantine/core";
import { IconArmchair, IconCheck, IconClockHour4 } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useCommand, useServerNow, useSession } from "../../sync";
import { Countdown, Panel, RefusalText, Ships } from "../../ui";
import classes from "../classes";
import type { ArenaView } from "../model/views";
import { StanceMark } from "../view/StanceMark";

/** Show who has joined a group battle, how long others may, and the free seats. */
export function Lobby({ arena }: { arena: ArenaView }) {
  const { t } = useTranslation("battles");
  const player = useSession().player?.id ?? null;
  const now_ms = useServerNow(1_000);
  const { run, pending, error } = useCommand("battle:join");
  const own = arena.entries.find((one) => one.player === player);
  const isOpen = arena.state === "open" && now_ms < arena.join_until_ms;
  const join = (side: number) => void run({ battle: arena.id, side });
  return (
    <>
      <Panel className={classes.countdown} role="status">
        <IconClockHour4 size={28} aria-hidden="true" />
        <div>
          <strong>
            {arena.state === "called_off" ? (
              t("called_off")
            ) : isOpen ? (
              <>
                {t("begins_in")} <Countdown until_ms={arena.join_until_ms} />
              </>
            ) : (
              t("begins_now")
            )}
          </strong>
          <p className={classes.hint}>{own ? t("seated") : t("lobby_hint")}</p>
        </div>
      </Panel>
      <RefusalText error={error} />
      <div className={classes.seatsides}>
        {Array.from({ length: arena.sides }, (_, side) => (
          <SidePanel
            // biome-ignore lint/suspicious/noArrayIndexKey: a side is its number
            key={side}
            arena={arena}
            side={side}
            ownSide={own?.side}
            canJoin={isOpen && !own}
            isJoining={pending}
            onJoin={() => join(side)}
          />
        ))}
      </div>
      <Panel title={t("everyones_fleet")}>
        <Ships ships={arena.ships} named />
      </Panel>
    </>
  );
}

interface SidePanelProps {
  arena: ArenaView;
  side: number;
  ownSide: number | undefined;
  canJoin: boolean;
  isJoining: boolean;
  onJoin: () => void;
}

function SidePanel(props: SidePanelProps) {
  const { arena, side, ownSide, canJoin, isJoining, onJoin } = props;
  const { t } = useTranslation("battles");
  const seated = arena.entries.filter((one) => one.side === side);
  const free = arena.seats - seated.length;
  const stance =
    ownSide === undefined ? "neutral" : ownSide === side ? "own" : "hostile";
  return (
    <Panel
      title={t("side_number", { side: side + 1 })}
      icon={<StanceMark stance={stance} />}
    >
      <ul className={classes.plain}>
        {seated.map((one) => (
          <li key={one.player} className={classes.seat} data-taken>
            <IconCheck size={16} aria-hidden="true" /> {one.username}
            {one.player === arena.host && <small>{t("host")}</small>}
          </li>
        ))}
        {free > 0 && (
          <li className={classes.seat}>
            <IconArmchair size={16} aria-hidden="true" />
            {t("free_seats", { count: free })}
          </li>
        )}
      </ul>
      {canJoin && free > 0 && (
        <Button onClick={onJoin} loading={isJoining}>
          {t("join_side", { side: side + 1 })}
        </Button>
      )}
    </Panel>
  );
}
