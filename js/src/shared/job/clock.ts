/** The time, as a signal that moves only while something shown needs it and somebody looks. */
import { type ReadonlySignal, signal } from "@preact/signals";
import { useEffect } from "preact/hooks";

class Clock {
  readonly #now = signal(Date.now());
  #watchers = 0;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(readonly period: number) {}

  get now(): ReadonlySignal<number> {
    return this.#now;
  }

  /** Keep the clock going until the answer is called. */
  watch(): () => void {
    this.#watchers += 1;
    if (this.#watchers === 1) {
      document.addEventListener("visibilitychange", this.#change);
      this.#change();
    }
    return () => {
      this.#watchers -= 1;
      if (this.#watchers > 0) return;
      document.removeEventListener("visibilitychange", this.#change);
      this.#stop();
    };
  }

  readonly #change = (): void => {
    this.#stop();
    if (document.visibilityState === "hidden") return;
    this.#now.value = Date.now();
    this.#timer = setInterval(() => {
      this.#now.value = Date.now();
    }, this.period);
  };

  #stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}

const seconds = new Clock(1000);
const halfMinutes = new Clock(30_000);

/** The time now, which moves each second while `moving`. */
export function useSeconds(moving: boolean): number {
  useEffect(() => (moving ? seconds.watch() : undefined), [moving]);
  return moving ? seconds.now.value : Date.now();
}

/** The time now, which moves each half minute: enough for "3 min ago". */
export function useMinutes(): number {
  useEffect(() => halfMinutes.watch(), []);
  return halfMinutes.now.value;
}
