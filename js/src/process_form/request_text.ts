/**
 * The request as JSON text: the kernel's, or what is typed over it. Typed text goes to the kernel and
 * changes the form; one that the form cannot take stays here, with the reasons, until it is mended.
 */
import { batch, computed, effect, type ReadonlySignal, signal } from "@preact/signals";
import type { Draft } from "../contract";
import { CommandFailed, type Connection } from "../shared/connection";

/** Milliseconds from the last key press until the text is sent. */
export const PAUSE = 400;
/** Bytes of a file that is read; the kernel has the same limit. */
export const LARGEST = 2_000_000;

type Standing = "typing" | "taken" | "refused";

interface Typed {
  readonly text: string;
  readonly standing: Standing;
  /** The form's request when the kernel answered. */
  readonly base: string;
  readonly problems: readonly string[];
}

const NO_PROBLEMS: readonly string[] = [];

export interface Surroundings {
  connection: Connection;
  draft: ReadonlySignal<Draft>;
  /** Sends what was typed into fields; says whether it arrived. */
  flushEdits: () => Promise<boolean>;
  /** The form means the text now; this was its draft before. */
  onTaken: (before: Draft) => void;
}

export class RequestText {
  readonly text: ReadonlySignal<string>;
  /** Why the text is not in the form. */
  readonly problems: ReadonlySignal<readonly string[]>;
  readonly refused: ReadonlySignal<boolean>;
  /** The form changed while the text was refused. */
  readonly overtaken: ReadonlySignal<boolean>;

  readonly #around: Surroundings;
  readonly #typed = signal<Typed | null>(null);
  #timer: ReturnType<typeof setTimeout> | undefined;
  #flight: Promise<void> | null = null;
  readonly #stop: () => void;

  constructor(around: Surroundings) {
    const { draft } = around;
    this.#around = around;
    this.text = computed(() => this.#typed.value?.text ?? draft.value.request);
    this.problems = computed(() => this.#typed.value?.problems ?? NO_PROBLEMS);
    this.refused = computed(() => this.#typed.value?.standing === "refused");
    this.overtaken = computed(
      () => this.refused.value && this.#typed.value?.base !== draft.value.request,
    );
    this.#stop = effect(() => {
      const { request } = draft.value;
      const typed = this.#typed.peek();
      if (typed?.standing === "taken" && typed.base !== request) this.#typed.value = null;
    });
  }

  type(text: string): void {
    const { base = "", problems = NO_PROBLEMS } = this.#typed.peek() ?? {};
    this.#typed.value = { text, standing: "typing", base, problems };
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.flush(), PAUSE);
  }

  /** Send what waits; says whether the form means what the text says. */
  async flush(): Promise<boolean> {
    clearTimeout(this.#timer);
    while (this.#typed.peek()?.standing === "typing") {
      this.#flight ??= this.#send().finally(() => {
        this.#flight = null;
      });
      await this.#flight;
    }
    return !this.refused.peek();
  }

  /** As `flush`; a secret that the text holds is shown no longer than somebody writes it. */
  async leave(): Promise<boolean> {
    const taken = await this.flush();
    const masks = this.#around.draft.peek().masked.length > 0;
    if (masks && this.#typed.peek()?.standing === "taken") this.#typed.value = null;
    return taken;
  }

  /** Forget what was typed: the form's request counts. */
  restore(): void {
    clearTimeout(this.#timer);
    this.#typed.value = null;
  }

  close(): void {
    this.#stop();
    this.restore();
  }

  async #send(): Promise<void> {
    const { connection, draft, flushEdits, onTaken } = this.#around;
    const sent = this.#typed.peek();
    if (!sent) return;
    const settle = (standing: Standing, problems: readonly string[]): void => {
      if (this.#typed.peek() !== sent) return;
      this.#typed.value = { text: sent.text, standing, base: draft.peek().request, problems };
    };
    await flushEdits();
    const before = draft.peek();
    try {
      await connection.ask({ kind: "take_request", text: sent.text });
      batch(() => {
        settle("taken", NO_PROBLEMS);
        onTaken(before);
      });
    } catch (reason) {
      if (!(reason instanceof CommandFailed)) throw reason;
      settle("refused", (reason.detail || reason.title).split("\n"));
    }
  }
}
