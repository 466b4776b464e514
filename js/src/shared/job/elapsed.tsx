/** How long a job has taken, or takes: it moves while the job does. */
import type { JobRow } from "../../contract";
import { duration } from "../format";
import { say } from "../words";
import { hasEnded } from "./actions_state";
import { useSeconds } from "./clock";

type Times = Pick<JobRow, "status" | "gone" | "started" | "created" | "finished" | "updated">;

/** Milliseconds a job has taken until `now` or its end; null where the server does not tell. */
export function elapsedTime(job: Times, now: number): number | null {
  const start = job.started ?? job.created;
  const end = hasEnded(job) || job.gone ? (job.finished ?? job.updated) : now;
  return start === null || end === null ? null : Math.max(0, end - start);
}

export function Elapsed({ job }: { job: Times }) {
  const moving = !hasEnded(job) && !job.gone;
  const span = elapsedTime(job, useSeconds(moving));
  return <>{span === null ? say("job.no_time") : duration(span)}</>;
}
