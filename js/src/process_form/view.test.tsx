import { options } from "preact";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { QUIET } from "./edits";
import {
  button,
  control,
  draw,
  FakeKernel,
  field,
  listField,
  numberField,
  problemOf,
  settled,
  textField,
  type,
} from "./fake_form";

const REQUIRED = "A value is required.";
const nameNeeded = (values: Record<string, unknown>) =>
  values.f0 ? [] : [problemOf("f0", REQUIRED)];

async function pass(milliseconds: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(milliseconds);
  await settled();
}

function leave(element: Element): void {
  element.dispatchEvent(new FocusEvent("focusout", { bubbles: true }));
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  document.body.replaceChildren();
});

describe("typing", () => {
  test("shows at once, reaches the kernel as one edit, and never as a trait", async () => {
    const kernel = new FakeKernel([textField()]);
    const view = draw(kernel);
    type(control(view, "f0"), "olinda");
    await settled();
    expect(control(view, "f0").value).toBe("olinda");
    expect(kernel.model.commands("edit")).toHaveLength(0);
    await pass(QUIET);
    expect(kernel.model.commands("edit").map((edit) => edit.values)).toEqual([{ f0: "olinda" }]);
  });

  test("wins over older state, and gives way to the state once it is answered", async () => {
    const kernel = new FakeKernel([textField()], { values: { f0: "old" } });
    const view = draw(kernel);
    type(control(view, "f0"), "new");
    kernel.write({ values: { f0: "from Python" } });
    await settled();
    expect(control(view, "f0").value).toBe("new");
    await pass(QUIET);
    kernel.answer();
    await settled();
    expect(control(view, "f0").value).toBe("new");
    kernel.write({ values: { f0: "from Python" } });
    await settled();
    expect(control(view, "f0").value).toBe("from Python");
  });

  test("an emptied field is not set", async () => {
    const kernel = new FakeKernel([textField()], { values: { f0: "old" } });
    type(control(draw(kernel), "f0"), "");
    await pass(QUIET);
    expect(kernel.model.commands("edit")[0]?.values).toEqual({ f0: null });
  });

  test("draws one field for a key press, among a hundred", async () => {
    const many = Array.from({ length: 100 }, (_, place) =>
      place % 2 ? textField({ key: `f${place}` }) : listField({ key: `f${place}` }),
    );
    const lists = many.filter((one) => one.kind === "list");
    const values = Object.fromEntries(lists.map(({ key }) => [key, ["a"]]));
    const kernel = new FakeKernel(many, { values });
    const view = draw(kernel);
    const drawn: string[] = [];
    const before = options.diffed;
    options.diffed = (node) => {
      if (typeof node.type === "function") drawn.push(node.type.name);
      before?.(node);
    };
    type(control(view, "f7"), "x");
    await settled();
    await pass(QUIET);
    kernel.answer();
    await settled();
    if (before) options.diffed = before;
    else delete options.diffed;
    const fields = drawn.filter((name) => name === "FieldView").length;
    expect(fields).toBe(1);
  });

  test("is seen in a second view of the same form", async () => {
    const kernel = new FakeKernel([textField()]);
    const [one, other] = [draw(kernel), draw(kernel)];
    type(control(one, "f0"), "olinda");
    await settled();
    expect(control(other, "f0").value).toBe("olinda");
    expect(control(one, "f0").id).not.toBe(control(other, "f0").id);
  });

  test("without an answer of the kernel says that it is not checked yet", async () => {
    const kernel = new FakeKernel([textField()]);
    const view = draw(kernel);
    kernel.answer();
    type(control(view, "f0"), "x");
    await pass(QUIET + 1500);
    expect(field(view, "f0").textContent).toContain("Not checked yet");
    kernel.answer();
    await settled();
    expect(field(view, "f0").textContent).not.toContain("Not checked yet");
  });
});

describe("problems", () => {
  test("show once their field was left, tied to its control", async () => {
    const kernel = new FakeKernel([textField()], { judge: nameNeeded });
    const view = draw(kernel);
    expect(view.textContent).not.toContain(REQUIRED);
    leave(control(view, "f0"));
    await settled();
    expect(control(view, "f0").getAttribute("aria-invalid")).toBe("true");
    const ids = control(view, "f0").getAttribute("aria-describedby")?.split(" ") ?? [];
    const texts = ids.map((id) => document.getElementById(id)?.textContent);
    expect(texts.join()).toContain(REQUIRED);
  });

  test("of a list's item show in its row", async () => {
    const kernel = new FakeKernel([listField()], {
      values: { f0: ["a", "b"] },
      judge: () => [problemOf("f0", "Not a URL.", { path: [1] })],
    });
    const view = draw(kernel);
    leave(control(view, "f0"));
    await settled();
    const rows = [...view.querySelectorAll(".ogc-row")];
    expect(rows.map((row) => row.textContent?.includes("Not a URL."))).toEqual([false, true]);
    expect(rows[1]?.querySelector("input")?.getAttribute("aria-invalid")).toBe("true");
  });

  test("keep the form from being submitted, say how many, and take the focus", async () => {
    const kernel = new FakeKernel([textField({ key: "f1" }), textField()], { judge: nameNeeded });
    const view = draw(kernel);
    button(view, "Submit").click();
    await settled();
    await pass(50);
    expect(kernel.model.commands("submit")).toHaveLength(0);
    expect(view.querySelector("[role=status]")?.textContent).toContain("1 input needs attention");
    expect(document.activeElement).toBe(control(view, "f0"));
  });

  test("that only warn do not keep it", async () => {
    const warn = () => [problemOf("f0", "Coarse.", { severity: "warning" })];
    const kernel = new FakeKernel([numberField()], { judge: warn });
    const view = draw(kernel);
    button(view, "Submit").click();
    await settled();
    expect(kernel.model.commands("submit")).toHaveLength(1);
    expect(field(view, "f0").textContent).toContain("Warning: Coarse.");
    expect(control(view, "f0").hasAttribute("aria-invalid")).toBe(false);
  });
});

describe("phases", () => {
  test("a form that is read says which process", () => {
    const view = draw(new FakeKernel([], { form: { phase: "loading", process_id: "buffer" } }));
    expect(view.querySelector("[aria-busy=true]")?.textContent).toContain("buffer");
  });

  test("a form that failed says why, and Retry reads again", async () => {
    const failure = { title: "The server does not answer.", detail: "Check the address." };
    const kernel = new FakeKernel([], { form: { phase: "failed", failure } });
    const view = draw(kernel);
    expect(view.querySelector("[role=alert]")?.textContent).toContain("Check the address.");
    button(view, "Retry").click();
    await settled();
    expect(kernel.model.commands("reload")).toHaveLength(1);
    expect(button(view, "Reading…")).toBeTruthy();
  });

  test("text of a server is text, whatever it holds", () => {
    const evil = "<img src=x onerror=alert(1)>";
    const fields = [textField({ title: evil, description: evil, notes: [evil] })];
    const view = draw(new FakeKernel(fields, { form: { title: evil, description: evil } }));
    expect(view.querySelector("img")).toBeNull();
    expect(field(view, "f0").textContent).toContain(evil);
  });

  test("a field named like a part of JavaScript is a field like any other", async () => {
    const kernel = new FakeKernel([textField({ id: "__proto__", title: "constructor" })]);
    const view = draw(kernel);
    type(control(view, "f0"), "x");
    await settled();
    expect(field(view, "f0").querySelector("label")?.textContent).toBe("constructor");
  });
});
