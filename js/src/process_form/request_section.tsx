/** The request in three languages: tabs of one state, of which JSON can be edited. */
import { useContext, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { WriteCode } from "../contract";
import { Button, CopyButton } from "../shared/button";
import { CommandFailed } from "../shared/connection";
import { Icon } from "../shared/icon";
import { TabPanel, Tabs } from "../shared/tabs";
import { say } from "../shared/words";
import { ViewName } from "./field";
import { LIMIT, loadRequest, saveRequest } from "./request_file";
import type { FormStore } from "./store";

type Language = WriteCode["language"];

const TABS = [
  { name: "json", title: say("form.json") },
  { name: "python", title: say("form.python") },
  { name: "curl", title: say("form.curl") },
] as const;

export function RequestSection({ store }: { store: FormStore }) {
  const [open, setOpen] = useState(false);
  return (
    <details class="ogc-section" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        {say("form.request")}
        {store.request.refused.value ? (
          <span class="ogc-summary ogc-request-refused">{say("form.text_refused_short")}</span>
        ) : null}
      </summary>
      {open ? <Languages store={store} /> : null}
    </details>
  );
}

function Languages({ store }: { store: FormStore }) {
  const id = `${useContext(ViewName)}-request`;
  const [language, setLanguage] = useState<Language>("json");
  return (
    <div class="ogc-section-body ogc-request">
      <Tabs
        id={id}
        label={say("form.request_as")}
        tabs={TABS}
        chosen={language}
        onChoose={setLanguage}
      />
      <TabPanel id={id} chosen={language}>
        {language === "json" ? (
          <JsonText store={store} id={id} />
        ) : (
          <Code key={language} store={store} language={language} />
        )}
      </TabPanel>
      <Files store={store} onLoad={() => setLanguage("json")} />
    </div>
  );
}

function JsonText({ store, id }: { store: FormStore; id: string }) {
  const { request } = store;
  const area = useRef<HTMLTextAreaElement>(null);
  const text = request.text.value;
  const problems = request.problems.value;
  useLayoutEffect(() => {
    const element = area.current;
    if (!element) return;
    element.style.height = "auto";
    element.style.height = `${element.scrollHeight + 2}px`;
  }, [text]);
  return (
    <>
      <Copy text={text} />
      <textarea
        ref={area}
        class="ogc-input ogc-mono"
        rows={4}
        spellcheck={false}
        autocomplete="off"
        aria-label={say("form.json_text")}
        aria-invalid={problems.length > 0 ? "true" : undefined}
        aria-describedby={`${id}-said`}
        value={text}
        onInput={(event) => request.type(event.currentTarget.value)}
        onBlur={() => void request.leave()}
      />
      <div id={`${id}-said`} class="ogc-request-said" role="status">
        <Refusal store={store} problems={problems} />
        <FieldProblems store={store} />
        {store.draft.value.masked.length > 0 ? (
          <p class="ogc-help">{say("form.json_masked")}</p>
        ) : null}
      </div>
    </>
  );
}

function Copy({ text }: { text: string }) {
  return (
    <span class="ogc-request-copy">
      <CopyButton text={text} />
    </span>
  );
}

/** Why the text is not in the form, and the way back. */
function Refusal({ store, problems }: { store: FormStore; problems: readonly string[] }) {
  if (problems.length === 0) return null;
  return (
    <>
      <ul class="ogc-problems">
        {problems.map((problem, place) => (
          <li key={place} class="ogc-error">
            <Icon name="error" />
            <span>{problem}</span>
          </li>
        ))}
      </ul>
      <p class="ogc-request-back">
        <span class="ogc-quiet">
          {say(store.request.overtaken.value ? "form.text_overtaken" : "form.text_refused")}
        </span>
        <Button look="text" onClick={() => store.request.restore()}>
          {say("form.text_restore")}
        </Button>
      </p>
    </>
  );
}

const MOST_SHOWN = 5;

/** The problems of the fields, which may be out of sight from here. */
function FieldProblems({ store }: { store: FormStore }) {
  const { fields } = store.form.value;
  const found = fields.flatMap(({ key, title }) =>
    store.field(key).problems.value.map(({ message }) => `${title}: ${message}`),
  );
  if (found.length === 0) return null;
  return (
    <ul class="ogc-problems">
      {found.slice(0, MOST_SHOWN).map((sentence, place) => (
        <li key={place} class="ogc-error">
          <Icon name="error" />
          <span>{sentence}</span>
        </li>
      ))}
    </ul>
  );
}

/** The code as the kernel writes it, asked for again whenever the form changes. */
function useCode(store: FormStore, language: Language) {
  const { revision } = store.draft.value;
  const [code, setCode] = useState({ text: "", failure: "" });
  useLayoutEffect(() => {
    let late = false;
    store.connection.ask({ kind: "code", language }).then(
      (answer) => {
        if (!late) setCode({ text: answer.code ?? "", failure: "" });
      },
      (reason: unknown) => {
        const failure = reason instanceof CommandFailed ? reason.message : String(reason);
        if (!late) setCode(({ text }) => ({ text, failure }));
      },
    );
    return () => {
      late = true;
    };
  }, [store, language, revision]);
  return code;
}

function Code({ store, language }: { store: FormStore; language: "python" | "curl" }) {
  const { text, failure } = useCode(store, language);
  const word = language === "python" ? "form.python_help" : "form.curl_help";
  return (
    <>
      <Copy text={text} />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls is scrolled by keys. */}
      <pre tabIndex={0}>{text}</pre>
      {failure ? (
        <p class="ogc-error" role="alert">
          <Icon name="error" />
          <span>{failure}</span>
        </p>
      ) : null}
      <p class="ogc-help">
        {say(word)} {text.includes("OGC_TOKEN") ? say("form.token_help") : ""}
      </p>
    </>
  );
}

function Files({ store, onLoad }: { store: FormStore; onLoad: () => void }) {
  const chooser = useRef<HTMLInputElement>(null);
  const [said, setSaid] = useState("");
  const report = (work: Promise<string>): void => {
    work.then(setSaid, (reason: unknown) => setSaid(String((reason as Error).message)));
  };
  const load = (input: HTMLInputElement): void => {
    const file = input.files?.[0];
    if (!file) return;
    onLoad();
    report(loadRequest(store, file));
    // The same file may be chosen again.
    input.value = "";
  };
  return (
    <div class="ogc-request-files">
      <Button onClick={() => report(saveRequest(store))}>{say("form.save_request")}</Button>
      <Button
        title={say("form.load_limit", { limit: LIMIT })}
        onClick={() => chooser.current?.click()}
      >
        {say("form.load_request")}
      </Button>
      <input
        ref={chooser}
        type="file"
        accept=".json,application/json"
        hidden
        onChange={(event) => load(event.currentTarget)}
      />
      <span class="ogc-help" role="status">
        {said}
      </span>
    </div>
  );
}
