/** A form with a kernel that plays its part, for tests. */
import type {
  BooleanField,
  BoxField,
  ChoiceField,
  Command,
  DateTimeField,
  Draft,
  Field,
  FormView,
  JobRow,
  JsonField,
  JsonValue,
  ListField,
  ManyChoiceField,
  NumberField,
  Problem,
  Submission,
  TextField,
} from "../contract";
import { Connection } from "../shared/connection";
import { FakeModel } from "../shared/fake_model";
import { openProcessForm } from "./index";

const base = { description: "", required: false, notes: [] };
type Some<F> = Partial<F> & { key?: string };

function named(some: { key?: string; id?: string; title?: string }) {
  const key = some.key ?? "f0";
  return { ...base, key, id: some.id ?? key, title: some.title ?? some.id ?? key };
}

export function textField(some: Some<TextField> = {}): TextField {
  return {
    ...named(some),
    kind: "text",
    multiline: false,
    secret: false,
    placeholder: "",
    ...some,
  };
}

export function numberField(some: Some<NumberField> = {}): NumberField {
  const free = { integer: false, minimum: null, maximum: null, step: null };
  return { ...named(some), kind: "number", ...free, unit: "", placeholder: "", ...some };
}

export function booleanField(some: Some<BooleanField> = {}): BooleanField {
  return { ...named(some), kind: "boolean", ...some };
}

const options = ["a", "b", "c"].map((value) => ({ value, label: value.toUpperCase() }));

export function choiceField(some: Some<ChoiceField> = {}): ChoiceField {
  return { ...named(some), kind: "choice", options, ...some };
}

export function manyChoiceField(some: Some<ManyChoiceField> = {}): ManyChoiceField {
  return { ...named(some), kind: "many_choice", options, ...some };
}

export function dateTimeField(some: Some<DateTimeField> = {}): DateTimeField {
  return { ...named(some), kind: "datetime", precision: "datetime", ...some };
}

export function boxField(some: Some<BoxField> = {}): BoxField {
  return { ...named(some), kind: "bbox", crs: [], heights: "none", bare: false, ...some };
}

export function listField(some: Some<ListField> = {}): ListField {
  const item = textField({ key: "item" });
  return { ...named(some), kind: "list", item, min_items: 0, max_items: null, ...some };
}

export function jsonField(some: Some<JsonField> = {}): JsonField {
  return { ...named(some), kind: "json", reason: "", secret: false, placeholder: "", ...some };
}

export function formOf(fields: Field[], some: Partial<FormView> = {}): FormView {
  return {
    revision: 1,
    phase: "ready",
    failure: null,
    server: "https://example.org/ogc-api",
    process_id: "echo",
    title: "Echo",
    description: "",
    version: "1.0.0",
    fields,
    outputs: [],
    modes: (["auto", "async", "sync"] as const).map((mode) => ({
      mode,
      allowed: mode !== "sync",
      reason: mode === "sync" ? "The server does not offer it." : "",
    })),
    transmissions: ["auto"],
    has_example: false,
    ...some,
  };
}

export function draftOf(values: Record<string, JsonValue> = {}, some: Partial<Draft> = {}): Draft {
  return {
    revision: 1,
    values,
    masked: [],
    changed: false,
    problems: [],
    mode: "auto",
    outputs: [],
    request: "{}",
    ...some,
  };
}

export const IDLE: Submission = {
  revision: 0,
  phase: "idle",
  failure: null,
  job: null,
  results: null,
};

export function jobOf(some: Partial<JobRow> = {}): JobRow {
  const times = { created: 0, started: 0, finished: null, updated: 0 };
  return {
    key: "j1",
    id: "5f3c9a7e-22aa-4b6e-9a52-1c1b7b0a9f10",
    process_id: "echo",
    server: "example.org",
    status: "running",
    word: "",
    progress: 40,
    message: "",
    ...times,
    pending: "",
    gone: false,
    mine: true,
    dismiss: "yes",
    note: "",
    ...some,
  };
}

export function problemOf(key: string, message: string, some: Partial<Problem> = {}): Problem {
  return { key, message, path: [], severity: "error", ...some };
}

type Judge = (values: Record<string, JsonValue>) => Problem[];

