import { Kbd } from "@mantine/core";
import { Fragment } from "react";
import { useTranslation } from "react-i18next";
import { DESTINATIONS } from "../app/navigation";
import classes from "./help.module.css";
import type { text } from "./text";

type Line = readonly [keys: readonly string[], says: keyof typeof text.en.shortcuts];

const GENERAL: readonly Line[] = [
  [["?"], "sheet"],
  [["/"], "search"],
  [["Esc"], "escape"],
];

const MAP: readonly Line[] = [
  [["←", "↑", "→", "↓"], "pan"],
  [["+", "−"], "zoom"],
  [["Tab"], "cycle"],
  [["Enter"], "enter"],
  [["h"], "home"],
  [["a"], "all"],
  [["f"], "follow"],
  [["w"], "move"],
  [["p"], "patrol"],
  [["m"], "coordinates"],
  [["x"], "stop"],
  [["⌫"], "undo"],
  [["l"], "list"],
  [["b"], "bookmarks"],
];

const FILM: readonly Line[] = [
  [["Space", "k"], "play"],
  [["j", "l"], "jump"],
  [[",", "."], "step"],
  [["<", ">"], "speed"],
];

/** List the keyboard shortcuts by where they work. */
export function Shortcuts() {
  const { t } = useTranslation("help");
  const { t: app } = useTranslation("app");
  return (
    <div className={classes.shortcuts}>
      <section>
        <h3>{t("shortcuts.general")}</h3>
        <Lines lines={GENERAL} />
        <h3>{t("shortcuts.film")}</h3>
        <Lines lines={FILM} />
      </section>
      <section>
        <h3>{t("shortcuts.go")}</h3>
        <dl className={classes.keys}>
          {[
            ...DESTINATIONS.map(({ key, name }) => ({ key, name })),
            { key: "n", name: "notifications" as const },
          ].map(({ key, name }) => (
            <Fragment key={key}>
              <dt>
                <Kbd>g</Kbd> <span className="gd-unseen">{t("followed_by")}</span>{" "}
                <Kbd>{key}</Kbd>
              </dt>
              <dd>{app(`nav.${name}`)}</dd>
            </Fragment>
          ))}
        </dl>
      </section>
      <section>
        <h3>{t("shortcuts.map")}</h3>
        <Lines lines={MAP} />
      </section>
    </div>
  );
}

function Lines({ lines }: { lines: readonly Line[] }) {
  const { t } = useTranslation("help");
  return (
    <dl className={classes.keys}>
      {lines.map(([keys, says]) => (
        <Fragment key={says}>
          <dt>
            {keys.map((key) => (
              <Kbd key={key}>{key}</Kbd>
            ))}
          </dt>
          <dd>{t(`shortcuts.${says}`)}</dd>
        </Fragment>
      ))}
    </dl>
  );
}
