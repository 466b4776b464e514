import { options } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Command, JobRow, ResultsView, TableHead } from "../contract";
import { Connection } from "../shared/connection";
import { FakeModel } from "../shared/fake_model";
import { columnsOf, exampleJob } from "../shared/job/example_job";
import { openJobTable } from "./index";

const ended = { status: "successful", progress: null, finished: 5000 } as const;

function headOf(rows: JobRow[], over: Partial<TableHead>): TableHead {
  const counts: Record<string, number> = {};
  for (const { status } of rows) counts[status] = (counts[status] ?? 0) + 1;
  const time = { checked: 1000, next_check: null };
  return { phase: "ready", failure: null, counts, ...time, servers: [], process_id: "", ...over };
}

/** A job table in the page, and its kernel's part. */
class Table {
  readonly model: FakeModel;
  readonly widget;
  readonly cell = document.createElement("div");
  #sequence = 0;

  constructor(rows: JobRow[], head: Partial<TableHead> = {}) {
    const view = { sequence: 0, head: headOf(rows, head), newest: columnsOf(rows) };
    this.model = new FakeModel({ _table: view });
    document.body.append(this.cell);
    this.widget = openJobTable(new Connection(this.model));
    void act(() => void this.widget.render(this.cell));
  }

  row(id: string): HTMLElement {
    return this.find(`[data-key="key of ${id}"]`);
  }

  find(selector: string): HTMLElement {
    const found = this.cell.querySelector<HTMLElement>(selector);
    if (!found) throw new Error(`There is no ${selector}.`);
    return found;
  }

  async press(part: string, id?: string): Promise<void> {
    const home = id === undefined ? this.cell : this.row(id);
    await act(() => home.querySelector<HTMLElement>(`[data-part="${part}"]`)?.click());
  }

  async key(key: string): Promise<void> {
    const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true });
    await act(() => void document.activeElement?.dispatchEvent(event));
    await act(() => new Promise((resolve) => requestAnimationFrame(() => resolve())));
  }

  async tell(rows: JobRow[], removed: string[] = []): Promise<void> {
    this.#sequence += 1;
    const message = { kind: "delta", sequence: this.#sequence, head: headOf(rows, {}) };
    await act(() =>
      this.widget.receive({ ...message, rows: columnsOf(rows), removed: removed }, []),
    );
  }

  async answer(kind: Command["kind"], answer: object): Promise<void> {
    const id = this.model.sent.filter((command) => command.kind === kind).at(-1)?.id;
    await act(async () => this.widget.receive({ ...answer, id }, []));
  }
}

beforeEach(() => {
  Object.defineProperty(HTMLElement.prototype, "clientHeight", {
    get: () => 364,
    configurable: true,
  });
});

afterEach(() => {
  document.body.replaceChildren();
  vi.useRealTimers();
});

const two = (): JobRow[] => [
  exampleJob({ id: "job-b", created: 2000 }),
  exampleJob({ id: "job-a", created: 1000, ...ended }),
];

test("Dismiss asks in its place; Escape keeps the job and gives the focus back.", async () => {
  const table = new Table(two());
  await table.press("dismiss", "job-b");
  expect(document.activeElement?.textContent).toBe("Keep");
  await table.key("Escape");
  expect(document.activeElement?.getAttribute("data-part")).toBe("dismiss");
  expect(table.model.commands("dismiss")).toHaveLength(0);
});

test("A confirmed dismiss is sent with the job's key and says so until the job has turned.", async () => {
  const table = new Table(two());
  await table.press("dismiss", "job-b");
  await table.press("confirm", "job-b");
  expect(table.model.commands("dismiss").map((command) => command.job)).toEqual(["key of job-b"]);
  expect(table.row("job-b").textContent).toContain("Dismissing…");
  expect(table.row("job-b").contains(document.activeElement)).toBe(true);
  await table.answer("dismiss", { kind: "ok", results: null });
  await table.tell([exampleJob({ id: "job-b", created: 2000, status: "dismissed" })]);
  expect(table.row("job-b").textContent).toMatch(/Dismissed.*Remove/);
  expect(table.row("job-b").contains(document.activeElement)).toBe(true);
});

test("Why a command failed stands in the row until it is closed.", async () => {
  const table = new Table(two());
  await table.press("dismiss", "job-b");
  await table.press("confirm", "job-b");
  await table.answer("dismiss", {
    kind: "failed",
    title: "Not dismissed.",
    detail: "It said 500.",
  });
  expect(table.row("job-b").textContent).toContain("Not dismissed. It said 500.");
  await table.tell([exampleJob({ id: "job-b", created: 2000, progress: 60 })]);
  expect(table.row("job-b").textContent).toContain("Not dismissed.");
  await act(() =>
    table.row("job-b").querySelector<HTMLElement>(".ogc-cell-failure button")?.click(),
  );
  expect(table.row("job-b").textContent).not.toContain("Not dismissed.");
});

test("A server that cannot dismiss says why, and is not asked.", async () => {
  const table = new Table([exampleJob({ id: "job-b", dismiss: "no" })]);
  await table.press("dismiss", "job-b");
  expect(table.row("job-b").textContent).toContain("does not offer to dismiss");
  expect(table.cell.querySelector('[data-part="confirm"]')).toBeNull();
});

test("A job that is gone says so and offers nothing.", () => {
  const gone = { status: "dismissed", gone: true } as const;
  const table = new Table([exampleJob({ id: "job-b", ...gone })]);
  expect(table.row("job-b").textContent).toContain("Dismissed, removed from the server");
  expect(table.row("job-b").querySelector("[data-part]")).toBeNull();
});

