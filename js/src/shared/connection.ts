/**
 * A widget's line to its kernel: state as signals, commands as promises. Every command is answered;
 * while one waits longer than SILENCE the line counts as silent, and the view says so.
 */
import { computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { Answer, Command, Ok } from "../contract";
import { newId } from "./ids";
import type { Model } from "./widget";

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

  constructor(model: Model) {
    this.#model = model;
  }

  /** A trait that the kernel writes, as a signal. */
  state<T>(name: string): ReadonlySignal<T> {
    const known = this.#states.get(name);
    if (known) return known as Signal<T>;
    const state = signal(this.#model.get(name));
    const listen = (): void => {
      state.value = this.#model.get(name);
    };
    this.#model.on(`change:${name}`, listen);
    this.#listeners.set(`change:${name}`, listen);
    this.#states.set(name, state);
    return state as Signal<T>;
  }

  /** Ask the kernel; resolves with its `ok`, rejects with CommandFailed. */
  ask(question: Question): Promise<Ok> {
    const id = newId();
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.#setLate(id, true), SILENCE);
      this.#pending.set(id, { resolve, reject, timer });
      this.#model.send({ ...question, id });
    });
  }

  /** Take a message if it is the answer to a command. */
  settle(content: unknown): boolean {
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

  #setLate(id: string, late: boolean): void {
    if (this.#late.value.has(id) === late) return;
    const ids = new Set(this.#late.value);
    if (late) ids.add(id);
    else ids.delete(id);
    this.#late.value = ids;
  }
}
