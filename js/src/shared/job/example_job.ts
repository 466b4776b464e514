/** A job for tests. */
import { JOB_COLUMNS, type JobColumns, type JobRow } from "../../contract";

export function exampleJob(over: Partial<JobRow> = {}): JobRow {
  const id = over.id ?? "1a2b3c4d-0000-4000-8000-000000000001";
  return {
    key: `key of ${id}`,
    id,
    process_id: "water-bodies",
    server: "http://localhost/ogc-api",
    status: "running",
    word: "",
    progress: 42,
    message: "Cropping",
    created: 1000,
    started: 2000,
    finished: null,
    updated: 3000,
    pending: "",
    gone: false,
    mine: true,
    dismiss: "yes",
    note: "",
    ...over,
  };
}

export function columnsOf(rows: readonly JobRow[]): JobColumns {
  return Object.fromEntries(
    JOB_COLUMNS.map((name) => [name, rows.map((row) => row[name])]),
  ) as unknown as JobColumns;
}
