import { useEffect, useRef } from "react";
import classes from "./account.module.css";
import { STARS, type Star } from "./stars";

/** Pixels of the picture for one unit of the galaxy, whose disc has a radius of 1. */
const SCALE = 620;
const TILT = 0.52;
const TURN = -0.42;
const PIXELS_MAX = 2;

/**
 * Draw a spiral galaxy; it means nothing, and is hidden so. It is drawn once and stands
 * still: turning it keeps a machine without a graphics card busy for nothing.
 */
export function Galaxy() {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    if (canvas.current !== null) draw(canvas.current);
  }, []);
  return (
    <div className={classes.sky} aria-hidden="true">
      <canvas ref={canvas} className={classes.galaxy} />
    </div>
  );
}

function draw(canvas: HTMLCanvasElement): void {
  const pixels = Math.min(PIXELS_MAX, window.devicePixelRatio);
  canvas.width = canvas.height = SCALE * 2 * pixels;
  const brush = canvas.getContext("2d");
  if (brush === null) return;
  const style = getComputedStyle(canvas);
  const colour = (name: string) => style.getPropertyValue(name).trim();
  const [warm, cold] = [colour("--gd-gold"), colour("--gd-accent")];
  brush.scale(pixels, pixels);
  brush.translate(SCALE, SCALE);
  brush.globalCompositeOperation = "lighter";
  glow(brush, cold, 0.9, 0.16);
  glow(brush, warm, 0.3, 0.5);
  for (const star of STARS) dot(brush, star, star.isWarm ? warm : cold);
}

/** Let the disc's middle shine. */
function glow(
  brush: CanvasRenderingContext2D,
  colour: string,
  radius: number,
  strength: number,
): void {
  const shine = brush.createRadialGradient(0, 0, 0, 0, 0, radius * SCALE);
  shine.addColorStop(0, colour);
  shine.addColorStop(1, `${colour}00`);
  brush.save();
  brush.rotate(TURN);
  brush.scale(1, TILT);
  brush.globalAlpha = strength;
  brush.fillStyle = shine;
  brush.fillRect(-SCALE, -SCALE, SCALE * 2, SCALE * 2);
  brush.restore();
}

function dot(brush: CanvasRenderingContext2D, star: Star, colour: string): void {
  const [x, y] = [star.x * SCALE, star.y * SCALE * TILT];
  const [cos, sin] = [Math.cos(TURN), Math.sin(TURN)];
  brush.globalAlpha = star.glow;
  brush.fillStyle = colour;
  brush.beginPath();
  brush.arc(x * cos - y * sin, x * sin + y * cos, star.size, 0, 2 * Math.PI);
  brush.fill();
}
