import { text as account } from "../account/text";
import { text as app } from "../app/text";
import { text as battles } from "../battles/text";
import { text as colony } from "../colony/text";
import { text as fleets } from "../fleets/text";
import { text as help } from "../help/text";
import { text as map } from "../map/text";
import { text as notifications } from "../notifications/text";
import { text as rankings } from "../rankings/text";
import { text as research } from "../research/text";
import { text as settings } from "../settings/text";
import { text as tutorial } from "../tutorial/text";
import { text as ui } from "../ui/text";
import { text as names } from "./names";
import { text as refusals } from "./refusals";
import type { Catalogue } from "./shape";

/** Namespace -> its strings. Whoever adds a folder with text adds a line here. */
export const catalogue = {
  account,
  app,
  battles,
  fleets,
  colony,
  help,
  map,
  names,
  notifications,
  rankings,
  refusals,
  research,
  settings,
  tutorial,
  ui,
} satisfies Record<string, Catalogue>;

export type Namespace = keyof typeof catalogue;
