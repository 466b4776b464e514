import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, expect, test, vi } from "vitest";
import type { JobRow } from "../../contract";
import { Connection } from "../connection";
import { FakeModel } from "../fake_model";
import { exampleJob } from "./example_job";
import { JobLine } from "./job_line";
import { webAddress } from "./results_panel";

function draw(job: JobRow) {
  const model = new FakeModel();
  const connection = new Connection(model);
  const home = document.createElement("div");
  document.body.append(home);
  const show = (next: JobRow) =>
    act(() => render(<JobLine job={next} connection={connection} />, home));
  void show(job);
  return { model, connection, home, show };
}

async function pass(milliseconds: number): Promise<void> {
  await act(async () => void (await vi.advanceTimersByTimeAsync(milliseconds)));
}

afterEach(() => {
  for (const home of document.body.children) render(null, home);
  document.body.replaceChildren();
  vi.useRealTimers();
});

test("A job says its status, percent, message and short id; the whole id is in the title.", () => {
  const { home } = draw(exampleJob());
  expect(home.textContent).toMatch(/Running 42 %.*1a2b3c4d.*Dismiss.*Cropping/);
  expect(home.querySelector(".ogc-job-id")?.getAttribute("title")).toBe(exampleJob().id);
  expect(home.querySelector<HTMLElement>(".ogc-job-progress")?.style.width).toBe("42%");
});

test("An unknown status is shown in the server's own word.", () => {
  const { home } = draw(exampleJob({ status: "unknown", word: "paused", progress: null }));
  expect(home.querySelector(".ogc-status")?.textContent).toBe("paused");
});

test("The elapsed time moves while the job runs, and stands still when it has ended.", async () => {
  vi.useFakeTimers({ now: 10_000 });
  const { home, show } = draw(exampleJob({ started: 2000 }));
  const elapsed = () => home.querySelector(".ogc-job-elapsed")?.lastChild?.textContent;
  await pass(5000);
  expect(elapsed()).toBe("13 s");
  await show(exampleJob({ started: 2000, status: "failed", finished: 9000 }));
  await pass(60_000);
  expect(elapsed()).toBe("7 s");
  expect(vi.getTimerCount()).toBe(0);
});

test("A question about a job that ended meanwhile is taken back, and nothing is sent.", async () => {
  const { home, show, model } = draw(exampleJob());
  await act(() => home.querySelector<HTMLElement>('[data-part="dismiss"]')?.click());
  expect(home.textContent).toContain("Dismiss this job?");
  await show(exampleJob({ status: "successful", progress: null }));
  expect(home.textContent).not.toContain("Dismiss this job?");
  expect(home.contains(document.activeElement)).toBe(true);
  expect(model.sent).toEqual([]);
});

test("While the server is asked, the job offers nothing else.", () => {
  const { home } = draw(exampleJob({ pending: "dismiss" }));
  expect(home.textContent).toContain("Dismissing…");
  expect(home.querySelector("[data-part]")).toBeNull();
});

test("Results that cannot be read are told with their reason, and can be asked for again.", async () => {
  const { home, model, connection } = draw(exampleJob({ status: "successful", progress: null }));
  const press = () => act(() => home.querySelector<HTMLElement>('[data-part="results"]')?.click());
  await press();
  const id = model.commands("results")[0]?.id;
  await act(async () => {
    connection.settle({
      kind: "failed",
      id,
      title: "No results.",
      detail: "The server lost them.",
    });
  });
  expect(home.querySelector('[role="alert"]')?.textContent).toContain("The server lost them.");
  await press();
  expect(model.commands("results")).toHaveLength(2);
});

test("Only addresses of the web become links.", () => {
  expect(webAddress("http://localhost/a")).toBe("http://localhost/a");
  expect(["javascript:alert(1)", "data:text/html,x", "file:///etc", "a/b"].map(webAddress)).toEqual(
    [null, null, null, null],
  );
});
