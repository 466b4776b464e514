/** The job table as a whole, in each of its states. */
import type { TableHead } from "../contract";
import { Button } from "../shared/button";
import { oneLine, shortId } from "../shared/format";
import { Icon } from "../shared/icon";
import { statusWord } from "../shared/job/status_chip";
import { say } from "../shared/words";
import { Drawer } from "./drawer";
import { Grid } from "./grid";
import { Head, type Reload, Troubles, useReload } from "./head";
import type { TableState } from "./table_state";

/** How many jobs are named when their status turns; more are only counted. */
const NAMED = 3;

export function JobTableView({ table }: { table: TableState }) {
  const head = table.feed.head.value;
  const reload = useReload(table.connection);
  const process = oneLine(head.process_id);
  const rows = table.feed.revision.value > 0 ? table.feed.store.length : 0;
  const partial = table.feed.whole.value || rows === 0 ? null : rows;
  const title = process ? say("table.title_of", { process }) : say("table.title");
  return (
    <section aria-label={title}>
      <Head {...{ head, title, reload, partial }} />
      <Troubles {...{ head, reload }} connection={table.connection} />
      <Body {...{ table, head, reload, title }} />
      <Drawer table={table} servers={head.servers} />
      <Announcement table={table} />
    </section>
  );
}

interface BodyProps {
  table: TableState;
  head: TableHead;
  reload: Reload;
  title: string;
}

function Body({ table, head, reload, title }: BodyProps) {
  table.feed.revision.value;
  if (table.feed.store.length > 0) {
    return (
      <>
        {head.phase === "failed" && <Failed head={head} reload={reload} />}
        <Grid table={table} label={title} />
      </>
    );
  }
  if (head.phase === "failed") return <Failed head={head} reload={reload} />;
  if (head.phase === "loading") {
    return (
      <div class="ogc-table-state" role="status">
        {say("table.loading")}
      </div>
    );
  }
  return <Empty process={oneLine(head.process_id)} />;
}

function Empty({ process }: { process: string }) {
  return (
    <div class="ogc-table-state">
      <b>{process ? say("table.empty_process", { process }) : say("table.empty")}</b>
      <span>{say("table.empty_help")}</span>
    </div>
  );
}

function Failed({ head, reload }: { head: TableHead; reload: Reload }) {
  const failure = reload.failure ?? head.failure;
  return (
    <div class="ogc-table-state" role="alert">
      <b class="ogc-table-failed">
        <Icon name="error" />
        {oneLine(failure?.title ?? "")}
      </b>
      <span>{oneLine(failure?.detail ?? "")}</span>
      <Button onClick={reload.reload} disabled={reload.waiting}>
        {say("common.retry")}
      </Button>
    </div>
  );
}

/** Says which jobs turned, to those who do not see it. */
function Announcement({ table }: { table: TableState }) {
  const turned = table.feed.turned.value;
  const text =
    turned.length > NAMED
      ? say("table.many_changed", { count: turned.length })
      : turned
          .map((job) => say("job.changed", { id: shortId(job.id), status: statusWord(job) }))
          .join(". ");
  return (
    <div class="ogc-hidden" role="status" aria-live="polite">
      {text}
    </div>
  );
}
