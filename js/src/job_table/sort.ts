/** The order of rows: what each column sorts by, and how keys compare. Pure. */
import type { JobColumns } from "../contract";

export type SortColumn = "status" | "process" | "job" | "message" | "submitted" | "elapsed";

export interface Sort {
  column: SortColumn;
  descending: boolean;
}

/** Newest first. */
export const NEWEST_FIRST: Sort = { column: "submitted", descending: true };

type Key = number | string | null;

const RANK = {
  running: 0,
  accepted: 1,
  unknown: 2,
  failed: 3,
  successful: 4,
  dismissed: 5,
} as const satisfies Record<JobColumns["status"][number], number>;
const OVER = 3;

/** What the row at `slot` sorts by; null (sorted last) where the server does not tell. */
export function sortKey(rows: JobColumns, slot: number, column: SortColumn, now: number): Key {
  switch (column) {
    case "status":
      return RANK[rows.status[slot] ?? "unknown"];
    case "process":
      return rows.process_id[slot] ?? null;
    case "job":
      return rows.id[slot] ?? null;
    case "message":
      return rows.message[slot] || null;
    case "submitted":
      return submitted(rows, slot);
    case "elapsed":
      return elapsed(rows, slot, now);
  }
}

function submitted(rows: JobColumns, slot: number): number | null {
  return rows.created[slot] ?? rows.started[slot] ?? rows.updated[slot] ?? null;
}

function elapsed(rows: JobColumns, slot: number, now: number): number | null {
  const start = rows.started[slot] ?? rows.created[slot] ?? null;
  const ended = RANK[rows.status[slot] ?? "unknown"] >= OVER || rows.gone[slot];
  const end = ended ? (rows.finished[slot] ?? rows.updated[slot] ?? null) : now;
  return start === null || end === null ? null : end - start;
}

function compareKeys(a: Key, b: Key, descending: boolean): number {
  if (a === b) return 0;
  if (a === null) return 1;
  if (b === null) return -1;
  return a < b === descending ? 1 : -1;
}

/** Compares two slots: by the sort, then newest first, then by key, so that no order is left open. */
export function comparer(rows: JobColumns, sort: Sort, now: number) {
  return comparing(
    rows,
    sort,
    (slot) => submitted(rows, slot),
    (slot) => sortKey(rows, slot, sort.column, now),
  );
}

/** The same with all keys read beforehand: for sorting everything. */
export function preparedComparer(rows: JobColumns, sort: Sort, now: number) {
  const times = Array.from(rows.key, (_, slot) => submitted(rows, slot));
  const keys =
    sort.column === "submitted"
      ? times
      : Array.from(rows.key, (_, slot) => sortKey(rows, slot, sort.column, now));
  return comparing(
    rows,
    sort,
    (slot) => times[slot] ?? null,
    (slot) => keys[slot] ?? null,
  );
}

type Reader = (slot: number) => Key;

function comparing(rows: JobColumns, sort: Sort, time: Reader, key: Reader) {
  return (a: number, b: number): number =>
    compareKeys(key(a), key(b), sort.descending) ||
    compareKeys(time(a), time(b), true) ||
    compareKeys(rows.key[a] ?? null, rows.key[b] ?? null, false);
}
