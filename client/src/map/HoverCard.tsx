import { useMap } from "./mapStore";
import panel from "./panel.module.css";
import classes from "./sheet.module.css";
import { ThingFacts } from "./ThingFacts";

/** How far the card stands from the pointer, in px. */
const AWAY_PX = 18;
/** Room that a card takes; beside the edge it turns to the other side. */
const WIDTH_PX = 270;
const HEIGHT_PX = 220;

/** Show what is under the pointer, beside it. */
export function HoverCard() {
  const hover = useMap((state) => state.hover);
  const isBusy = useMap((state) => state.menu !== null);
  if (hover === null || isBusy) return null;
  const { innerWidth, innerHeight } = window;
  const isLeft = hover.px > innerWidth - WIDTH_PX * 2;
  const isAbove = hover.py > innerHeight - HEIGHT_PX - 80;
  const x = isLeft ? hover.px - AWAY_PX - WIDTH_PX : hover.px + AWAY_PX;
  const style = {
    width: WIDTH_PX,
    transform: `translate(${x}px, ${hover.py}px)${isAbove ? " translateY(-100%)" : ""}`,
  };
  return (
    <div className={`${panel.surface} ${classes.hover}`} style={style} role="tooltip">
      <ThingFacts id={hover.key} />
    </div>
  );
}
