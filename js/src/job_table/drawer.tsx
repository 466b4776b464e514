/** What there is to know of one job, under the rows: its times, its message in full, its results. */
import type { JobRow } from "../contract";
import { Button } from "../shared/button";
import { exactTime, oneLine, shortId } from "../shared/format";
import { ActionFailure } from "../shared/job/failure";
import { jobText } from "../shared/job/job_line";
import { ResultsPanel } from "../shared/job/results_panel";
import { StatusChip } from "../shared/job/status_chip";
import { say } from "../shared/words";
import type { TableState } from "./table_state";

export function Drawer({ table, servers }: { table: TableState; servers: readonly string[] }) {
  table.feed.revision.value;
  const slot = table.feed.store.slotOf(table.opened.value ?? "");
  if (slot === undefined) return null;
  const job = table.feed.store.row(slot);
  const state = table.actions(job.key);
  const results = state.open.value ? state.results.value : null;
  return (
    <section class="ogc-table-drawer" aria-label={say("job.details_of", { id: shortId(job.id) })}>
      <header>
        <StatusChip job={job} />
        <b dir="auto">{oneLine(job.process_id)}</b>
        <Button onClick={(event) => shut(table, event.currentTarget as Element)}>
          {say("common.close")}
        </Button>
      </header>
      <Facts job={job} server={servers.length > 1 ? job.server : ""} />
      <ActionFailure state={state} />
      {results && <ResultsPanel results={results} />}
    </section>
  );
}

/** The row that was opened has the focus again. */
function shut(table: TableState, button: Element): void {
  const key = table.opened.peek();
  table.shut();
  const rows = button.closest(".ogc-jobs")?.querySelectorAll<HTMLElement>("[data-key]") ?? [];
  for (const row of rows) if (row.dataset.key === key) row.focus();
}

function Facts({ job, server }: { job: JobRow; server: string }) {
  const text = jobText(job);
  return (
    <dl>
      <dt>{say("table.full_id")}</dt>
      <dd class="ogc-table-id" dir="ltr">
        {oneLine(job.id)}
      </dd>
      {server && <Fact word="table.server" text={oneLine(server)} />}
      <Fact word="table.submitted" text={exactTime(job.created)} />
      {job.finished !== null && <Fact word="table.finished" text={exactTime(job.finished)} />}
      {text && <Fact word="table.message" text={text} />}
    </dl>
  );
}

type FactWord = "table.server" | "table.submitted" | "table.finished" | "table.message";

function Fact({ word, text }: { word: FactWord; text: string }) {
  return (
    <>
      <dt>{say(word)}</dt>
      <dd dir="auto">{text}</dd>
    </>
  );
}
