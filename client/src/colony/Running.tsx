import { useLayoutEffect, useRef } from "react";
import { serverNow } from "../sync";
import { formatAmount, formatFull } from "../ui";
import { amountAt, fill, type Stock } from "./stock";
import { onTick } from "./ticker";

interface RunningProps {
  stock: Stock;
  resource: string;
}

/** Show an amount that grows by the server's clock, without rendering anew. */
export function RunningAmount({
  stock,
  resource,
  full,
}: RunningProps & {
  /** Write all digits, not few signs. */
  full?: boolean;
}) {
  const place = useRef<HTMLSpanElement>(null);
  useLayoutEffect(() => {
    const write = (now_ms: number) => {
      const amount = amountAt(stock, resource, now_ms);
      const text = full ? formatFull(amount) : formatAmount(amount);
      if (place.current && place.current.textContent !== text) {
        place.current.textContent = text;
      }
    };
    write(serverNow());
    return onTick(write);
  }, [stock, resource, full]);
  return <span ref={place} />;
}

/** Draw how full a store is, growing by the server's clock. */
export function RunningBar({
  stock,
  resource,
  label,
  className,
}: RunningProps & { label: string; className: string | undefined }) {
  const bar = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const draw = (now_ms: number) => {
      const element = bar.current;
      if (!element) return;
      const part = fill(stock, resource, now_ms);
      element.style.setProperty("--part", part.toFixed(4));
      element.toggleAttribute("data-full", part >= 1);
      element.setAttribute("aria-valuenow", String(Math.floor(part * 100)));
    };
    draw(serverNow());
    return onTick(draw);
  }, [stock, resource]);
  return (
    // biome-ignore lint/a11y/useSemanticElements: <meter> can't be drawn alike everywhere
    <div
      ref={bar}
      className={className}
      role="meter"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={0}
    />
  );
}
