/**
 * Edits on their way to the kernel. A draft typed here wins over the kernel's state until the kernel
 * has answered the edit that carries it; a failed edit stays here and goes again with the next one.
 */
import { type Signal, signal } from "@preact/signals";
import type { JsonValue } from "../contract";
import type { CommandFailed } from "../shared/connection";

/** Milliseconds from the last key press, and from the first one, until an edit is sent. */
export const QUIET = 150;
export const LONGEST = 300;

interface Local {
  value: JsonValue;
}

type Batch = Map<string, Local>;

export class EditQueue {
  /** Why the last edit did not reach the kernel's form, if it did not. */
  readonly failure = signal<CommandFailed | null>(null);
  readonly #send: (values: Record<string, JsonValue>) => Promise<unknown>;
  readonly #locals = new Map<string, Signal<Local | undefined>>();
  #unsent: Batch = new Map();
  readonly #flights = new Set<Promise<void>>();
  #quiet: ReturnType<typeof setTimeout> | undefined;
  #longest: ReturnType<typeof setTimeout> | undefined;

  constructor(send: (values: Record<string, JsonValue>) => Promise<unknown>) {
    this.#send = send;
  }

  /** What was typed into a field and is not yet in the kernel's state. */
  local(key: string): Signal<Local | undefined> {
    const known = this.#locals.get(key) ?? signal<Local | undefined>(undefined);
    this.#locals.set(key, known);
    return known;
  }

  put(key: string, value: JsonValue): void {
    const local = { value };
    this.local(key).value = local;
    this.#unsent.set(key, local);
    clearTimeout(this.#quiet);
    this.#quiet = setTimeout(() => this.#depart(), QUIET);
    this.#longest ??= setTimeout(() => this.#depart(), LONGEST);
  }

  /** Send what waits, and wait for every answer; says whether all of it arrived. */
  async flush(): Promise<boolean> {
    do {
      this.#depart();
      while (this.#flights.size > 0) await Promise.all(this.#flights);
    } while (this.#unsent.size > 0 && this.failure.peek() === null);
    return this.#unsent.size === 0;
  }

  /** Forget what was typed: the kernel's state counts. */
  drop(): void {
    this.#stopTimers();
    this.#unsent = new Map();
    for (const local of this.#locals.values()) local.value = undefined;
    this.failure.value = null;
  }

  /** The model is gone. */
  close(): void {
    this.drop();
    this.#locals.clear();
  }

  #depart(): void {
    this.#stopTimers();
    if (this.#unsent.size === 0) return;
    const batch = this.#unsent;
    this.#unsent = new Map();
    const flight = this.#fly(batch).finally(() => this.#flights.delete(flight));
    this.#flights.add(flight);
  }

  async #fly(batch: Batch): Promise<void> {
    const values = Object.fromEntries([...batch].map(([key, { value }]) => [key, value]));
    try {
      await this.#send(values);
      this.failure.value = null;
      for (const [key, local] of batch) {
        const current = this.local(key);
        if (current.peek() === local) current.value = undefined;
      }
    } catch (reason) {
      this.failure.value = reason as CommandFailed;
      for (const [key, local] of batch) {
        if (this.local(key).peek() === local) this.#unsent.set(key, local);
      }
    }
  }

  #stopTimers(): void {
    clearTimeout(this.#quiet);
    clearTimeout(this.#longest);
    this.#quiet = undefined;
    this.#longest = undefined;
  }
}
