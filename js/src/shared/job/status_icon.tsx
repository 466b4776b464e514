/** The shapes of the states; each stands beside its word, so assistive technology skips it. */
import type { JobRow } from "../../contract";

export type Status = JobRow["status"];

const SHAPES: Record<Status, string> = {
  accepted: "M8 4a4 4 0 1 1 0 8a4 4 0 1 1 0 -8",
  running: "M8 2.75a5.25 5.25 0 1 1 -5.25 5.25",
  successful: "M3.5 8.5l3 3l6 -7",
  failed: "M4 4l8 8M12 4l-8 8",
  dismissed: "M3.5 8h9",
  unknown: "M5.5 6a2.5 2.5 0 1 1 3.6 2.2c-.8 .4 -1.1 .8 -1.1 1.6M8 12.2v.3",
};

export function StatusIcon({ status }: { status: Status }) {
  return (
    <svg class="ogc-status-icon" viewBox="0 0 16 16" aria-hidden="true">
      <path d={SHAPES[status]} />
    </svg>
  );
}
