import { decisive, Forecast } from "./Forecast";
import type { MapControl } from "./MapControl";
import { selectedFleets, useMap } from "./mapStore";
import classes from "./order.module.css";

/** Tell beside the pointer how long the selected fleets would fly there. */
export function PointerForecast({ control }: { control: MapControl }) {
  const hasFleets = useMap((state) => selectedFleets(state).length > 0);
  const cursor = useMap((state) => state.cursor);
  const isQuiet = useMap((state) => state.menu !== null || state.hover !== null);
  const preview = useMap((state) => decisive(state.previews));
  if (!hasFleets || cursor === null || isQuiet || preview === undefined) return null;
  const { px, py } = control.scene.toScreen(cursor.x, cursor.y);
  return (
    <div
      className={classes.pointer}
      style={{ transform: `translate(${px + 16}px, ${py + 14}px)` }}
      aria-hidden="true"
    >
      <Forecast preview={preview} />
    </div>
  );
}
