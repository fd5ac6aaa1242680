import { TextInput } from "@mantine/core";
import {
  IconBookmark,
  IconMapPin,
  IconPlanet,
  IconRocket,
  IconSearch,
} from "@tabler/icons-react";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { serverNow, useEmpire, useRules } from "../sync";
import { readBookmarks } from "./bookmarks";
import classes from "./drawer.module.css";
import { type Hit, hitsFor } from "./jump";
import type { MapControl } from "./MapControl";
import { mapStore, useMap } from "./mapStore";
import panel from "./panel.module.css";
import { whereIs } from "./target";

const ICONS = {
  coordinates: IconMapPin,
  colony: IconPlanet,
  fleet: IconRocket,
  bookmark: IconBookmark,
} as const;

/** Find a place by coordinates or name, and go there. */
export function JumpBox({ control }: { control: MapControl }) {
  const { t } = useTranslation("map");
  const [text, setText] = useState("");
  const { side } = useRules().galaxy;
  const player = useEmpire((empire) => empire.player.id);
  const things = useMap((state) => state.things);
  const marks = readBookmarks(localStorage, player);
  const hits = hitsFor(text, things, marks, side);
  const go = (hit: Hit | undefined) => {
    if (hit === undefined) return;
    mapStore.setState({ drawer: null });
    const thing = hit.key === null ? undefined : things.get(hit.key);
    if (hit.key !== null) control.show(hit.key);
    control.fly(thing === undefined ? hit : whereIs(thing, serverNow()));
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    go(hits[0]);
  };
  return (
    <form onSubmit={submit} className={classes.jump}>
      <TextInput
        autoFocus
        aria-label={t("jump")}
        placeholder={t("jump_hint")}
        leftSection={<IconSearch size={17} />}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <ul className={classes.hits}>
        {hits.map((hit) => {
          const Icon = ICONS[hit.kind];
          return (
            <li key={`${hit.kind} ${hit.key ?? `${hit.x} ${hit.y}`}`}>
              <button type="button" onClick={() => go(hit)}>
                <Icon size={17} aria-hidden="true" />
                <span>{hit.name}</span>
                <small>
                  {Math.round(hit.x)} : {Math.round(hit.y)}
                </small>
              </button>
            </li>
          );
        })}
      </ul>
      {hits.length === 0 && <p className={panel.faint}>{t("jump_none")}</p>}
    </form>
  );
}
