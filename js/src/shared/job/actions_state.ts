/**
 * What is asked about one job, apart from any view: a row that is scrolled away and drawn again
 * still asks its question, waits for its answer, or shows why something failed.
 */
import { batch, signal } from "@preact/signals";
import type { JobRow, ResultsView } from "../../contract";
import type { CommandFailed, Connection } from "../connection";

export type Question = "dismiss" | "remove";

const FINAL: ReadonlySet<JobRow["status"]> = new Set(["successful", "failed", "dismissed"]);

/** Whether a job will not change its status any more. */
export function hasEnded(job: Pick<JobRow, "status">): boolean {
  return FINAL.has(job.status);
}

/** What may be asked about a job now; null where nothing may. */
export function questionFor(job: JobRow): Question | null {
  if (job.gone || job.pending) return null;
  if (hasEnded(job)) return "remove";
  return job.dismiss === "no" ? null : "dismiss";
}

export class ActionsState {
  /** The question that waits for the user. */
  readonly asking = signal<Question | null>(null);
  /** The command that waits for the kernel. */
  readonly sending = signal<Question | "results" | null>(null);
  readonly failure = signal<CommandFailed | null>(null);
  /** The results, once read; they stay while hidden. */
  readonly results = signal<ResultsView | null>(null);
  readonly open = signal(false);

  constructor(
    readonly connection: Connection,
    readonly key: string,
    /** Told when the results are opened: a table has one place for them. */
    readonly onOpen: () => void = () => undefined,
  ) {}

  /** Whether nothing would be lost if this were made anew. */
  get idle(): boolean {
    const waiting = this.asking.peek() ?? this.sending.peek() ?? this.failure.peek();
    return waiting === null && !this.open.peek();
  }

  ask(question: Question): void {
    this.asking.value = question;
  }

  keep(): void {
    this.asking.value = null;
  }

  /** Do what was asked about. */
  confirm(): void {
    const question = this.asking.value;
    if (question === null) return;
    this.asking.value = null;
    void this.#send(question);
  }

  /** Show the results, reading them first, or hide them. */
  toggleResults(): void {
    this.open.value = !this.open.value;
    if (this.open.value) this.onOpen();
    if (this.open.value && this.results.value === null) void this.#send("results");
  }

  async #send(kind: Question | "results"): Promise<void> {
    if (this.sending.value !== null) return;
    this.sending.value = kind;
    try {
      const answer = await this.connection.ask({ kind, job: this.key });
      batch(() => {
        this.failure.value = null;
        if (kind === "results") this.results.value = answer.results;
      });
    } catch (reason) {
      batch(() => {
        this.failure.value = reason as CommandFailed;
        if (kind === "results") this.open.value = false;
      });
    } finally {
      this.sending.value = null;
    }
  }
}
