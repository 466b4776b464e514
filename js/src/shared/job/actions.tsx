/** What can be done with a job, each asked about in its own place before it is done. */
import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import type { JobRow } from "../../contract";
import { shortId } from "../format";
import { newId } from "../ids";
import { say } from "../words";
import { type ActionsState, hasEnded, questionFor } from "./actions_state";

interface ActionProps {
  children: ComponentChildren;
  onClick: () => void;
  part: string;
  danger?: boolean;
  /** Why it cannot be done now. */
  reason?: string;
  tabbable: boolean;
  expanded?: boolean;
}

function Action(props: ActionProps) {
  const id = useRef("");
  if (props.reason) id.current ||= newId();
  return (
    <>
      <button
        type="button"
        class={`ogc-button ogc-button-${props.danger ? "danger" : "quiet"}`}
        data-part={props.part}
        tabIndex={props.tabbable ? 0 : -1}
        title={props.reason}
        aria-disabled={props.reason ? "true" : undefined}
        aria-describedby={props.reason ? id.current : undefined}
        aria-expanded={props.expanded}
        onClick={() => {
          if (!props.reason) props.onClick();
        }}
      >
        {props.children}
      </button>
      {props.reason && (
        <span class="ogc-hidden" id={id.current}>
          {props.reason}
        </span>
      )}
    </>
  );
}

interface JobActionsProps {
  job: JobRow;
  state: ActionsState;
  /** Whether the buttons are stops of the Tab key. */
  tabbable?: boolean;
}

/** Where the focus is inside a host that may be a shadow root. */
function focused(element: Element): Element | null {
  return (element.getRootNode() as Document | ShadowRoot).activeElement;
}

/** Keeps the focus on this job's actions while the buttons change under it. */
function useKeptFocus(state: ActionsState) {
  const home = useRef<HTMLSpanElement>(null);
  const before = useRef(state.asking.value);
  const held = home.current?.contains(focused(home.current)) ?? false;
  useLayoutEffect(() => {
    const asked = before.current;
    const asking = state.asking.value;
    before.current = asking;
    const element = home.current;
    if (!element) return;
    if (asking && !asked) part(element, "keep")?.focus({ preventScroll: true });
    else if (held && !element.contains(focused(element))) {
      (part(element, asked ?? "") ?? element).focus({ preventScroll: true });
    }
  });
  return home;
}

function part(element: Element, name: string): HTMLElement | null {
  return element.querySelector<HTMLElement>(`[data-part="${name}"]`);
}

export function JobActions({ job, state, tabbable = true }: JobActionsProps) {
  const home = useKeptFocus(state);
  const asking = state.asking.value;
  const current = asking !== null && asking === questionFor(job);
  useLayoutEffect(() => {
    if (asking !== null && !current) state.keep();
  }, [asking, current, state]);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape is heard for the buttons inside.
    <span
      ref={home}
      class={current ? "ogc-job-actions ogc-job-asking" : "ogc-job-actions"}
      tabIndex={-1}
      onKeyDown={(event) => {
        if (!current || event.key !== "Escape") return;
        event.stopPropagation();
        state.keep();
      }}
    >
      {current ? <Asking state={state} /> : <Offered job={job} state={state} tabbable={tabbable} />}
    </span>
  );
}

function Asking({ state }: { state: ActionsState }) {
  const question = state.asking.value ?? "dismiss";
  return (
    <>
      <span role="alert">{say(`job.${question}_question`)}</span>
      <Action key="confirm" part="confirm" danger tabbable onClick={() => state.confirm()}>
        {say(`job.${question}`)}
      </Action>
      <Action key="keep" part="keep" tabbable onClick={() => state.keep()}>
        {say("job.keep")}
      </Action>
    </>
  );
}

function Offered({ job, state, tabbable }: Required<JobActionsProps>) {
  const waiting = job.pending || state.sending.value;
  if (job.gone) return null;
  if (waiting === "dismiss" || waiting === "remove") {
    return (
      <span class="ogc-job-waiting">
        {say(waiting === "dismiss" ? "job.dismissing" : "job.removing")}
      </span>
    );
  }
  if (!hasEnded(job)) return <Dismiss job={job} state={state} tabbable={tabbable} />;
  return (
    <>
      {job.status === "successful" && <Results job={job} state={state} tabbable={tabbable} />}
      <Action key="remove" part="remove" tabbable={tabbable} onClick={() => state.ask("remove")}>
        {say("job.remove")}
        <Whose job={job} />
      </Action>
    </>
  );
}

function Dismiss({ job, state, tabbable }: Required<JobActionsProps>) {
  const reason = job.dismiss === "no" ? job.note || say("job.dismiss_not_offered") : "";
  return (
    <Action
      key="dismiss"
      part="dismiss"
      tabbable={tabbable}
      reason={reason}
      onClick={() => state.ask("dismiss")}
    >
      {say("job.dismiss")}
      <Whose job={job} />
    </Action>
  );
}

function Results({ job, state, tabbable }: Required<JobActionsProps>) {
  const open = state.open.value;
  const words = open ? "job.hide_results" : "job.results";
  return (
    <Action
      key="results"
      part="results"
      tabbable={tabbable}
      expanded={open}
      onClick={() => state.toggleResults()}
    >
      {say(state.sending.value === "results" ? "job.reading_results" : words)}
      <Whose job={job} />
    </Action>
  );
}

/** Which job a button is for, for those who hear the button without its row. */
function Whose({ job }: { job: JobRow }) {
  return <span class="ogc-hidden"> {shortId(job.id)}</span>;
}