interface Start {
  form?: Partial<FormView>;
  draft?: Partial<Draft>;
  values?: Record<string, JsonValue>;
  submission?: Partial<Submission>;
  judge?: Judge;
}

/** The kernel's side of a form: edits are judged and answered when `answer` is called. */
export class FakeKernel {
  readonly model: FakeModel;
  readonly widget: ReturnType<typeof openProcessForm>;
  readonly #judge: Judge;
  #answered = 0;

  constructor(fields: Field[], start: Start = {}) {
    this.#judge = start.judge ?? (() => []);
    const values = start.values ?? {};
    const draft = draftOf(values, { problems: this.#judge(values), ...start.draft });
    this.model = new FakeModel({
      _form: formOf(fields, start.form),
      _draft: draft,
      _submission: { ...IDLE, ...start.submission },
    });
    this.widget = openProcessForm(new Connection(this.model));
    this.model.on("msg:custom", (content: unknown) => this.widget.receive(content, []));
  }

  get draft(): Draft {
    return this.model.get("_draft") as Draft;
  }

  /** Answer the commands that wait, oldest first: `ok`, or `failed` with a title. */
  answer(failure?: string, detail = ""): void {
    for (; this.#answered < this.model.sent.length; this.#answered += 1) {
      const command = this.model.sent[this.#answered] as Command;
      if (failure === undefined) this.#obey(command);
      const { id } = command;
      this.model.tell(
        failure === undefined
          ? { kind: "ok", id, results: null, code: codeOf(command, this.draft) }
          : { kind: "failed", id, title: failure, detail },
      );
    }
  }

  /** State comes over the wire, so every value in it is a new one. */
  write(draft: Partial<Draft>): void {
    this.model.write("_draft", structuredClone({ ...this.draft, ...draft }));
  }

  submission(submission: Partial<Submission>): void {
    this.model.write("_submission", { ...IDLE, ...submission });
  }

  #obey(command: Command): void {
    if (command.kind === "edit") {
      const all = Object.entries({ ...this.draft.values, ...command.values });
      const values = Object.fromEntries(all.filter(([, value]) => value !== null));
      this.write({ values, problems: this.#judge(values), changed: true });
    }
    if (command.kind === "choose" && command.mode) this.write({ mode: command.mode });
    if (command.kind === "choose" && command.outputs) this.write({ outputs: command.outputs });
  }
}

/** Code for a command that asks for it, different for each draft. */
function codeOf(command: Command, { revision }: Draft): string | null {
  return command.kind === "code" ? `${command.language} of draft ${revision}` : null;
}

/** Let promises and drawing come to rest. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
}

/** A view of the form in the page. */
export function draw(kernel: FakeKernel): HTMLElement {
  const element = document.createElement("div");
  document.body.append(element);
  kernel.widget.render(element);
  return element;
}

/** Write into a control as somebody who types does. */
export function type(control: Element | null | undefined, text: string): void {
  const input = control as HTMLInputElement;
  input.value = text;
  input.dispatchEvent(new Event("input", { bubbles: true }));
}

/** Unfold the request; gives its JSON text. */
export async function openRequest(view: Element): Promise<HTMLTextAreaElement> {
  const sections = [...view.querySelectorAll("details")];
  const section = sections.find((one) => one.querySelector("summary")?.textContent === "Request");
  if (!section) throw new Error("There is no request.");
  section.open = true;
  section.dispatchEvent(new Event("toggle"));
  await settled();
  return section.querySelector("textarea") as HTMLTextAreaElement;
}

/** The button with these words. */
export function button(view: Element, words: string): HTMLButtonElement {
  const found = [...view.querySelectorAll("button")].find((one) => one.textContent === words);
  if (!found) throw new Error(`There is no button ${words}.`);
  return found;
}

/** A field by its key. */
export function field(view: Element, key: string): HTMLElement {
  const found = view.querySelector<HTMLElement>(`[data-field="${key}"]`);
  if (!found) throw new Error(`There is no field ${key}.`);
  return found;
}

/** The control of a field. */
export function control(view: Element, key: string): HTMLInputElement {
  return field(view, key).querySelector("input, textarea, select") as HTMLInputElement;
}
