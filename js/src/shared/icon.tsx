/** Small drawings of 16 px; they never stand without a word, so they are not read out. */
import type { JSX } from "preact";

const PATHS = {
  warning: "M8 2.5 14.5 13.5h-13zM8 6.5v3.2M8 11.6v.1",
  error: "M8 1.75a6.25 6.25 0 1 1 0 12.5 6.25 6.25 0 0 1 0-12.5M8 4.8v3.9M8 11v.1",
  up: "M8 13V3.5M4 7.2l4-3.9 4 3.9",
  down: "M8 3v9.5M4 8.8l4 3.9 4-3.9",
  remove: "M4 4l8 8M12 4l-8 8",
  add: "M8 3v10M3 8h10",
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name }: { name: IconName }): JSX.Element {
  return (
    <svg class="ogc-icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}
