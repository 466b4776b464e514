/** The keys of the grid: arrows walk the rows, Enter opens one, Delete asks, Escape shuts. */
import type { TableState } from "./table_state";
import type { Window } from "./window";

const PAGE = 10;

function target(key: string, position: number, last: number): number | null {
  switch (key) {
    case "ArrowDown":
      return Math.min(position + 1, last);
    case "ArrowUp":
      return Math.max(position - 1, 0);
    case "PageDown":
      return Math.min(position + PAGE, last);
    case "PageUp":
      return Math.max(position - PAGE, 0);
    case "Home":
      return 0;
    case "End":
      return last;
    default:
      return null;
  }
}

/** Bring a row into sight and put the focus on it. */
function goTo(grid: HTMLElement, table: TableState, position: number, row: number): void {
  const key = table.feed.store.keyAt(position);
  if (key === undefined) return;
  table.moveTo(key);
  const head = grid.firstElementChild?.clientHeight ?? row;
  const top = position * row;
  if (top < grid.scrollTop) grid.scrollTop = top;
  else if (top + row + head > grid.scrollTop + grid.clientHeight) {
    grid.scrollTop = top + row + head - grid.clientHeight;
  }
  const focus = (): void => {
    const shown = grid.querySelectorAll<HTMLElement>("[data-key]");
    [...shown].find((element) => element.dataset.key === key)?.focus({ preventScroll: true });
  };
  // The row may have to be drawn first.
  requestAnimationFrame(focus);
}

function act(key: string, table: TableState, position: number): boolean {
  const slot = table.feed.store.slotAt(position);
  if (slot === undefined) return false;
  const job = table.feed.store.row(slot);
  if (key === "Enter") table.read(job);
  else if (key === "Delete" || key === "Backspace") table.question(job);
  else if (key === "Escape") table.shut();
  else return false;
  return true;
}

export function gridKeys(event: KeyboardEvent, table: TableState, { row }: Window): void {
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  const element = event.target as HTMLElement;
  const line = element.closest<HTMLElement>("[data-key]");
  const grid = event.currentTarget as HTMLElement;
  if (!line) return;
  const position = table.feed.store.positionOf(line.dataset.key ?? "");
  const next = target(event.key, position, table.feed.store.length - 1);
  if (next !== null) goTo(grid, table, next, row);
  else if (element !== line || !act(event.key, table, position)) return;
  event.preventDefault();
}
