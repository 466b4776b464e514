import { act } from "preact/test-utils";
import { expect, test } from "vitest";
import commands from "../../../tests/golden/commands.json";
import delta from "../../../tests/golden/job_delta.json";
import results from "../../../tests/golden/results_view.json";
import table from "../../../tests/golden/table_view.json";
import { JOB_COLUMNS } from "../contract";
import { Connection } from "../shared/connection";
import { FakeModel } from "../shared/fake_model";
import { openJobTable } from "./index";

function open() {
  const model = new FakeModel({ _table: table });
  const widget = openJobTable(new Connection(model));
  const view = document.createElement("div");
  document.body.replaceChildren(view);
  void act(() => void widget.render(view));
  return { model, widget, view };
}

test("The kernel's table and its delta are drawn, in the columns that the contract names.", async () => {
  expect(Object.keys(table.newest)).toEqual([...JOB_COLUMNS]);
  const { widget, view } = open();
  expect(view.querySelectorAll("[data-key]")).toHaveLength(3);
  expect(view.textContent).toContain("hibernating");
  expect(view.textContent).not.toContain(delta.head.failure.title);
  await act(async () => widget.receive(delta, []));
  expect(view.textContent).toContain(delta.head.failure.title);
});

test("Commands are sent as the kernel reads them, and its results are shown.", async () => {
  const { model, widget, view } = open();
  const row = view.querySelector('[data-key="1-1"]');
  const press = (part: string) =>
    act(() => row?.querySelector<HTMLElement>(`[data-part="${part}"]`)?.click());
  await press("dismiss");
  await press("confirm");
  const { id: _, ...sent } = { id: "", ...model.commands("dismiss")[0] };
  const { id: __, ...golden } = commands.find(({ kind }) => kind === "dismiss") ?? { id: "" };
  expect(sent).toEqual(golden);
  const ended = { ...delta.rows, status: ["successful"] };
  await act(async () => widget.receive({ ...delta, rows: ended }, []));
  await act(async () =>
    widget.receive({ kind: "ok", id: model.commands("dismiss")[0]?.id, results: null }, []),
  );
  await press("results");
  const id = model.commands("results")[0]?.id;
  await act(async () => widget.receive({ kind: "ok", id, results }, []));
  expect(view.querySelectorAll(".ogc-output")).toHaveLength(results.outputs.length);
});
