/**
 * Keeps a table's rows true to the kernel: the trait's newest rows at once, then all rows by a
 * snapshot, then deltas by their numbers. After a gap all rows are asked for again, once.
 */
import { batch, effect, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { JobColumns, JobDelta, JobRow, JobSnapshot, TableHead, TableView } from "../contract";
import type { Connection } from "../shared/connection";
import { JobStore } from "./store";

/** How long the snapshot that the kernel sends by itself may take before it is asked for. */
const PUSHED = 300;
/** How long a delta may come after the trait that already tells of it. */
const BEHIND = 1500;
const MOST_WAITING = 200;
/** How many rows the trait holds at most. */
const NEWEST = 50;

async function unpack(buffer: DataView): Promise<JobColumns> {
  const bytes = new Uint8Array(buffer.buffer as ArrayBuffer, buffer.byteOffset, buffer.byteLength);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return (await new Response(stream).json()) as JobColumns;
}

/** Whether the trait's rows are all rows; without counts that is so below its limit only. */
function isWhole(view: TableView): boolean {
  const total = Object.values(view.head.counts).reduce((sum, count) => sum + count, 0);
  const rows = view.newest.key.length;
  return total === rows || (total < rows && rows < NEWEST);
}

export class JobFeed {
  readonly store = new JobStore();
  readonly head: Signal<TableHead>;
  /** Moves whenever the rows do. */
  readonly revision = signal(0);
  /** The jobs whose status turned in the last change. */
  readonly turned = signal<readonly JobRow[]>([]);
  /** Whether all rows are here, and not only the newest. */
  readonly whole = signal(false);
  readonly #connection: Connection;
  readonly #view: ReadonlySignal<TableView>;
  readonly #stopWatching: () => void;
  #sequence: number | null = null;
  #waiting: JobDelta[] = [];
  #asked = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #closed = false;

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#view = connection.state<TableView>("_table");
    this.head = signal(this.#view.peek().head);
    this.#stopWatching = effect(() => this.#takeView(this.#view.value));
  }

  /** Take a message of the kernel. */
  receive(content: unknown, buffers: DataView[]): void {
    const message = content as JobSnapshot | JobDelta;
    if (message.kind === "snapshot" && buffers[0]) void this.#takeSnapshot(message, buffers[0]);
    else if (message.kind === "delta") this.#takeDelta(message);
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#stopWatching();
    this.#waiting = [];
    this.store.clear();
    this.turned.value = [];
    this.revision.value += 1;
  }

  #takeView(view: TableView): void {
    const known = this.#sequence;
    if (known !== null && view.sequence < known) return;
    this.head.value = view.head;
    if (known === view.sequence) return;
    if (known === null) this.#takeNewest(view);
    if (this.#sequence !== view.sequence) this.#askLater(known === null ? PUSHED : BEHIND);
  }

  #takeNewest(view: TableView): void {
    if (isWhole(view)) {
      this.#sequence = view.sequence;
      this.whole.value = true;
    }
    this.#moved(this.store.reset(copyOf(view.newest), Date.now()));
  }

  async #takeSnapshot(message: JobSnapshot, buffer: DataView): Promise<void> {
    const columns = await unpack(buffer).catch(() => null);
    if (this.#closed) return;
    this.#asked = false;
    if (columns === null) return this.#askLater(BEHIND);
    if (this.#sequence !== null && message.sequence < this.#sequence) return;
    batch(() => {
      this.#sequence = message.sequence;
      this.whole.value = true;
      this.head.value = message.head;
      this.#moved(this.store.reset(columns, Date.now()));
      const waiting = this.#waiting;
      this.#waiting = [];
      for (const delta of waiting) this.#takeDelta(delta);
    });
  }

  #takeDelta(delta: JobDelta): void {
    const known = this.#sequence;
    if (known !== null && delta.sequence <= known) return;
    if (known === null || delta.sequence > known + 1) {
      this.#keepWaiting(delta);
      if (known !== null) this.#ask();
      return;
    }
    // What the first reading of a list finds is no news.
    const news = this.head.peek().phase === "ready";
    batch(() => {
      this.#sequence = delta.sequence;
      this.head.value = delta.head;
      this.#moved(this.store.apply(delta.rows, delta.removed, Date.now(), news));
    });
  }

  #keepWaiting(delta: JobDelta): void {
    this.#waiting.push(delta);
    if (this.#waiting.length > MOST_WAITING) this.#waiting.shift();
  }

  #moved(turned: readonly number[]): void {
    if (turned.length > 0) this.turned.value = turned.map((slot) => this.store.row(slot));
    this.revision.value = this.revision.peek() + 1;
  }

  #askLater(delay: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      const { sequence } = this.#view.peek();
      const known = this.#sequence;
      if (known === null || sequence > known || this.#waiting.length > 0) this.#ask();
    }, delay);
  }

  #ask(): void {
    if (this.#asked || this.#closed) return;
    this.#asked = true;
    const again = (): void => {
      this.#asked = false;
      if (!this.#closed) this.#askLater(BEHIND);
    };
    this.#connection.ask({ kind: "snapshot" }).then(again, again);
  }
}

/** The store writes into its columns; the trait's value stays as it is. */
function copyOf(columns: JobColumns): JobColumns {
  return Object.fromEntries(
    Object.entries(columns).map(([name, values]) => [name, [...values]]),
  ) as unknown as JobColumns;
}
