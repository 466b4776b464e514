/** Which rows are in sight of a scrolling element whose rows are all of one height. */
import type { RefObject } from "preact";
import { useEffect, useLayoutEffect, useState } from "preact/hooks";

/** Rows drawn beyond each edge, so that a slow frame shows no gap. */
const BEYOND = 3;
const ROW = 28;

export interface Window {
  /** The first row drawn. */
  first: number;
  /** The row after the last one drawn. */
  end: number;
  /** The height of a row in pixels. */
  row: number;
}

function rowHeight(element: Element): number {
  const text = getComputedStyle(element).getPropertyValue("--ogc-table-row");
  return Number.parseFloat(text) || ROW;
}

/** The rows to draw for a scroll position. Pure. */
export function windowOf(top: number, height: number, row: number): Window {
  const first = Math.max(0, Math.floor(top / row) - BEYOND);
  return { first, end: Math.ceil((top + height) / row) + BEYOND, row };
}

/** The window on `count` rows, which moves with the scroll position and the size. */
export function useWindow(scroller: RefObject<HTMLElement | null>, count: number): Window {
  const [shown, show] = useState<Window>(() => windowOf(0, 12 * ROW, ROW));
  const look = (): void => {
    const element = scroller.current;
    if (!element) return;
    const next = windowOf(element.scrollTop, element.clientHeight, rowHeight(element));
    show((now) =>
      now.first === next.first && now.end === next.end && now.row === next.row ? now : next,
    );
  };
  useLayoutEffect(look, [count]);
  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const observer = new ResizeObserver(look);
    observer.observe(element);
    element.addEventListener("scroll", look, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener("scroll", look);
    };
  }, []);
  return shown;
}
