import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { QUIET } from "./edits";
import {
  button,
  control,
  draw,
  FakeKernel,
  jobOf,
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

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  document.body.replaceChildren();
});

describe("submitting", () => {
  test("sends what was typed first, waits for its answer, and then submits", async () => {
    const kernel = new FakeKernel([textField()], { judge: nameNeeded });
    const view = draw(kernel);
    kernel.answer();
    type(control(view, "f0"), "olinda");
    button(view, "Submit").click();
    await settled();
    expect(kernel.model.commands("edit")).toHaveLength(1);
    expect(kernel.model.commands("submit")).toHaveLength(0);
    kernel.answer();
    await settled();
    expect(kernel.model.commands("submit")).toHaveLength(1);
  });

  test("says so and takes no second click", async () => {
    const kernel = new FakeKernel([textField()]);
    const view = draw(kernel);
    button(view, "Submit").click();
    await settled();
    button(view, "Submitting…").click();
    await settled();
    kernel.submission({ phase: "submitting" });
    kernel.answer();
    await settled();
    button(view, "Submitting…").click();
    await settled();
    expect(kernel.model.commands("submit")).toHaveLength(1);
    kernel.submission({ phase: "submitted", job: jobOf() });
    await settled();
    expect(button(view, "Submit").getAttribute("aria-disabled")).toBeNull();
    expect(view.querySelector(".ogc-last-job")?.textContent).toContain("Running");
  });

  test("once for a double click, also where the job is there before its second click", async () => {
    const kernel = new FakeKernel([textField()]);
    const view = draw(kernel);
    const click = (detail: number) =>
      button(view, "Submit").dispatchEvent(new MouseEvent("click", { bubbles: true, detail }));
    click(1);
    await settled();
    kernel.answer();
    kernel.submission({ phase: "submitted", job: jobOf() });
    await settled();
    click(2);
    await settled();
    expect(kernel.model.commands("submit")).toHaveLength(1);
    click(1);
    await settled();
    expect(kernel.model.commands("submit")).toHaveLength(2);
  });

  test("goes by Ctrl+Enter, and not by Enter", async () => {
    const kernel = new FakeKernel([textField()]);
    const view = draw(kernel);
    const press = (ctrlKey: boolean) =>
      control(view, "f0").dispatchEvent(
        new KeyboardEvent("keydown", { key: "Enter", ctrlKey, bubbles: true, cancelable: true }),
      );
    press(false);
    await settled();
    expect(kernel.model.commands("submit")).toHaveLength(0);
    press(true);
    await settled();
    expect(kernel.model.commands("submit")).toHaveLength(1);
  });

  test("that failed shows what happened, and keeps the values", async () => {
    const kernel = new FakeKernel([textField()], { values: { f0: "olinda" } });
    const view = draw(kernel);
    const failure = { title: "The server refused.", detail: "Change epsg, then try again." };
    kernel.submission({ phase: "failed", failure });
    await settled();
    const outcome = view.querySelector("[role=status]")?.textContent;
    expect(outcome).toContain("The server refused. Change epsg, then try again.");
    expect(control(view, "f0").value).toBe("olinda");
  });

  test("is not tried where the last edit did not arrive, and says so", async () => {
    const kernel = new FakeKernel([textField()]);
    const view = draw(kernel);
    type(control(view, "f0"), "olinda");
    button(view, "Submit").click();
    await settled();
    kernel.answer("The form was closed.");
    await settled();
    expect(kernel.model.commands("submit")).toHaveLength(0);
    expect(view.querySelector("[role=status]")?.textContent).toContain("The form was closed.");
    expect(control(view, "f0").value).toBe("olinda");
    expect(button(view, "Submit")).toBeTruthy();
  });
});

describe("filling", () => {
  test("by defaults asks first where something was changed", async () => {
    const kernel = new FakeKernel([textField()]);
    const view = draw(kernel);
    kernel.answer();
    type(control(view, "f0"), "olinda");
    await pass(QUIET);
    kernel.answer();
    await settled();
    button(view, "Reset to defaults").click();
    await settled();
    expect(kernel.model.commands("fill")).toHaveLength(0);
    button(view, "Replace").click();
    await settled();
    expect(kernel.model.commands("fill").map((fill) => fill.source)).toEqual(["defaults"]);
  });

  test("asks nothing where nothing was changed", async () => {
    const kernel = new FakeKernel([textField()], { form: { has_example: true } });
    const view = draw(kernel);
    button(view, "Load example").click();
    await settled();
    expect(kernel.model.commands("fill").map((fill) => fill.source)).toEqual(["example"]);
  });
});
