import "uplot/dist/uPlot.min.css";
import i18next from "i18next";
import { useEffect, useRef } from "react";
import uPlot from "uplot";
import classes from "./Chart.module.css";
import type { ChartColumns } from "./chartColumns";
import { RESOURCES } from "./stock";

interface ProductionChartProps {
  columns: ChartColumns;
  now_ms: number;
  label: string;
}

const HEIGHT = 260;
const NARROW = 560;

/** Draw how full the stores were (solid) and will be (dashed), in percent. */
export function ProductionChart({ columns, now_ms, label }: ProductionChartProps) {
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<uPlot | null>(null);
  const now = useRef(now_ms);
  now.current = now_ms;
  const first = useRef(columns);
  useEffect(() => {
    const frame = place.current;
    if (!frame) return;
    const { clientWidth } = frame;
    const drawn = new uPlot(optionsFor(frame, now), dataOf(first.current), frame);
    drawn.setSize(sizeFor(clientWidth));
    chart.current = drawn;
    const watch = new ResizeObserver(([entry]) => {
      if (entry) drawn.setSize(sizeFor(entry.contentRect.width));
    });
    watch.observe(frame);
    return () => {
      watch.disconnect();
      drawn.destroy();
      chart.current = null;
    };
  }, []);
  useEffect(() => chart.current?.setData(dataOf(columns)), [columns]);
  return <div ref={place} className={classes.chart} role="img" aria-label={label} />;
}

function sizeFor(width: number): { width: number; height: number } {
  return { width: Math.max(1, width), height: width < NARROW ? HEIGHT * 0.8 : HEIGHT };
}

function dataOf({ times_s, past, forecast }: ChartColumns): uPlot.AlignedData {
  const lines = RESOURCES.flatMap((one) => [past[one] ?? [], forecast[one] ?? []]);
  return [[...times_s], ...lines.map((line) => [...line])];
}

function optionsFor(
  frame: HTMLElement,
  now: { readonly current: number },
): uPlot.Options {
  const style = getComputedStyle(frame);
  const colour = (name: string) => style.getPropertyValue(`--gd-${name}`).trim();
  const axis: uPlot.Axis = {
    stroke: colour("dimmed"),
    grid: { stroke: colour("line"), width: 1 },
    ticks: { stroke: colour("line-strong"), width: 1, size: 4 },
  };
  const series = RESOURCES.flatMap((resource): uPlot.Series[] => {
    const line = { stroke: colour(resource), width: 2, points: { show: false } };
    return [line, { ...line, dash: [6, 5] }];
  });
  return {
    ...sizeFor(frame.clientWidth),
    legend: { show: false },
    cursor: { show: false },
    scales: { y: { range: [0, 105] } },
    axes: [
      { ...axis, space: 70, values: (_chart, marks) => marks.map(timeOfDay) },
      { ...axis, size: 48, values: (_chart, marks) => marks.map(percent) },
    ],
    series: [{}, ...series],
    hooks: { draw: [(chart) => markNow(chart, now.current, colour("accent"))] },
  };
}

function percent(mark: number): string {
  return `${mark} %`;
}

/** Name marks of time by the clock alone: the chart reaches a day at most. */
function timeOfDay(mark_s: number): string {
  const at = new Date(mark_s * 1000);
  return at.toLocaleTimeString(i18next.language, {
    hour: "2-digit",
    minute: "2-digit",
  });
}

/** Draw the line between what was and what will be. */
function markNow(chart: uPlot, now_ms: number, colour: string): void {
  const { ctx, bbox } = chart;
  const x = chart.valToPos(now_ms / 1000, "x", true);
  ctx.save();
  ctx.setLineDash([]);
  ctx.strokeStyle = colour;
  ctx.lineWidth = devicePixelRatio;
  ctx.beginPath();
  ctx.moveTo(x, bbox.top);
  ctx.lineTo(x, bbox.top + bbox.height);
  ctx.stroke();
  ctx.restore();
}
