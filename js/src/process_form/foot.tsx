/** The foot of the form: Submit, what came of it, and the last job. */
import type { RefObject } from "preact";
import type { Submission } from "../contract";
import { Button, ConfirmButton } from "../shared/button";
import { shortId } from "../shared/format";
import { Icon } from "../shared/icon";
import { hasEnded } from "../shared/job/actions_state";
import { JobLine } from "../shared/job/job_line";
import { ResultsPanel } from "../shared/job/results_panel";
import { statusWord } from "../shared/job/status_chip";
import { LineNotice } from "../shared/line_notice";
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
    <div class="ogc-foot">
      <div class="ogc-foot-line">
        <Button
          look="filled"
          part="submit"
          disabled={submitting}
          onClick={(event) => {
            // The second click of a double click is no second job.
            if (event.detail <= 1) onSubmit();
          }}
        >
          {say(submitting ? "form.submitting" : "form.submit")}
        </Button>
        <span class="ogc-foot-mode">
          {say("form.mode_line", { mode: modeText(store.mode.value) })}
        </span>
        <span class="ogc-foot-space" />
        <Fillers store={store} />
      </div>
      <LineNotice connection={store.connection} />
      <Outcome store={store} onShowFirst={onShowFirst} summary={summary} />
      {job ? (
        <section class="ogc-last-job" aria-label={say("form.last_job")}>
          <JobLine key={job.key} job={job} connection={store.connection} />
        </section>
      ) : null}
    </div>
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
  const said = heard(store.submission.value);
  return (
    <div ref={summary} class="ogc-outcome" role="status" tabIndex={-1}>
      {bad > 0 ? <Attention count={bad} onShowFirst={onShowFirst} /> : null}
      <Problems id="" problems={whole} />
      <Failures store={store} />
      {said ? <span class="ogc-hidden">{said}</span> : null}
    </div>
  );
}

/** What those who do not see the job hear of it: that it is there, and how it ended. */
function heard({ phase, job }: Submission): string {
  if (phase !== "submitted") return "";
  if (!job || !hasEnded(job)) return say("form.submitted");
  return say("job.changed", { id: shortId(job.id), status: statusWord(job) });
}

function Attention({ count, onShowFirst }: { count: number; onShowFirst: () => void }) {
  return (
    <p class="ogc-error">
      <Icon name="error" />
      <span>{count === 1 ? say("form.problem_one") : say("form.problems", { count })}</span>
      <Button look="text" onClick={onShowFirst}>
        {say("form.show_first")}
      </Button>
    </p>
  );
}

/** What was asked for and was not done. */
function Failures({ store }: { store: FormStore }) {
  const lost = store.edits.failure.value;
  const refused = store.refused.value;
  const { phase, failure } = store.submission.value;
  const failed = phase === "failed" && !refused && !store.submitting.value ? failure : null;
  return (
    <>
      {lost ? (
        <Failed title={say("form.not_saved")} detail={`${lost.title} ${lost.detail}`} />
      ) : null}
      {refused ? <Failed title={refused.title} detail={refused.detail} /> : null}
      {failed ? <Failed title={failed.title} detail={failed.detail} /> : null}
    </>
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
