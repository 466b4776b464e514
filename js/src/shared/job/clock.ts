/** The time, as a signal that moves only while something shown needs it and somebody looks. */
import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";

class Clock {
  readonly #tick = signal(0);
  #watchers = 0;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(readonly period: number) {}

  /** The time; who reads it in a view is drawn again with each tick. */
  read(): number {
    // A tick may be long ago where nobody watched.
    return Math.max(this.#tick.value, Date.now());
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
    this.#tick.value = Date.now();
    this.#timer = setInterval(() => {
      this.#tick.value = Date.now();
    }, this.period);
  };

  #stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}

const seconds = new Clock(1000);
const halfMinutes = new Clock(30_000);

/** The time now; what is drawn with it is drawn again each second while `moving`. */
export function useSeconds(moving: boolean): number {
  useEffect(() => (moving ? seconds.watch() : undefined), [moving]);
  return moving ? seconds.read() : Date.now();
}

/** The time now; what is drawn with it is drawn again each half minute: enough for "3 min ago". */
export function useMinutes(): number {
  useEffect(() => halfMinutes.watch(), []);
  return halfMinutes.read();
}
