import { afterEach, expect, test } from "vitest";
import commands from "../../../tests/golden/commands.json";
import draft from "../../../tests/golden/draft.json";
import form from "../../../tests/golden/form_view.json";
import submission from "../../../tests/golden/submission.json";
import { Connection } from "../shared/connection";
import { FakeModel } from "../shared/fake_model";
import { openRequest, settled, type } from "./fake_form";
import { openProcessForm } from "./index";

const CONTROLS: Record<string, string> = {
  text: "input[type=text], textarea, .ogc-secret",
  number: "input[inputmode]",
  boolean: "[role=radiogroup], input[type=checkbox]",
  choice: "[role=radiogroup], select",
  many_choice: "fieldset input[type=checkbox]",
  datetime: ".ogc-datetime input",
  bbox: ".ogc-box input",
  geometry: "textarea.ogc-mono",
  list: "fieldset .ogc-row",
  json: "textarea.ogc-mono",
};

function open() {
  const model = new FakeModel({ _form: form, _draft: draft, _submission: submission });
  const widget = openProcessForm(new Connection(model));
  const view = document.createElement("div");
  document.body.append(view);
  widget.render(view);
  const field = (key: string) => view.querySelector(`[data-field="${key}"]`) as HTMLElement;
  return { model, view, field };
}

afterEach(() => document.body.replaceChildren());

test("the kernel's form is drawn with a named control for every field", () => {
  const { field } = open();
  for (const { key, kind, title } of form.fields) {
    const control = field(key).querySelector(CONTROLS[kind] ?? "none");
    expect(control, `${key} ${kind}`).toBeTruthy();
    expect(field(key).querySelector(".ogc-label")?.textContent).toBe(title);
  }
});

test("the kernel's draft is shown, and its problems once Submit was pressed", async () => {
  const { model, view, field } = open();
  expect(field("f0").querySelector("input")?.value).toBe("Olinda");
  expect(field("f4").querySelector("input")?.value).toBe("many");
  expect(field("f2").textContent).toContain("Set, not shown");
  expect((await openRequest(view)).value).toBe(draft.request);
  view.querySelector<HTMLElement>("[data-part=submit]")?.click();
  await settled();
  for (const { key, message } of draft.problems) expect(field(key).textContent).toContain(message);
  expect(model.commands("submit")).toHaveLength(0);
});

test("the kernel's job stands at the foot", () => {
  expect(open().view.querySelector(".ogc-last-job")?.textContent).toContain("Step 2 of 5");
});

test("what the form sends has the members that the kernel expects", async () => {
  const { model, view, field } = open();
  type(field("f0").querySelector("input"), "Recife");
  view.querySelector<HTMLInputElement>(".ogc-modes input")?.click();
  view.querySelector<HTMLElement>("[data-part=submit]")?.click();
  await settled();
  expect(new Set(model.sent.map((command) => command.kind))).toEqual(
    new Set(["look", "edit", "choose"]),
  );
  for (const sent of model.sent) {
    const golden = commands.find((command) => command.kind === sent.kind) ?? {};
    expect(Object.keys(sent).sort()).toEqual(Object.keys(golden).sort());
  }
});
