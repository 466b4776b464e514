/** What stands above the rows: how many jobs in which state, and how fresh this is. */
import { useState } from "preact/hooks";
import type { Failure, JobRow, TableHead } from "../contract";
import { Button } from "../shared/button";
import type { CommandFailed, Connection } from "../shared/connection";
import { clockTime, duration, exactTime, oneLine } from "../shared/format";
import { Icon } from "../shared/icon";
import { useSeconds } from "../shared/job/clock";
import { LineNotice } from "../shared/line_notice";
import { say } from "../shared/words";

const COUNTED: readonly JobRow["status"][] = [
  "running",
  "accepted",
  "failed",
  "unknown",
  "successful",
  "dismissed",
];

/** `3 running · 12 successful`; nothing where there is no job. */
export function countsText(counts: TableHead["counts"]): string {
  return COUNTED.filter((status) => counts[status])
    .map((status) =>
      say("table.count", {
        count: (counts[status] ?? 0).toLocaleString("en-GB"),
        status: say(`status.${status}`).toLowerCase(),
      }),
    )
    .join(" · ");
}

/** When the server was last heard, and whether it will be asked again. */
export function freshnessText(head: TableHead): string {
  if (head.checked === null || head.phase !== "ready") return "";
  const time = clockTime(head.checked);
  const { counts } = head;
  const moving = (counts.running ?? 0) + (counts.accepted ?? 0) + (counts.unknown ?? 0) > 0;
  const ended = !moving && countsText(counts) !== "";
  const stopped = head.next_check === null && !head.failure && ended;
  return say(stopped ? "table.stopped" : "table.checked", { time });
}

/** When the server will be asked again, as it stands at `now`. */
export function nextTryText(head: TableHead, now: number): string {
  if (head.next_check === null) return "";
  const wait = head.next_check - now;
  return wait < 1000 ? say("table.trying") : say("table.next_try", { wait: duration(wait) });
}

/** Ask for the job list again; says whether that is under way, and why it went wrong. */
export function useReload(connection: Connection) {
  const [waiting, setWaiting] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const reload = (): void => {
    if (waiting) return;
    setWaiting(true);
    connection
      .ask({ kind: "reload" })
      .then(
        () => setFailure(null),
        (reason: CommandFailed) => setFailure({ title: reason.title, detail: reason.detail }),
      )
      .finally(() => setWaiting(false));
  };
  return { waiting, failure, reload };
}

export type Reload = ReturnType<typeof useReload>;

interface HeadProps {
  head: TableHead;
  title: string;
  reload: Reload;
  /** How many rows are here, where they are not all. */
  partial: number | null;
}

export function Head({ head, title, reload, partial }: HeadProps) {
  const fresh = partial === null ? freshnessText(head) : say("table.partial", { count: partial });
  return (
    <header class="ogc-table-title">
      <h3>{title}</h3>
      <span class="ogc-table-counts">{countsText(head.counts)}</span>
      <span class="ogc-table-fresh" title={head.checked === null ? "" : exactTime(head.checked)}>
        {fresh}
      </span>
      <Button onClick={reload.reload} part="refresh" disabled={reload.waiting}>
        {say(reload.waiting ? "table.refreshing" : "table.refresh")}
      </Button>
    </header>
  );
}

/** What stands in the way of fresh rows; the rows that are here stay. */
export function Troubles({ head, reload, connection }: TroublesProps) {
  // What the server does is not to be known without a kernel.
  const hidden = head.phase === "failed" || connection.cut.value;
  const failure = hidden ? null : (head.failure ?? reload.failure);
  return (
    <>
      <LineNotice connection={connection} />
      {failure && (
        <div class="ogc-table-trouble" role="alert">
          <Icon name="warning" />
          <span>
            {say("table.not_answering", { reason: oneLine(`${failure.title} ${failure.detail}`) })}{" "}
            <NextTry head={head} />
          </span>
          <Button onClick={reload.reload}>{say("common.retry")}</Button>
        </div>
      )}
    </>
  );
}

interface TroublesProps {
  head: TableHead;
  reload: Reload;
  connection: Connection;
}

/** Counts down; it is not read out each second. */
function NextTry({ head }: { head: TableHead }) {
  const now = useSeconds(head.next_check !== null);
  return <span aria-live="off">{nextTryText(head, now)}</span>;
}
