/** The types that pages build on hold what the server's types say. */
import { expectTypeOf, it } from "vitest";
import type * as wire from "../wire/types";
import type { BattleSign, Colony, Fleet, Player, Project } from "./empire";
import type { Rules } from "./rules";

it("are the server's", () => {
  expectTypeOf<wire.ColonyView>().toExtend<Colony>();
  expectTypeOf<wire.FleetView>().toExtend<Fleet>();
  expectTypeOf<wire.PlayerView>().toExtend<Player>();
  expectTypeOf<wire.ProjectView>().toExtend<Project>();
  expectTypeOf<wire.BattleSign>().toExtend<BattleSign>();
  expectTypeOf<wire.Rules>().toExtend<Rules>();
});
