/** The form as one view shows it; several views share one store. */
import { useCallback, useRef, useState } from "preact/hooks";
import { Button } from "../shared/button";
import { Icon } from "../shared/icon";
import { newId } from "../shared/ids";
import { LineNotice } from "../shared/line_notice";
import { say } from "../shared/words";
import { FieldView, ViewName } from "./field";
import { Foot, SyncResults } from "./foot";
import { Header, Source } from "./header";
import { OutputsAndMode } from "./outputs";
import { RequestSection } from "./request_section";
import type { FormStore } from "./store";

export function ProcessFormView({ store }: { store: FormStore }) {
  const [name] = useState(() => `ogc-${newId()}`);
  const { phase } = store.form.value;
  if (phase === "loading") return <Loading store={store} />;
  if (phase === "failed") return <Unread store={store} />;
  return (
    <ViewName.Provider value={name}>
      <Ready store={store} />
    </ViewName.Provider>
  );
}

function Loading({ store }: { store: FormStore }) {
  const process = store.form.value.process_id;
  return (
    <div class="ogc-loading" aria-busy="true">
      <p class="ogc-quiet" role="status">
        {say("form.loading", { process })}
      </p>
      <LineNotice connection={store.connection} />
      {[0, 1, 2].map((bar) => (
        <div key={bar} class="ogc-skeleton" aria-hidden="true">
          <span />
          <span />
        </div>
      ))}
    </div>
  );
}

/** No description, no form: what happened, and the way out. */
function Unread({ store }: { store: FormStore }) {
  const failure = store.form.value.failure;
  const refused = store.refused.value;
  const reading = store.work.value === "reload";
  return (
    <div class="ogc-unread">
      <Source form={store.form.value} />
      <LineNotice connection={store.connection} />
      <div class="ogc-error" role="alert">
        <Icon name="error" />
        <span>
          <b>{failure?.title || say("form.failed")}</b>{" "}
          <span class="ogc-detail">
            {failure?.detail} {refused ? `${refused.title} ${refused.detail}` : ""}
          </span>
        </span>
      </div>
      <Button disabled={reading} onClick={() => void store.reload()}>
        {say(reading ? "form.reading" : "common.retry")}
      </Button>
    </div>
  );
}

/** Puts the focus into the control of a field, or on the summary where no field is to blame. */
function focusField(root: HTMLElement | null, key: string | undefined): boolean {
  const fields = root?.querySelectorAll<HTMLElement>("[data-field]") ?? [];
  const field = [...fields].find((one) => one.dataset.field === key);
  const bad = field?.querySelector("[aria-invalid='true']");
  const reachable = "input, select, textarea, button";
  const target = bad?.matches(reachable) ? bad : (bad ?? field)?.querySelector(reachable);
  if (!(target instanceof HTMLElement)) return false;
  target.focus();
  target.scrollIntoView?.({ block: "center" });
  return true;
}

/** Submit and what follows: where problems keep the form from it, the focus goes to the first. */
function useSubmit(store: FormStore) {
  const root = useRef<HTMLFormElement>(null);
  const summary = useRef<HTMLDivElement>(null);
  const showFirst = useCallback(() => {
    if (!focusField(root.current, store.bad.peek()[0])) summary.current?.focus();
  }, [store]);
  const submit = useCallback(async () => {
    // One drawing later the first bad field says that it is one.
    if ((await store.submit()) === "invalid") requestAnimationFrame(showFirst);
  }, [store, showFirst]);
  return { root, summary, showFirst, submit };
}

function Ready({ store }: { store: FormStore }) {
  const { root, summary, showFirst, submit } = useSubmit(store);
  const keys = (event: KeyboardEvent): void => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    void submit();
  };
  const form = store.form.value;
  return (
    <form
      ref={root}
      class="ogc-form-view"
      noValidate
      aria-label={say("form.name", { process: form.title || form.process_id })}
      onSubmit={(event) => event.preventDefault()}
      onKeyDown={keys}
    >
      <Header form={form} />
      <Fields store={store} />
      <OutputsAndMode store={store} />
      <RequestSection store={store} />
      <Foot
        store={store}
        onSubmit={() => void submit()}
        onShowFirst={showFirst}
        summary={summary}
      />
      <Results store={store} />
    </form>
  );
}

function Fields({ store }: { store: FormStore }) {
  const { fields } = store.form.value;
  if (fields.length === 0) return <p class="ogc-quiet ogc-no-inputs">{say("form.no_inputs")}</p>;
  return (
    <div class="ogc-fields">
      {fields.map((field) => (
        <FieldView key={field.key} field={field} store={store} />
      ))}
    </div>
  );
}

function Results({ store }: { store: FormStore }) {
  return <SyncResults results={store.submission.value.results} />;
}
