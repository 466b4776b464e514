/** A form's state in the browser: the kernel's, with what was typed since laid over it. */
import {
  batch,
  computed,
  effect,
  type ReadonlySignal,
  type Signal,
  signal,
  untracked,
} from "@preact/signals";
import type {
  Draft,
  Failure,
  FormView,
  JsonValue,
  OutputSelection,
  Problem,
  Submission,
} from "../contract";
import { CommandFailed, type Connection } from "../shared/connection";
import { say } from "../shared/words";
import { EditQueue } from "./edits";
import { RequestText } from "./request_text";

export type Mode = Draft["mode"];
type Work = "submit" | "fill" | "reload";

/** What a field shows; each signal changes only when that field must be drawn again. */
export interface FieldState {
  readonly value: ReadonlySignal<JsonValue>;
  readonly masked: ReadonlySignal<boolean>;
  readonly problems: ReadonlySignal<readonly Problem[]>;
  /** The kernel is silent, and what the field shows was not judged. */
  readonly unchecked: ReadonlySignal<boolean>;
}

/** Whether two JSON values say the same. */
export function same(one: unknown, other: unknown): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}

/** A computed signal that keeps its value while the new one says the same. */
function steady<T>(compute: () => T): ReadonlySignal<T> {
  let last: T;
  return computed(() => {
    const next = compute();
    if (!same(last, next)) last = next;
    return last;
  });
}

const NO_PROBLEMS: readonly Problem[] = [];

export class FormStore {
  readonly connection: Connection;
  readonly form: ReadonlySignal<FormView>;
  readonly draft: ReadonlySignal<Draft>;
  readonly submission: ReadonlySignal<Submission>;
  readonly edits: EditQueue;
  /** The request as JSON, which may be edited like the fields. */
  readonly request: RequestText;
  /** Submit was pressed: from now on every problem shows. */
  readonly attempted = signal(false);
  /** A command that the kernel refused. */
  readonly refused = signal<Failure | null>(null);
  readonly work = signal<Work | null>(null);
  readonly submitting: ReadonlySignal<boolean>;
  readonly mode: ReadonlySignal<Mode>;
  readonly outputs: ReadonlySignal<readonly OutputSelection[]>;
  /** The keys of fields with an error, as the form orders them. */
  readonly bad: ReadonlySignal<readonly string[]>;
  /** Problems that belong to no field. */
  readonly formProblems: ReadonlySignal<readonly Problem[]>;
  /** Whether what is filled in would be lost by putting other values in. */
  readonly changed: ReadonlySignal<boolean>;

  readonly #edited = signal(false);
  readonly #chosen = signal<{ mode?: Mode; outputs?: readonly OutputSelection[] }>({});
  readonly #values: ReadonlySignal<ReadonlyMap<string, JsonValue>>;
  readonly #problems: ReadonlySignal<ReadonlyMap<string, readonly Problem[]>>;
  readonly #fields = new Map<string, FieldState>();
  readonly #touched = new Map<string, Signal<boolean>>();
  /** What only the browser can see, as a date that is half filled in. */
  readonly #complaints = signal<ReadonlyMap<string, Problem>>(new Map());
  readonly #stop: () => void;

