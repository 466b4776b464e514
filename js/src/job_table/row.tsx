// biome-ignore-all lint/a11y/useSemanticElements: a windowed table cannot be made of table rows.
// biome-ignore-all lint/a11y/useFocusableInteractive: the focus is on rows and on their buttons.
/** One row. It is drawn again only when its version, its place or its part in the focus changes. */
import { Component } from "preact";
import type { JobRow } from "../contract";
import { Button } from "../shared/button";
import { exactTime, oneLine, relativeTime } from "../shared/format";
import { JobActions } from "../shared/job/actions";
import type { ActionsState } from "../shared/job/actions_state";
import { useMinutes } from "../shared/job/clock";
import { Elapsed } from "../shared/job/elapsed";
import { JobId } from "../shared/job/job_id";
import { jobText } from "../shared/job/job_line";
import { ProgressLine } from "../shared/job/progress_line";
import { StatusChip } from "../shared/job/status_chip";
import { say } from "../shared/words";
import type { TableState } from "./table_state";

const FLASH = 1200;
const FLASHING = "ogc-table-flash";

export interface RowProps {
  table: TableState;
  slot: number;
  version: number;
  position: number;
  /** Height of a row in pixels. */
  height: number;
  /** Whether the Tab key stops here. */
  active: boolean;
  opened: boolean;
}

export class Row extends Component<RowProps> {
  override shouldComponentUpdate(next: RowProps): boolean {
    const now = this.props;
    return (
      next.version !== now.version ||
      next.slot !== now.slot ||
      next.position !== now.position ||
      next.height !== now.height ||
      next.active !== now.active ||
      next.opened !== now.opened
    );
  }

  readonly #key = this.props.table.feed.store.row(this.props.slot).key;

  override componentWillUnmount(): void {
    this.props.table.release(this.#key);
  }

  override render({ table, slot, position, height, active, opened }: RowProps) {
    const job = table.feed.store.row(slot);
    const flashes = Date.now() - table.feed.store.flashedAt(slot) < FLASH;
    const place = { transform: `translateY(${position * height}px)` };
    return (
      <div
        role="row"
        class={flashes ? `ogc-table-row ${FLASHING}` : "ogc-table-row"}
        style={place}
        data-key={job.key}
        aria-rowindex={position + 2}
        aria-selected={opened}
        tabIndex={active ? 0 : -1}
        onAnimationEnd={({ currentTarget }) => currentTarget.classList.remove(FLASHING)}
      >
        <Cells job={job} state={table.actions(job.key)} active={active} />
      </div>
    );
  }
}

interface CellsProps {
  job: JobRow;
  state: ActionsState;
  active: boolean;
}

function Cells({ job, state, active }: CellsProps) {
  const process = oneLine(job.process_id) || say("job.no_time");
  return (
    <>
      <div role="gridcell" class="ogc-cell-status">
        <StatusChip job={job} />
        <ProgressLine job={job} />
      </div>
      <div role="gridcell" class="ogc-cell-process" title={process} dir="auto">
        {process}
      </div>
      <div role="gridcell" class="ogc-cell-job">
        <JobId id={job.id} tabbable={active} />
      </div>
      <Message job={job} state={state} />
      <Submitted time={job.created} />
      <div role="gridcell" class="ogc-cell-elapsed">
        <Elapsed job={job} />
      </div>
      <div role="gridcell" class="ogc-cell-actions">
        <JobActions job={job} state={state} tabbable={active} />
      </div>
    </>
  );
}

function Message({ job, state }: { job: JobRow; state: ActionsState }) {
  const failure = state.failure.value;
  if (failure) return <Failure state={state} text={`${failure.title} ${failure.detail}`.trim()} />;
  const text = jobText(job);
  const look = job.status === "failed" ? "ogc-cell-message ogc-cell-failed" : "ogc-cell-message";
  return (
    <div role="gridcell" class={look} title={text} dir="auto">
      {text}
    </div>
  );
}

function Failure({ state, text }: { state: ActionsState; text: string }) {
  return (
    <div role="gridcell" class="ogc-cell-message ogc-cell-failure" title={text}>
      <span role="alert">{text}</span>
      <Button
        onClick={() => {
          state.failure.value = null;
        }}
      >
        {say("common.close")}
      </Button>
    </div>
  );
}

function Submitted({ time }: { time: number | null }) {
  const now = useMinutes();
  return (
    // The exact time costs more than all else in a row, so it is made when it is looked for.
    <div
      role="gridcell"
      class="ogc-cell-submitted"
      onPointerEnter={(event) => {
        event.currentTarget.title = exactTime(time);
      }}
    >
      {relativeTime(time, now)}
    </div>
  );
}
