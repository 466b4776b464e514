import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { JobDelta, JobRow, TableHead, TableView } from "../contract";
import { Connection } from "../shared/connection";
import { FakeModel } from "../shared/fake_model";
import { columnsOf, exampleJob } from "../shared/job/example_job";
import { JobFeed } from "./feed";

const HEAD: TableHead = {
  phase: "ready",
  failure: null,
  counts: { running: 60 },
  checked: 1000,
  next_check: null,
  servers: [],
  process_id: "",
};

function jobs(count: number): JobRow[] {
  return Array.from({ length: count }, (_, n) => exampleJob({ id: `job-${n}`, created: n }));
}

function view(rows: JobRow[], sequence = 0, counts = HEAD.counts): TableView {
  return { sequence, head: { ...HEAD, counts }, newest: columnsOf(rows) };
}

function delta(sequence: number, rows: JobRow[]): JobDelta {
  return { kind: "delta", sequence, head: HEAD, rows: columnsOf(rows), removed: [] };
}

async function zipped(rows: JobRow[]): Promise<DataView> {
  const stream = new Blob([JSON.stringify(columnsOf(rows))])
    .stream()
    .pipeThrough(new CompressionStream("gzip"));
  return new DataView(await new Response(stream).arrayBuffer());
}

function open(state: TableView) {
  const model = new FakeModel({ _table: state });
  const connection = new Connection(model);
  return { model, connection, feed: new JobFeed(connection) };
}

async function snapshot(feed: JobFeed, sequence: number, rows: JobRow[]): Promise<void> {
  const before = feed.revision.value;
  feed.receive({ kind: "snapshot", sequence, head: HEAD }, [await zipped(rows)]);
  await vi.waitFor(() => expect(feed.revision.value).toBeGreaterThan(before), 10_000);
}

function progressOf(feed: JobFeed, id: string): number | null {
  return feed.store.row(feed.store.slotOf(`key of ${id}`) ?? -1).progress;
}

beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] }));
afterEach(() => void vi.useRealTimers());

test("The trait's newest rows are there at once, all rows after the snapshot.", async () => {
  const { feed } = open(view(jobs(50)));
  expect([feed.store.length, feed.whole.value]).toEqual([50, false]);
  vi.useRealTimers();
  await snapshot(feed, 0, jobs(60));
  expect([feed.store.length, feed.whole.value]).toEqual([60, true]);
});

test("A trait that holds all jobs needs no snapshot.", () => {
  const { feed, model } = open(view(jobs(3), 0, { running: 3 }));
  vi.advanceTimersByTime(60_000);
  expect([feed.whole.value, model.commands("snapshot").length]).toEqual([true, 0]);
});

test("A snapshot that the kernel did not send is asked for, once.", () => {
  const { model } = open(view(jobs(50)));
  vi.advanceTimersByTime(60_000);
  expect(model.commands("snapshot")).toHaveLength(1);
});

test("Deltas are applied in order; older ones are ignored.", () => {
  const { feed } = open(view(jobs(3), 4, { running: 3 }));
  feed.receive(delta(5, [exampleJob({ id: "job-1", created: 1, progress: 50 })]), []);
  feed.receive(delta(4, [exampleJob({ id: "job-1", created: 1, progress: 10 })]), []);
  expect(progressOf(feed, "job-1")).toBe(50);
});

test("After a gap all rows are asked for once, and what came meanwhile is kept for them.", async () => {
  const { feed, model } = open(view(jobs(3), 0, { running: 3 }));
  feed.receive(delta(2, [exampleJob({ id: "job-1", created: 1, progress: 52 })]), []);
  feed.receive(delta(3, [exampleJob({ id: "job-1", created: 1, progress: 53 })]), []);
  expect(model.commands("snapshot")).toHaveLength(1);
  expect(progressOf(feed, "job-1")).toBe(42);
  vi.useRealTimers();
  await snapshot(feed, 2, jobs(3));
  expect(progressOf(feed, "job-1")).toBe(53);
});

test("Where the trait runs ahead and no delta follows, all rows are asked for.", () => {
  const { model } = open(view(jobs(3), 0, { running: 3 }));
  model.write("_table", view(jobs(3), 1, { running: 3 }));
  expect(model.commands("snapshot")).toHaveLength(0);
  vi.advanceTimersByTime(2000);
  expect(model.commands("snapshot")).toHaveLength(1);
});

test("A delta that follows its trait still tells whose status turned.", () => {
  const { feed, model } = open(view(jobs(1), 0, { running: 1 }));
  const done = exampleJob({ id: "job-0", created: 0, status: "successful" });
  model.write("_table", view([done], 1, { successful: 1 }));
  feed.receive(delta(1, [done]), []);
  expect(feed.turned.value.map((job) => job.status)).toEqual(["successful"]);
  vi.advanceTimersByTime(2000);
  expect(model.commands("snapshot")).toHaveLength(0);
});

test("A closed feed holds nothing and takes nothing more.", async () => {
  const buffer = await zipped(jobs(60));
  const { feed, model } = open(view(jobs(50)));
  feed.receive({ kind: "snapshot", sequence: 0, head: HEAD }, [buffer]);
  feed.close();
  vi.useRealTimers();
  await new Response(new Blob(["x"]).stream()).text();
  model.write("_table", view(jobs(50), 9));
  expect(feed.store.length).toBe(0);
});

test("What the first reading of a list finds does not flash; what comes later does.", () => {
  const reading = { ...view([], 0, {}), head: { ...HEAD, phase: "loading" as const, counts: {} } };
  const { feed } = open(reading);
  const flashed = (id: string) => feed.store.flashedAt(feed.store.slotOf(`key of ${id}`) ?? -1) > 0;
  feed.receive(delta(1, [exampleJob({ id: "old" })]), []);
  feed.receive(delta(2, [exampleJob({ id: "new" })]), []);
  expect([flashed("old"), flashed("new")]).toEqual([false, true]);
});
