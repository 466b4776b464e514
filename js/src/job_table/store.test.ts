import { expect, test } from "vitest";
import type { JobRow } from "../contract";
import { columnsOf, exampleJob } from "../shared/job/example_job";
import { JobStore } from "./store";

const NOW = 1_000_000;

function jobs(count: number): JobRow[] {
  return Array.from({ length: count }, (_, n) =>
    exampleJob({ id: `job-${n}`, created: (n + 1) * 1000, process_id: `p${n % 7}` }),
  );
}

function storeOf(rows: readonly JobRow[]): JobStore {
  const store = new JobStore();
  store.reset(columnsOf(rows), NOW);
  return store;
}

function ids(store: JobStore): string[] {
  return Array.from({ length: store.length }, (_, n) => store.row(store.slotAt(n) ?? -1).id);
}

test("Rows stand newest first, those without a time last.", () => {
  const rows = [...jobs(3), exampleJob({ id: "x", created: null, started: null, updated: null })];
  expect(ids(storeOf(rows))).toEqual(["job-2", "job-1", "job-0", "x"]);
});

test("A delta changes, adds and takes out rows, and tells whose status turned.", () => {
  const store = storeOf(jobs(3));
  const changes = [
    exampleJob({ id: "job-1", created: 2000, status: "successful" }),
    exampleJob({ id: "job-0", created: 1000, progress: 50 }),
    exampleJob({ id: "new", created: 9000 }),
  ];
  const turned = store.apply(columnsOf(changes), ["key of job-2"], NOW);
  expect(ids(store)).toEqual(["new", "job-1", "job-0"]);
  expect(turned.map((slot) => store.row(slot).id)).toEqual(["job-1"]);
});

test("The version moves for changed rows only, and their slots stay.", () => {
  const store = storeOf(jobs(3));
  const before = store.slotOf("key of job-1") ?? -1;
  const other = store.slotOf("key of job-2") ?? -1;
  const versions = [store.version(before), store.version(other)];
  store.apply(columnsOf([exampleJob({ id: "job-1", progress: 77 })]), [], NOW);
  expect(store.slotOf("key of job-1")).toBe(before);
  expect(store.version(before)).toBeGreaterThan(versions[0] ?? 0);
  expect(store.version(other)).toBe(versions[1]);
});

test("What turned and what is new flashes; what was there and stays does not.", () => {
  const store = storeOf(jobs(2));
  const changes = [
    exampleJob({ id: "job-0", created: 1000, status: "failed" }),
    exampleJob({ id: "job-1", created: 2000, progress: 60 }),
    exampleJob({ id: "new" }),
  ];
  store.apply(columnsOf(changes), [], NOW + 5);
  const flash = (id: string) => store.flashedAt(store.slotOf(`key of ${id}`) ?? -1);
  expect([flash("job-0"), flash("job-1"), flash("new")]).toEqual([NOW + 5, 0, NOW + 5]);
});

test("Rows placed one by one stand as if all had been sorted, in every column and direction.", () => {
  for (const column of ["status", "process", "job", "message", "submitted", "elapsed"] as const) {
    for (const descending of [true, false]) {
      const store = storeOf(jobs(60));
      store.setSort({ column, descending }, NOW);
      const changes = [3, 17, 40, 59].map((n) =>
        exampleJob({
          id: `job-${n}`,
          created: 70_000 - n * 1000,
          process_id: `q${n}`,
          status: n > 20 ? "failed" : "accepted",
          finished: 80_000,
          message: `m${n}`,
        }),
      );
      store.apply(columnsOf([...changes, exampleJob({ id: "new", created: 5500 })]), [], NOW);
      const placed = ids(store);
      store.setSort({ column, descending }, NOW);
      expect(placed).toEqual(ids(store));
    }
  }
});

test("A slot that a removed row left is used again.", () => {
  const store = storeOf(jobs(2));
  store.apply(columnsOf([]), ["key of job-0", "key of nobody"], NOW);
  store.apply(columnsOf([exampleJob({ id: "new", created: 500 })]), [], NOW);
  expect(ids(store)).toEqual(["job-1", "new"]);
});

test("A cleared store holds nothing.", () => {
  const store = storeOf(jobs(5));
  store.clear();
  expect([store.length, store.slotOf("key of job-1"), store.slotAt(0)]).toEqual([
    0,
    undefined,
    undefined,
  ]);
});
