/**
 * The rows of one table as columns, and their order. Pure: no DOM, no kernel.
 *
 * A slot is a row's place in the columns and stays while the row lives; a position is its place in
 * the order. `version(slot)` moves with each change of the row, so a view compares two numbers.
 */
import { JOB_COLUMNS, type JobColumns, type JobRow } from "../contract";
import { comparer, NEWEST_FIRST, preparedComparer, type Sort, sortKey } from "./sort";

type Column = (JobRow[keyof JobRow] | undefined)[];

/** From so many changed rows on, sorting all is cheaper than placing each. */
const MANY = 200;

function emptyColumns(): JobColumns {
  return Object.fromEntries(JOB_COLUMNS.map((name) => [name, []])) as unknown as JobColumns;
}

/** The n-th row of columns. */
export function rowOf(columns: JobColumns, n: number): JobRow {
  const row: Partial<Record<keyof JobRow, unknown>> = {};
  for (const name of JOB_COLUMNS) row[name] = columns[name][n];
  return row as JobRow;
}

export class JobStore {
  #columns = emptyColumns();
  #versions: number[] = [];
  #flashes: number[] = [];
  #slots = new Map<string, number>();
  #free: number[] = [];
  #order: number[] = [];
  #sort: Sort = NEWEST_FIRST;
  #sortedAt = 0;
  #version = 0;

  get length(): number {
    return this.#order.length;
  }

  get sort(): Sort {
    return this.#sort;
  }

  /** The slot of the row at a position of the order. */
  slotAt(position: number): number | undefined {
    return this.#order[position];
  }

  slotOf(key: string): number | undefined {
    return this.#slots.get(key);
  }

  /** Where a row stands in the order; -1 where it is not. */
  positionOf(key: string): number {
    const slot = this.#slots.get(key);
    return slot === undefined ? -1 : this.#order.indexOf(slot);
  }

  keyAt(position: number): string | undefined {
    const slot = this.#order[position];
    return slot === undefined ? undefined : this.#columns.key[slot];
  }

  row(slot: number): JobRow {
    return rowOf(this.#columns, slot);
  }

  version(slot: number): number {
    return this.#versions[slot] ?? 0;
  }

  /** When the row's status last changed, or the row came, while the table was open; else 0. */
  flashedAt(slot: number): number {
    return this.#flashes[slot] ?? 0;
  }

  /** Take these rows in place of all. The answer is the slots of the rows whose status turned. */
  reset(columns: JobColumns, now: number): number[] {
    const before = { status: this.#columns.status, slots: this.#slots, flashes: this.#flashes };
    const turned: number[] = [];
    this.#version += 1;
    this.#columns = columns;
    this.#slots = new Map(columns.key.map((key, slot) => [key, slot]));
    this.#free = [];
    this.#versions = new Array(columns.key.length).fill(this.#version);
    this.#flashes = columns.key.map((key, slot) => {
      const old = before.slots.get(key);
      if (old === undefined) return 0;
      if (before.status[old] === columns.status[slot]) return before.flashes[old] ?? 0;
      turned.push(slot);
      return now;
    });
    this.setSort(this.#sort, now);
    return turned;
  }

  /**
   * Put rows in, in place of those with the same keys, and take keys out; new ones flash as news.
   * The answer is the slots of the rows whose status is another one now.
   */
  apply(rows: JobColumns, removed: readonly string[], now: number, news = true): number[] {
    this.#version += 1;
    this.#remove(removed);
    const moved = new Set<number>();
    const turned: number[] = [];
    for (let n = 0; n < rows.key.length; n += 1) {
      const slot = this.#slots.get(rows.key[n] ?? "");
      if (slot === undefined) {
        moved.add(this.#add(rows, n, news ? now : 0));
      } else {
        if (this.#change(slot, rows, n, now)) turned.push(slot);
        if (this.#moves(slot, rows, n)) moved.add(slot);
        this.#write(slot, rows, n);
      }
    }
    if (moved.size > 0) this.#place(moved, now);
    return turned;
  }

  setSort(sort: Sort, now: number): void {
    this.#sort = sort;
    this.#sortedAt = now;
    this.#order = [...this.#slots.values()].sort(preparedComparer(this.#columns, sort, now));
  }

  /** Let go of everything: the host keeps what hangs on a closed model. */
  clear(): void {
    this.#columns = emptyColumns();
    this.#versions = [];
    this.#flashes = [];
    this.#slots = new Map();
    this.#free = [];
    this.#order = [];
  }

  #remove(keys: readonly string[]): void {
    const gone = new Set<number>();
    for (const key of keys) {
      const slot = this.#slots.get(key);
      if (slot === undefined) continue;
      this.#slots.delete(key);
      gone.add(slot);
    }
    if (gone.size === 0) return;
    this.#free.push(...gone);
    this.#order = this.#order.filter((slot) => !gone.has(slot));
  }

  #add(rows: JobColumns, n: number, now: number): number {
    const slot = this.#free.pop() ?? this.#columns.key.length;
    this.#write(slot, rows, n);
    this.#slots.set(rows.key[n] ?? "", slot);
    this.#flashes[slot] = now;
    return slot;
  }

  /** Whether the status turns; what the eye should find flashes. */
  #change(slot: number, rows: JobColumns, n: number, now: number): boolean {
    const turns =
      this.#columns.status[slot] !== rows.status[n] || this.#columns.gone[slot] !== rows.gone[n];
    if (turns) this.#flashes[slot] = now;
    return turns;
  }

  #moves(slot: number, rows: JobColumns, n: number): boolean {
    const at = this.#sortedAt;
    const { column } = this.#sort;
    return (
      sortKey(this.#columns, slot, column, at) !== sortKey(rows, n, column, at) ||
      sortKey(this.#columns, slot, "submitted", at) !== sortKey(rows, n, "submitted", at)
    );
  }

  #write(slot: number, rows: JobColumns, n: number): void {
    for (const name of JOB_COLUMNS) (this.#columns[name] as Column)[slot] = rows[name][n];
    this.#versions[slot] = this.#version;
  }

  #place(moved: ReadonlySet<number>, now: number): void {
    if (moved.size > MANY) {
      this.setSort(this.#sort, now);
      return;
    }
    const compare = comparer(this.#columns, this.#sort, this.#sortedAt);
    const order = this.#order.filter((slot) => !moved.has(slot));
    for (const slot of moved) order.splice(this.#find(order, slot, compare), 0, slot);
    this.#order = order;
  }

  #find(order: number[], slot: number, compare: (a: number, b: number) => number): number {
    let low = 0;
    let high = order.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (compare(order[middle] ?? 0, slot) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
