/** A kernel's model without a kernel, for tests: it records what was sent and plays the kernel's part. */
import type { Command } from "../contract";
import type { Model } from "./widget";

type Listener = (...details: unknown[]) => void;

export class FakeModel implements Model {
  /** The commands sent so far, oldest first. */
  readonly sent: Command[] = [];
  readonly #state: Map<string, unknown>;
  readonly #listeners = new Map<string, Set<Listener>>();

  constructor(state: Record<string, unknown> = {}) {
    this.#state = new Map(Object.entries(state));
  }

  get(name: string): unknown {
    return this.#state.get(name);
  }

  on(event: string, listener: (...details: never[]) => void): void {
    const known = this.#listeners.get(event) ?? new Set();
    this.#listeners.set(event, known.add(listener as Listener));
  }

  off(event?: string | null, listener?: ((...details: never[]) => void) | null): void {
    if (!event) this.#listeners.clear();
    else if (!listener) this.#listeners.delete(event);
    else this.#listeners.get(event)?.delete(listener as Listener);
  }

  send(content: unknown): void {
    this.sent.push(content as Command);
  }

  /** The kernel writes a trait. */
  write(name: string, value: unknown): void {
    this.#state.set(name, value);
    this.emit(`change:${name}`);
  }

  /** The kernel sends a custom message. */
  tell(content: unknown, buffers: DataView[] = []): void {
    this.emit("msg:custom", content, buffers);
  }

  /** The commands of one kind, oldest first. */
  commands<K extends Command["kind"]>(kind: K): Extract<Command, { kind: K }>[] {
    return this.sent.filter((command) => command.kind === kind) as Extract<Command, { kind: K }>[];
  }

  /** How many listeners an event has. */
  listeners(event: string): number {
    return this.#listeners.get(event)?.size ?? 0;
  }

  /** The host tells of something. */
  emit(event: string, ...details: unknown[]): void {
    for (const listener of [...(this.#listeners.get(event) ?? [])]) listener(...details);
  }
}
