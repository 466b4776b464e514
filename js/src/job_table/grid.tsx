// biome-ignore-all lint/a11y/useSemanticElements: a windowed table cannot be made of table rows.
// biome-ignore-all lint/a11y/useFocusableInteractive: the focus is on rows and on headers' buttons.
/** The grid: a head that sorts, and the rows in sight. */
import { useLayoutEffect, useRef } from "preact/hooks";
import { say } from "../shared/words";
import { COLUMNS } from "./columns";
import { gridKeys } from "./keys";
import { Row, type RowProps } from "./row";
import type { TableState } from "./table_state";
import { useWindow, type Window } from "./window";

export function Grid({ table, label }: { table: TableState; label: string }) {
  const scroller = useRef<HTMLDivElement>(null);
  table.feed.revision.value;
  const { store } = table.feed;
  const window = useWindow(scroller, store.length);
  useKeptFocus(scroller.current);
  useNeighbour(table);
  return (
    <div
      ref={scroller}
      class="ogc-table-scroll"
      role="grid"
      aria-label={label}
      aria-rowcount={store.length + 1}
      aria-colcount={COLUMNS.length + 1}
      onKeyDown={(event) => gridKeys(event, table, window)}
      onFocusIn={(event) => {
        const key = rowKey(event.target);
        if (key !== null) table.active.value = key;
      }}
      onClick={(event) => {
        const key = rowKey(event.target);
        if (key !== null && !isButton(event.target)) table.open(key);
      }}
    >
      <Head table={table} />
      <div
        role="rowgroup"
        class="ogc-table-body"
        style={{ height: `${store.length * window.row}px` }}
      >
        {positions(table, window).map((position) => {
          const slot = store.slotAt(position) ?? -1;
          const place = { table, position, slot, height: window.row };
          return <PlacedRow key={store.keyAt(position)} {...place} version={store.version(slot)} />;
        })}
      </div>
    </div>
  );
}

type Place = Omit<RowProps, "active" | "opened">;

/** A row that knows whether the keys are on it; what else changes comes as properties. */
function PlacedRow(place: Place) {
  const { table, position } = place;
  const key = table.feed.store.keyAt(position) ?? "";
  const active = table.active.value;
  const first = active === null && position === 0;
  return <Row {...place} active={first || active === key} opened={table.opened.value === key} />;
}

/** The positions to draw: those in sight, and the row that the keys are on wherever it is. */
function positions(table: TableState, { first, end }: Window): number[] {
  const { store } = table.feed;
  const last = Math.min(end, store.length);
  const start = Math.min(first, last);
  const shown = Array.from({ length: last - start }, (_, n) => start + n);
  const active = table.active.value;
  const held = active === null ? -1 : store.positionOf(active);
  if (held < 0 || (held >= start && held < last)) return shown;
  return held < start ? [held, ...shown] : [...shown, held];
}

function rowKey(target: EventTarget | null): string | null {
  const row = (target as Element | null)?.closest<HTMLElement>("[data-key]");
  return row?.dataset.key ?? null;
}

function isButton(target: EventTarget | null): boolean {
  return (target as Element | null)?.closest("button, a") !== null;
}

/** A browser takes the focus from what is moved within the page; it comes back here. */
function useKeptFocus(scroller: HTMLElement | null): void {
  const root = scroller?.getRootNode() as Document | ShadowRoot | undefined;
  const focused = root?.activeElement as HTMLElement | null | undefined;
  const held = focused && scroller?.contains(focused) ? focused : null;
  useLayoutEffect(() => {
    if (!held || root?.activeElement === held) return;
    if (held.isConnected) held.focus({ preventScroll: true });
    else requestAnimationFrame(() => focusActive(scroller));
  });
}

function focusActive(scroller: HTMLElement | null): void {
  const focused = (scroller?.getRootNode() as Document | ShadowRoot | undefined)?.activeElement;
  if (focused && focused !== document.body) return;
  scroller?.querySelector<HTMLElement>('[role="row"][tabindex="0"]')?.focus();
}

/** Where the row that the keys were on is taken out, they are on the one that took its place. */
function useNeighbour(table: TableState): void {
  const last = useRef(0);
  const { store } = table.feed;
  useLayoutEffect(() => {
    const active = table.active.peek();
    const position = active === null ? 0 : store.positionOf(active);
    if (position >= 0) last.current = position;
    else table.active.value = store.keyAt(Math.min(last.current, store.length - 1)) ?? null;
  });
}

function Head({ table }: { table: TableState }) {
  const sort = table.sort.value;
  return (
    <div role="rowgroup" class="ogc-table-head">
      <div role="row" class="ogc-table-row" aria-rowindex={1}>
        {COLUMNS.map(({ name, word, descendingFirst }) => {
          const direction = sort.descending ? "descending" : "ascending";
          return (
            <div
              role="columnheader"
              key={name}
              class={`ogc-cell-${name}`}
              aria-sort={sort.column === name ? direction : "none"}
            >
              <button type="button" onClick={() => table.sortBy(name, descendingFirst)}>
                {say(word)}
              </button>
            </div>
          );
        })}
        <div role="columnheader" class="ogc-cell-actions">
          <span class="ogc-hidden">{say("table.actions")}</span>
        </div>
      </div>
    </div>
  );
}
