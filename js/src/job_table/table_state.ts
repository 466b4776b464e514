/** What one table shows beside its rows: which row the keys are on, and which job is opened. */
import { signal } from "@preact/signals";
import type { JobRow } from "../contract";
import type { Connection } from "../shared/connection";
import { ActionsState, hasEnded, questionFor } from "../shared/job/actions_state";
import { JobFeed } from "./feed";
import type { Sort, SortColumn } from "./sort";

export class TableState {
  readonly feed: JobFeed;
  readonly sort = signal<Sort>({ column: "submitted", descending: true });
  /** The key of the row that the arrow keys are on. */
  readonly active = signal<string | null>(null);
  /** The key of the job whose details are shown. */
  readonly opened = signal<string | null>(null);
  readonly #actions = new Map<string, ActionsState>();

  constructor(readonly connection: Connection) {
    this.feed = new JobFeed(connection);
  }

  /** The state of a job's buttons: one for each job, however often its row is drawn. */
  actions(key: string): ActionsState {
    const known = this.#actions.get(key);
    if (known) return known;
    const state = new ActionsState(this.connection, key, () => this.open(key));
    this.#actions.set(key, state);
    return state;
  }

  /** The row is drawn no more. */
  release(key: string): void {
    if (this.#actions.get(key)?.idle && this.opened.peek() !== key) this.#actions.delete(key);
  }

  open(key: string): void {
    const before = this.opened.peek();
    if (before !== null && before !== key) this.actions(before).open.value = false;
    this.active.value = key;
    this.opened.value = key;
  }

  shut(): void {
    const before = this.opened.peek();
    if (before !== null) this.actions(before).open.value = false;
    this.opened.value = null;
  }

  /** The keys moved to a row: the details follow if they are shown. */
  moveTo(key: string): void {
    this.active.value = key;
    if (this.opened.peek() !== null) this.open(key);
  }

  /** Show what there is to know of a job: results where it has some. */
  read(job: JobRow): void {
    this.open(job.key);
    const actions = this.actions(job.key);
    const readable = job.status === "successful" && hasEnded(job) && !job.gone;
    if (readable && !actions.open.peek()) actions.toggleResults();
  }

  /** Ask whether to dismiss a job, or to remove one that has ended. */
  question(job: JobRow): void {
    const question = questionFor(job);
    if (question) this.actions(job.key).ask(question);
  }

  sortBy(column: SortColumn, descendingFirst: boolean): void {
    const now = this.sort.peek();
    const descending = now.column === column ? !now.descending : descendingFirst;
    this.sort.value = { column, descending };
    this.feed.store.setSort(this.sort.peek(), Date.now());
    this.feed.revision.value += 1;
  }

  close(): void {
    this.feed.close();
    this.#actions.clear();
    this.active.value = null;
    this.opened.value = null;
  }
}
