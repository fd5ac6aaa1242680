import { ActionIcon, Button, TextInput } from "@mantine/core";
import { IconBookmarkPlus, IconTrash } from "@tabler/icons-react";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { useEmpire } from "../sync";
import {
  BOOKMARK_NAME_MAX,
  BOOKMARKS_MAX,
  type Bookmark,
  readBookmarks,
  withBookmark,
  withoutBookmark,
  writeBookmarks,
} from "./bookmarks";
import classes from "./drawer.module.css";
import type { MapControl } from "./MapControl";
import panel from "./panel.module.css";

/** Mark places, and go back to them. */
export function BookmarkDrawer({ control }: { control: MapControl }) {
  const { t } = useTranslation("map");
  const player = useEmpire((empire) => empire.player.id);
  const [marks, setMarks] = useState(() => readBookmarks(localStorage, player));
  const [isKept, setKept] = useState(true);
  const [name, setName] = useState("");
  const change = (next: readonly Bookmark[]) => {
    setMarks(next);
    setKept(writeBookmarks(localStorage, player, next));
  };
  const isFull = marks.length >= BOOKMARKS_MAX;
  const add = (event: FormEvent) => {
    event.preventDefault();
    const { x, y } = control.scene.camera.get();
    const named = name.trim() || `${Math.round(x)} : ${Math.round(y)}`;
    change(withBookmark(marks, { name: named, x, y }));
    setName("");
  };
  return (
    <>
      <form className={panel.row} onSubmit={add}>
        <TextInput
          aria-label={t("bookmark_name")}
          placeholder={t("bookmark_name")}
          maxLength={BOOKMARK_NAME_MAX}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Button
          type="submit"
          variant="default"
          disabled={isFull}
          leftSection={<IconBookmarkPlus size={16} />}
        >
          {t("bookmark_add")}
        </Button>
      </form>
      {isFull && (
        <p className={panel.warning}>{t("bookmarks_full", { max: BOOKMARKS_MAX })}</p>
      )}
      {!isKept && <p className={panel.warning}>{t("bookmarks_unkept")}</p>}
      {marks.length === 0 && <p className={panel.faint}>{t("bookmarks_none")}</p>}
      <ul className={classes.hits}>
        {marks.map((one) => (
          <li key={`${one.x} ${one.y}`}>
            <button type="button" onClick={() => control.fly(one)}>
              <span>{one.name}</span>
              <small>
                {one.x} : {one.y}
              </small>
            </button>
            <ActionIcon
              aria-label={t("bookmark_remove", { name: one.name })}
              onClick={() => change(withoutBookmark(marks, one))}
            >
              <IconTrash size={16} />
            </ActionIcon>
          </li>
        ))}
      </ul>
    </>
  );
}
