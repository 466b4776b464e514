/** One job on its own: what the form shows of the job that it submitted. */
import { useMemo } from "preact/hooks";
import type { JobRow } from "../../contract";
import type { Connection } from "../connection";
import { oneLine } from "../format";
import { say } from "../words";
import { JobActions } from "./actions";
import { ActionsState } from "./actions_state";
import { Elapsed } from "./elapsed";
import { ActionFailure } from "./failure";
import { JobId } from "./job_id";
import { ProgressLine } from "./progress_line";
import { ResultsPanel } from "./results_panel";
import { StatusChip } from "./status_chip";

interface JobLineProps {
  job: JobRow;
  connection: Connection;
  /** Where the process is not clear from the place. */
  showProcess?: boolean;
}

/** What to read beside a job: what the kernel noted, or the server's message. */
export function jobText(job: JobRow): string {
  return oneLine(job.note) || (job.gone ? say("job.gone") : oneLine(job.message));
}

export function JobLine({ job, connection, showProcess = false }: JobLineProps) {
  const state = useMemo(() => new ActionsState(connection, job.key), [connection, job.key]);
  const text = jobText(job);
  return (
    <div class="ogc-job">
      <div class="ogc-job-line">
        <StatusChip job={job} />
        {showProcess && <b class="ogc-job-process">{oneLine(job.process_id)}</b>}
        <JobId id={job.id} />
        <span class="ogc-job-elapsed">
          <span class="ogc-hidden">{say("table.elapsed")} </span>
          <Elapsed job={job} />
        </span>
        <JobActions job={job} state={state} />
        <ProgressLine job={job} />
      </div>
      {text && (
        <div class={`ogc-job-message ogc-job-message-${job.status}`} dir="auto">
          {text}
        </div>
      )}
      <ActionFailure state={state} />
      {state.open.value && state.results.value && <ResultsPanel results={state.results.value} />}
    </div>
  );
}