  constructor(connection: Connection) {
    this.connection = connection;
    this.form = connection.state<FormView>("_form");
    this.draft = connection.state<Draft>("_draft");
    this.submission = connection.state<Submission>("_submission");
    this.edits = new EditQueue((values) => connection.ask({ kind: "edit", values }));
    this.request = new RequestText({
      connection,
      draft: this.draft,
      flushEdits: () => this.edits.flush(),
      onTaken: (before) => this.#touchChanged(before),
    });
    this.submitting = computed(
      () => this.work.value === "submit" || this.submission.value.phase === "submitting",
    );
    this.mode = computed(() => this.#chosen.value.mode ?? this.draft.value.mode);
    this.outputs = steady(() => this.#chosen.value.outputs ?? this.draft.value.outputs);
    this.#values = computed(() => new Map(Object.entries(this.draft.value.values)));
    this.#problems = computed(() => this.#sortProblems());
    this.bad = steady(() => {
      const bad = (problem: Problem) => problem.severity === "error";
      const keys = this.form.value.fields.map((field) => field.key);
      return keys.filter((key) => this.#problems.value.get(key)?.some(bad));
    });
    this.formProblems = steady(() => this.#problems.value.get("") ?? NO_PROBLEMS);
    this.changed = computed(() => this.#edited.value || this.draft.value.changed);
    this.#stop = this.#startAgainWithEachForm();
  }

  field(key: string): FieldState {
    const known = this.#fields.get(key);
    if (known) return known;
    const local = this.edits.local(key);
    const shown = computed(() => this.attempted.value || this.#touch(key).value);
    const state: FieldState = {
      value: steady(() => {
        const typed = local.value;
        return typed ? typed.value : (this.#values.value.get(key) ?? null);
      }),
      masked: computed(() => this.draft.value.masked.includes(key)),
      problems: steady(() =>
        shown.value ? (this.#problems.value.get(key) ?? NO_PROBLEMS) : NO_PROBLEMS,
      ),
      unchecked: computed(() => local.value !== undefined && this.connection.silent.value),
    };
    this.#fields.set(key, state);
    return state;
  }

  edit(key: string, value: JsonValue): void {
    batch(() => {
      this.#edited.value = true;
      this.edits.put(key, value);
    });
  }

  /** The field was left: its problems may show. */
  touch(key: string): void {
    this.#touch(key).value = true;
  }

  /** Say, or take back, what the browser alone finds wrong with a field. */
  complain(key: string, message: string | null): void {
    if ((this.#complaints.peek().get(key)?.message ?? null) === message) return;
    const complaints = new Map(this.#complaints.peek());
    if (message === null) complaints.delete(key);
    else complaints.set(key, { key, message, path: [], severity: "error" });
    this.#complaints.value = complaints;
  }

  /** Choose a mode or outputs: shown at once, taken back where the kernel refuses. */
  async choose(choice: { mode?: Mode; outputs?: readonly OutputSelection[] }): Promise<void> {
    const chosen = { ...this.#chosen.peek(), ...choice };
    this.#chosen.value = chosen;
    const { mode = null, outputs = null } = choice;
    const question = { kind: "choose", mode, outputs: outputs && [...outputs] } as const;
    await this.#try(() => this.connection.ask(question));
    if (this.#chosen.peek() === chosen) this.#chosen.value = {};
  }

  /** Submit; `invalid` where problems keep the form from it. */
  async submit(): Promise<"asked" | "invalid" | "failed" | "busy"> {
    if (this.submitting.peek() || this.work.peek() !== null) return "busy";
    this.attempted.value = true;
    return (await this.#during("submit", async () => {
      if (!(await this.request.flush())) {
        this.refused.value = { title: say("form.problem_form"), detail: say("form.not_this_text") };
        return "failed" as const;
      }
      if (!(await this.edits.flush())) return "failed" as const;
      if (this.bad.peek().length > 0 || this.#formErrors()) return "invalid" as const;
      const answer = await this.#try(() => this.connection.ask({ kind: "submit" }));
      return answer ? ("asked" as const) : ("failed" as const);
    })) as "asked" | "invalid" | "failed";
  }

  /** Put the defaults or the example in the place of all values. */
  async fill(source: "defaults" | "example"): Promise<void> {
    if (this.work.peek() !== null) return;
    await this.#during("fill", async () => {
      await this.edits.flush();
      if (!(await this.#try(() => this.connection.ask({ kind: "fill", source })))) return;
      this.#startAgain();
      this.#edited.value = source === "example";
    });
  }

  /** Read the description again. */
  async reload(): Promise<void> {
    if (this.work.peek() !== null) return;
    await this.#during("reload", () => this.#try(() => this.connection.ask({ kind: "reload" })));
  }

  close(): void {
    this.#stop();
    this.request.close();
    this.edits.close();
    this.#fields.clear();
    this.#touched.clear();
  }

  #formErrors(): boolean {
    return this.formProblems.peek().some((problem) => problem.severity === "error");
  }

  #sortProblems(): ReadonlyMap<string, readonly Problem[]> {
    const sorted = new Map<string, Problem[]>();
    for (const problem of [...this.#complaints.value.values(), ...this.draft.value.problems]) {
      const known = sorted.get(problem.key);
      if (known) known.push(problem);
      else sorted.set(problem.key, [problem]);
    }
    return sorted;
  }

  #touch(key: string): Signal<boolean> {
    const known = this.#touched.get(key) ?? signal(false);
    this.#touched.set(key, known);
    return known;
  }

  /** Fields that the request as JSON changed say what is wrong with them. */
  #touchChanged(before: Draft): void {
    this.#edited.value = true;
    const { values } = this.draft.peek();
    const keys = new Set([...Object.keys(before.values), ...Object.keys(values)]);
    for (const key of keys) if (!same(before.values[key], values[key])) this.touch(key);
  }

  async #during<T>(work: Work, act: () => Promise<T>): Promise<T> {
    batch(() => {
      this.work.value = work;
      this.refused.value = null;
    });
    try {
      return await act();
    } finally {
      this.work.value = null;
    }
  }

  async #try<T>(ask: () => Promise<T>): Promise<T | undefined> {
    try {
      return await ask();
    } catch (reason) {
      if (!(reason instanceof CommandFailed)) throw reason;
      this.refused.value = { title: reason.title, detail: reason.detail };
      return undefined;
    }
  }

  #startAgain(): void {
    batch(() => {
      this.edits.drop();
      this.request.restore();
      this.#complaints.value = new Map();
      this.attempted.value = false;
      for (const touched of this.#touched.values()) touched.value = false;
    });
  }

  /** Keys of one description mean nothing to the next. */
  #startAgainWithEachForm(): () => void {
    let revision = this.form.peek().revision;
    return effect(() => {
      const next = this.form.value.revision;
      if (next === revision) return;
      revision = next;
      untracked(() => this.#startAgain());
    });
  }
}
