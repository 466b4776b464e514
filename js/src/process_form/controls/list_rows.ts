/** What can be done with the rows of a list: pure, each gives the new rows and where the focus goes. */
import type { JsonValue, ListField } from "../../contract";
import { numberDraft } from "./number";

export type Rows = readonly JsonValue[];

export interface Place {
  row: number;
  part: "control" | "up" | "down" | "add";
}

export interface Change {
  rows: Rows;
  place: Place;
  /** How many of the pasted lines were taken, where not all were. */
  cut?: number;
}

/** The rows to show: one empty row where the list is required and may not be empty. */
export function rowsOf(value: JsonValue, field: ListField): Rows {
  const items: Rows = Array.isArray(value) ? value : value === null ? [] : [value];
  return items.length === 0 && leastRows(field) > 0 ? [null] : items;
}

/** How many rows must stay: an optional list may always be emptied, and is then not set. */
export function leastRows(field: ListField): number {
  return field.required ? field.min_items : 0;
}

export function mostRows(field: ListField): number {
  return field.max_items ?? Number.POSITIVE_INFINITY;
}

/** An empty row after another; null where there is no room. */
export function added(rows: Rows, after: number, field: ListField): Change | null {
  if (rows.length >= mostRows(field)) return null;
  const row = after + 1;
  return { rows: rows.toSpliced(row, 0, null), place: { row, part: "control" } };
}

export function removed(rows: Rows, row: number): Change {
  const left = rows.toSpliced(row, 1);
  const next = Math.min(row, left.length - 1);
  return {
    rows: left,
    place: next < 0 ? { row: 0, part: "add" } : { row: next, part: "control" },
  };
}

/** A row one place up or down; the focus stays on the button that did it. */
export function moved(rows: Rows, from: number, to: number): Change {
  return {
    rows: rows.with(from, rows[to] ?? null).with(to, rows[from] ?? null),
    place: { row: to, part: to < from ? "up" : "down" },
  };
}

/** Pasted items from a row on; an empty row gives its place to the first. */
export function pasted(rows: Rows, row: number, items: Rows, field: ListField): Change {
  const free = rows[row] === null || rows[row] === "" ? 1 : 0;
  const kept = items.slice(0, Math.max(0, mostRows(field) - rows.length + free));
  const start = row + 1 - free;
  const next = rows.toSpliced(start, kept.length > 0 ? free : 0, ...kept);
  const last = kept.length > 0 ? start + kept.length - 1 : row;
  const change: Change = { rows: next, place: { row: last, part: "control" } };
  return kept.length < items.length ? { ...change, cut: kept.length } : change;
}

/** The lines of a pasted text as drafts; null where it is one line, or no item is a line. */
export function pastedItems(text: string, field: ListField): Rows | null {
  const lines = text.split(/\r\n|\r|\n/).filter((line) => line.trim() !== "");
  const { item } = field;
  const isLine = item.kind === "number" || (item.kind === "text" && !item.multiline);
  if (lines.length < 2 || !isLine) return null;
  return lines.map((line) => (item.kind === "number" ? numberDraft(line) : line.trim()));
}
