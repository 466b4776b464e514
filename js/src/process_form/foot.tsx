/** The foot of the form: Submit, what came of it, and the last job. */
import type { RefObject } from "preact";
import type { Submission } from "../contract";
import { Button, ConfirmButton } from "../shared/button";
import { Icon } from "../shared/icon";
import { JobLine } from "../shared/job/job_line";
import { ResultsPanel } from "../shared/job/results_panel";
import { say } from "../shared/words";
import { modeText } from "./outputs";
import { Problems } from "./problems";
import type { FormStore } from "./store";

interface FootProps {
  store: FormStore;
  onSubmit: () => void;
  onShowFirst: () => void;
  summary: RefObject<HTMLDivElement | null>;
}

export function Foot({ store, onSubmit, onShowFirst, summary }: FootProps) {
  const submitting = store.submitting.value;
  const { job } = store.submission.value;
  return (
    <footer class="ogc-foot">
      <div class="ogc-foot-line">
        <Button look="filled" part="submit" disabled={submitting} onClick={onSubmit}>
          {say(submitting ? "form.submitting" : "form.submit")}
        </Button>
        <span class="ogc-foot-mode">
          {say("form.mode_line", { mode: modeText(store.mode.value) })}
        </span>
        <span class="ogc-foot-space" />
        <Fillers store={store} />
      </div>
      <Outcome store={store} onShowFirst={onShowFirst} summary={summary} />
      {job ? (
        <section class="ogc-last-job" aria-label={say("form.last_job")}>
          <JobLine key={job.key} job={job} connection={store.connection} />
        </section>
      ) : null}
    </footer>
  );
}

function Fillers({ store }: { store: FormStore }) {
  const question = (word: "form.reset_question" | "form.example_question") =>
    store.changed.value ? say(word) : null;
  const disabled = store.work.value !== null;
  const answers = { yes: say("form.replace"), no: say("form.keep"), disabled };
  return (
    <span class="ogc-fillers">
      {store.form.value.has_example ? (
        <ConfirmButton
          {...answers}
          question={question("form.example_question")}
          onConfirm={() => void store.fill("example")}
        >
          {say("form.example")}
        </ConfirmButton>
      ) : null}
      <ConfirmButton
        {...answers}
        question={question("form.reset_question")}
        onConfirm={() => void store.fill("defaults")}
      >
        {say("form.reset")}
      </ConfirmButton>
    </span>
  );
}

/** What to say of the last attempt, for eyes and ears alike. */
function Outcome({ store, onShowFirst, summary }: Omit<FootProps, "onSubmit">) {
  const bad = store.attempted.value ? store.bad.value.length : 0;
  const whole = store.attempted.value ? store.formProblems.value : [];
  const lost = store.edits.failure.value;
  const { phase, failure } = store.submission.value;
  const refused = store.refused.value;
  return (
    <div ref={summary} class="ogc-outcome" role="status" tabIndex={-1}>
      {bad > 0 ? (
        <p class="ogc-error">
          <Icon name="error" />
          <span>{bad === 1 ? say("form.problem_one") : say("form.problems", { count: bad })}</span>
          <Button look="text" onClick={onShowFirst}>
            {say("form.show_first")}
          </Button>
        </p>
      ) : null}
      <Problems id="" problems={whole} />
      {lost ? (
        <Failed title={say("form.not_saved")} detail={`${lost.title} ${lost.detail}`} />
      ) : null}
      {refused ? <Failed title={refused.title} detail={refused.detail} /> : null}
      {phase === "failed" && failure && !refused && !store.submitting.value ? (
        <Failed title={failure.title} detail={failure.detail} />
      ) : null}
      {store.connection.silent.value ? (
        <p class="ogc-quiet">{say("common.kernel_silent")}</p>
      ) : null}
      {phase === "submitted" ? <span class="ogc-hidden">{say("form.submitted")}</span> : null}
    </div>
  );
}

function Failed({ title, detail }: { title: string; detail: string }) {
  return (
    <div class="ogc-error">
      <Icon name="error" />
      <span>
        <b>{title}</b> <span class="ogc-detail">{detail}</span>
      </span>
    </div>
  );
}

/** The results of a synchronous execution; outside the foot, since they may be long. */
export function SyncResults({ results }: Pick<Submission, "results">) {
  if (!results) return null;
  return (
    <section class="ogc-sync-results" aria-label={say("form.results")}>
      <h4 class="ogc-label">{say("form.results")}</h4>
      <ResultsPanel results={results} />
    </section>
  );
}