test("An update redraws the row that changed and no other, and leaves the focus.", async () => {
  const table = new Table(two());
  const button = table.row("job-b").querySelector<HTMLElement>('[data-part="dismiss"]');
  button?.focus();
  const drawn: string[] = [];
  const before = options.diffed;
  options.diffed = (node) => {
    const key = (node.props as { "data-key"?: string })["data-key"];
    if (key) drawn.push(key);
    before?.(node);
  };
  await table.tell([exampleJob({ id: "job-b", created: 2000, progress: 77 })]);
  if (before) options.diffed = before;
  expect(table.row("job-b").textContent).toContain("77 %");
  expect(drawn).toEqual(["key of job-b"]);
  expect(document.activeElement).toBe(button);
});

test("A job whose status turns is announced.", async () => {
  const table = new Table(two());
  await table.tell([exampleJob({ id: "job-b", created: 2000, ...ended })]);
  expect(table.find('[aria-live="polite"]').textContent).toBe("Job job-b: Successful");
});

test("Ten thousand rows are counted and few are drawn.", () => {
  const rows = Array.from({ length: 10_000 }, (_, n) => exampleJob({ id: `j${n}`, created: n }));
  const table = new Table(rows);
  expect(table.find('[role="grid"]').getAttribute("aria-rowcount")).toBe("10001");
  expect(table.cell.querySelectorAll("*").length).toBeLessThan(500);
  expect(table.row("j9999").getAttribute("aria-rowindex")).toBe("2");
});

test("A header sorts, and again the other way round.", async () => {
  const table = new Table(two());
  const header = table.find(".ogc-cell-job button");
  await act(() => header.click());
  expect(header.parentElement?.getAttribute("aria-sort")).toBe("ascending");
  expect(table.row("job-a").getAttribute("aria-rowindex")).toBe("2");
  await act(() => header.click());
  expect(table.row("job-a").getAttribute("aria-rowindex")).toBe("3");
});

test("Results are read once and shown as text, whatever they hold.", async () => {
  const table = new Table(two());
  await table.press("results", "job-a");
  const evil = "<img src=x onerror=alert(1)>";
  const output = { id: "o", title: evil, media_type: "", href: "javascript:alert(1)", size: null };
  const results: ResultsView = {
    outputs: [{ ...output, kind: "text", text: evil, cut: true }],
    raw: "{}",
  };
  await table.answer("results", { kind: "ok", results });
  expect(table.find("pre").textContent).toBe(evil);
  expect(table.cell.querySelector("img, a")).toBeNull();
  expect(table.find(".ogc-results").textContent).toContain("The text was cut here");
  await table.press("results", "job-a");
  await table.press("results", "job-a");
  expect(table.model.commands("results")).toHaveLength(1);
});

test("By keyboard: arrows walk the rows, Enter opens results, Delete asks to dismiss.", async () => {
  const table = new Table(two());
  table.row("job-b").focus();
  await table.key("ArrowDown");
  expect(document.activeElement).toBe(table.row("job-a"));
  await table.key("Enter");
  expect(table.model.commands("results").map((command) => command.job)).toEqual(["key of job-a"]);
  await table.key("ArrowUp");
  await table.key("Delete");
  expect(table.row("job-b").textContent).toContain("Dismiss this job?");
});

test("Where the focused row is taken out, the focus goes to the row in its place.", async () => {
  const table = new Table(two());
  table.row("job-b").focus();
  await table.tell([], ["key of job-b"]);
  await act(() => new Promise((resolve) => requestAnimationFrame(() => resolve())));
  expect(table.row("job-a").tabIndex).toBe(0);
});

test("A list that could not be read says why and can be asked for again.", async () => {
  const failure = { title: "The job list could not be read.", detail: "It answered 500." };
  const table = new Table([], { phase: "failed", failure });
  expect(table.find('[role="alert"]').textContent).toContain("It answered 500.");
  const retry = [...table.cell.querySelectorAll("button")].find((b) => b.textContent === "Retry");
  await act(() => retry?.click());
  expect(table.model.commands("reload")).toHaveLength(1);
});

test("A server that does not answer leaves the rows and says when it is tried again.", () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  const failure = { title: "It does not answer.", detail: "" };
  const table = new Table(two(), { failure, next_check: Date.now() + 8500 });
  expect(table.find(".ogc-table-trouble").textContent).toMatch(/Not answering: .*Next try in 8 s/);
  expect(table.row("job-b")).toBeTruthy();
});

test("When all jobs have ended the head says that checking stopped.", () => {
  const table = new Table([exampleJob({ id: "job-a", ...ended })]);
  expect(table.find(".ogc-table-fresh").textContent).toContain("Checking stopped");
  expect(table.find(".ogc-table-counts").textContent).toBe("1\u00a0successful");
});

test("An empty list says what to do; one that is being read says so.", () => {
  expect(new Table([]).cell.textContent).toContain("Submit a process");
  expect(new Table([], { phase: "loading" }).cell.textContent).toContain("Reading the job list");
});

test("Closing the widget lets go of all rows.", async () => {
  const table = new Table(two());
  await act(() => table.widget.close());
  expect(table.cell.querySelector("[data-key]")).toBeNull();
});

test("A kernel that is gone is said in words, and what was asked for was not sent.", async () => {
  const table = new Table([exampleJob()]);
  table.model.send = () => {
    throw new Error("Cannot send");
  };
  await table.press("dismiss");
  await table.press("confirm");
  await act(async () => undefined);
  expect(table.find(".ogc-line-notice").textContent).toContain("is gone");
  expect(table.find('[role="alert"]').textContent).toContain("Not sent");
});
