/**
 * A widget's line to its kernel: state as signals, commands as promises. Every command is answered;
 * while one waits longer than SILENCE the line counts as silent, and after a restart, when nobody is
 * there to answer, as cut. The view says so.
 */
import { computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { Answer, Command, Ok } from "../contract";
import { newId } from "./ids";
import type { Model } from "./widget";
import { say } from "./words";

/** Each member of a union without its id, which the line gives. */
export type Question<C = Command> = C extends Command ? Omit<C, "id"> : never;

/** The kernel answered `failed`: what happened, then why and what to do. */
export class CommandFailed extends Error {
  constructor(
    readonly title: string,
    readonly detail: string,
  ) {
    super(detail ? `${title} ${detail}` : title);
  }
}

const SILENCE = 1500;
/** What ipywidgets tells when the kernel restarts, and when a lost connection is back. */
const LINE = "comm_live_update";

interface Pending {
  resolve(answer: Ok): void;
  reject(reason: CommandFailed): void;
  timer: ReturnType<typeof setTimeout>;
}

export class Connection {
  readonly #model: Model;
  readonly #states = new Map<string, Signal<unknown>>();
  readonly #listeners = new Map<string, () => void>();
  readonly #pending = new Map<string, Pending>();
  readonly #late = signal<ReadonlySet<string>>(new Set());
  /** Whether a command has waited too long: the kernel is busy, or there is none. */
  readonly silent: ReadonlySignal<boolean> = computed(() => this.#late.value.size > 0);
  /** Whether the kernel that made this widget is gone; any word from it proves the contrary. */
  readonly cut = signal(false);

  constructor(model: Model) {
    this.#model = model;
    this.#listen(LINE, () => this.#doubt());
  }

  /** A trait that the kernel writes, as a signal. */
  state<T>(name: string): ReadonlySignal<T> {
    const known = this.#states.get(name);
    if (known) return known as Signal<T>;
    const state = signal(this.#model.get(name));
    const listen = (): void => {
      state.value = this.#model.get(name);
    };
    this.#listen(`change:${name}`, listen);
    this.#states.set(name, state);
    return state as Signal<T>;
  }

  /** Ask the kernel; resolves with its `ok`, rejects with CommandFailed. */
  ask(question: Question): Promise<Ok> {
    const id = newId();
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.#setLate(id, true), SILENCE);
      this.#pending.set(id, { resolve, reject, timer });
      this.#send({ ...question, id });
    });
  }

  /** Take a message if it is the answer to a command. */
  settle(content: unknown): boolean {
    this.cut.value = false;
    const answer = content as Answer;
    if (answer.kind !== "ok" && answer.kind !== "failed") return false;
    const pending = this.#pending.get(answer.id);
    if (pending) {
      this.#pending.delete(answer.id);
      clearTimeout(pending.timer);
      this.#setLate(answer.id, false);
      if (answer.kind === "ok") pending.resolve(answer);
      else pending.reject(new CommandFailed(answer.title, answer.detail));
    }
    return true;
  }

  /** The model is gone: nothing is awaited any more. */
  close(): void {
    for (const { timer } of this.#pending.values()) clearTimeout(timer);
    this.#pending.clear();
    for (const [event, listener] of this.#listeners) this.#model.off(event, listener);
    this.#listeners.clear();
    this.#states.clear();
  }

  #listen(event: string, listener: () => void): void {
    this.#model.on(event, listener);
    this.#listeners.set(event, listener);
  }

  /** ipywidgets throws where the line is closed for good. */
  #send(command: Question & { id: string }): void {
    try {
      this.#model.send(command);
    } catch {
      this.cut.value = true;
      for (const [id, { reject, timer }] of this.#pending) {
        clearTimeout(timer);
        this.#setLate(id, false);
        reject(new CommandFailed(say("common.not_sent"), say("common.run_again")));
      }
      this.#pending.clear();
    }
  }

  /** The event does not say what became of the line, so the kernel is asked. */
  #doubt(): void {
    this.cut.value = true;
    this.ask({ kind: "look", view: newId(), seen: false }).catch(() => undefined);
  }

  #setLate(id: string, late: boolean): void {
    if (this.#late.value.has(id) === late) return;
    const ids = new Set(this.#late.value);
    if (late) ids.add(id);
    else ids.delete(id);
    this.#late.value = ids;
  }
}
