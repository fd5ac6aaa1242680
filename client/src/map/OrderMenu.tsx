import { Checkbox } from "@mantine/core";
import {
  IconAnchor,
  IconArrowRight,
  IconArrowsJoin,
  IconBuildingPlus,
  IconCrosshair,
  IconHomeMove,
  IconPackage,
  IconRecycle,
  IconShield,
  IconSwords,
} from "@tabler/icons-react";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import { useEmpire, useServerNow } from "../sync";
import type { Fleet } from "../sync/empire";
import { giveGroup } from "./command";
import { decisive, Forecast, whyNot } from "./Forecast";
import type { MapControl } from "./MapControl";
import { type OrderMenu as Menu, mapStore, useMap } from "./mapStore";
import { type GroupOffer, groupOffers, type OrderName } from "./offers";
import classes from "./order.module.css";
import panel from "./panel.module.css";
import { useRealm } from "./useRealm";

const ICONS: Record<OrderName, typeof IconArrowRight> = {
  move: IconArrowRight,
  attack: IconCrosshair,
  blockade: IconAnchor,
  defend: IconShield,
  return: IconHomeMove,
  transport: IconPackage,
  colonise: IconBuildingPlus,
  salvage: IconRecycle,
  merge: IconArrowsJoin,
  reinforce: IconSwords,
};

/** Room that the menu takes at most, in px. */
const WIDTH_PX = 290;
const HEIGHT_PX = 330;
const MARGIN_PX = 8;

/** Let the player choose what fleets do about a target. */
export function OrderMenu({ control }: { control: MapControl }) {
  const menu = useMap((state) => state.menu);
  if (menu === null) return null;
  return <Choices key={`${menu.px} ${menu.py}`} menu={menu} control={control} />;
}

function Choices({ menu, control }: { menu: Menu; control: MapControl }) {
  const { t } = useTranslation("map");
  const frame = useRef<HTMLDivElement>(null);
  const now_ms = useServerNow(1000);
  const realm = { ...useRealm(), now_ms };
  const all = useEmpire((empire) => empire.fleets);
  const shield_ms = useEmpire((empire) => empire.player.shield_until_ms);
  const preview = useMap((state) => decisive(state.previews));
  const [, go] = useLocation();
  useEffect(() => frame.current?.querySelector("button")?.focus(), []);
  const fleets = menu.fleets.flatMap((id): Fleet[] => (all[id] ? [all[id]] : []));
  const groups = groupOffers(fleets, menu.target, realm, menu.isQueued);
  const attacks = groups.some(({ order }) => order === "attack");
  const choose = (group: GroupOffer) => {
    const [first] = group.offers;
    if (group.order === "transport" && first !== undefined) {
      go(`/fleets/${first.fleet.id}#transport`);
      return;
    }
    giveGroup(group);
  };
  const queue = (isQueued: boolean) => {
    mapStore.setState({ menu: { ...menu, isQueued } });
    void control.foresee({ points: [menu.target.at], isQueued }, fleets);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys bubble up from its buttons
    <div
      ref={frame}
      className={`${panel.surface} ${classes.menu}`}
      style={placeIn(frame.current?.parentElement ?? null, menu)}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.stopPropagation();
        control.escape();
      }}
    >
      <fieldset>
        <legend className="gd-unseen">{t("menu")}</legend>
        {preview && <Forecast preview={preview} />}
        {attacks && shield_ms > now_ms && (
          <p className={panel.warning}>{t("shield_warning")}</p>
        )}
        {groups.map((group) => (
          <Choice
            key={group.order}
            group={group}
            all={fleets.length}
            onChoose={() => choose(group)}
          />
        ))}
        {fleets.some(
          ({ path, queue: waiting }) => path.length + waiting.length > 0,
        ) && (
          <Checkbox
            size="xs"
            label={t("menu_queue")}
            checked={menu.isQueued}
            onChange={(event) => queue(event.currentTarget.checked)}
          />
        )}
      </fieldset>
    </div>
  );
}

interface ChoiceProps {
  group: GroupOffer;
  /** How many fleets were asked. */
  all: number;
  onChoose: () => void;
}

function Choice({ group, all, onChoose }: ChoiceProps) {
  const { t } = useTranslation("map");
  const { order, offers, refusal } = group;
  const Icon = ICONS[order];
  const isAtOnce = refusal === undefined && offers.every(({ offer }) => !offer.to);
  const isSome = refusal === undefined && offers.length < all;
  return (
    <button
      type="button"
      className={classes.choice}
      disabled={refusal !== undefined}
      data-order={order}
      onClick={onChoose}
    >
      <Icon size={18} aria-hidden="true" />
      <span>
        {t(`order.${order}`)}
        {refusal !== undefined && <small>{whyNot(refusal)}</small>}
        {isAtOnce && <small>{t("menu_at_once")}</small>}
      </span>
      {isSome && <small>{t("menu_some", { able: offers.length, all })}</small>}
    </button>
  );
}

/** Keep the menu inside of the map. */
function placeIn(frame: HTMLElement | null, { px, py }: Menu) {
  const width = frame?.clientWidth ?? window.innerWidth;
  const height = frame?.clientHeight ?? window.innerHeight;
  const left = Math.max(MARGIN_PX, Math.min(px, width - WIDTH_PX - MARGIN_PX));
  const top = Math.max(MARGIN_PX, Math.min(py, height - HEIGHT_PX));
  return { left, top, width: WIDTH_PX };
}
