/** A job's status in one glance: shape, colour, word, and the percent where there is one. */
import type { JobRow } from "../../contract";
import { oneLine, percent } from "../format";
import { say } from "../words";
import { StatusIcon } from "./status_icon";

/** The word to show: the standard's, or for an unknown status the server's own. */
export function statusWord(job: Pick<JobRow, "status" | "word">): string {
  const own = oneLine(job.word);
  return job.status === "unknown" && own ? own : say(`status.${job.status}`);
}

export function StatusChip({ job }: { job: JobRow }) {
  const own = oneLine(job.word);
  const amount = job.status === "running" ? percent(job.progress) : "";
  return (
    <span
      class={`ogc-status ogc-status-${job.status}`}
      title={own ? say("job.server_word", { word: own }) : undefined}
    >
      <StatusIcon status={job.status} />
      <span class="ogc-status-word">{statusWord(job)}</span>
      {amount && <span class="ogc-status-amount"> {amount}</span>}
    </span>
  );
}
