/** Progress as the quiet under-line of a job; the percent is said in words beside the status. */
import type { JobRow } from "../../contract";

export function ProgressLine({ job }: { job: Pick<JobRow, "status" | "progress"> }) {
  if (job.status !== "running" || job.progress === null) return null;
  return <span class="ogc-job-progress" style={{ width: `${job.progress}%` }} aria-hidden="true" />;
}
