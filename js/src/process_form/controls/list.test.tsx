import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { JsonValue, ListField } from "../../contract";
import { LONGEST } from "../edits";
import { draw, FakeKernel, listField, numberField, settled, textField, type } from "../fake_form";

function show(value: JsonValue[] | null, some: Partial<ListField> = {}) {
  const values = value === null ? {} : { f0: value };
  const kernel = new FakeKernel([listField(some)], { values });
  const view = draw(kernel);
  kernel.answer();
  const sent = async (): Promise<JsonValue> => {
    await vi.advanceTimersByTimeAsync(LONGEST);
    kernel.answer();
    await settled();
    return kernel.model.commands("edit").at(-1)?.values.f0;
  };
  const rows = () => [...view.querySelectorAll<HTMLElement>(".ogc-row")];
  const input = (row: number) => rows()[row]?.querySelector("input") as HTMLInputElement;
  const press = async (label: string) => {
    const buttons = [...view.querySelectorAll("button")];
    const found = buttons.find(
      (one) => (one.getAttribute("aria-label") ?? one.textContent) === label,
    );
    found?.click();
    await settled();
    return found;
  };
  return { view, sent, rows, input, press };
}

function enter(target: Element): void {
  target.dispatchEvent(
    new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true }),
  );
}

function paste(target: Element, text: string): boolean {
  const event = new Event("paste", { bubbles: true, cancelable: true });
  Object.assign(event, { clipboardData: { getData: () => text } });
  return !target.dispatchEvent(event);
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  document.body.replaceChildren();
});

test("an empty list says so, and a row added is ready for typing", async () => {
  const { view, rows, input, press, sent } = show(null);
  expect(view.textContent).toContain("No items yet.");
  await press("Add item");
  expect(rows()).toHaveLength(1);
  expect(document.activeElement === input(0)).toBe(true);
  type(input(0), "one");
  expect(await sent()).toEqual(["one"]);
});

test("a required list begins with an empty row, an optional one with none", () => {
  expect(show(null, { min_items: 2, required: true }).rows()).toHaveLength(1);
  expect(show(null, { min_items: 2 }).rows()).toHaveLength(0);
});

test("an optional list that is emptied is not set", async () => {
  const { press, sent } = show(["one"], { min_items: 1 });
  await press("Remove item 1");
  expect(await sent()).toBeNull();
});

test("Enter adds the next row after this one, and moves there", async () => {
  const { input, sent } = show(["one", "two"]);
  enter(input(0));
  await settled();
  expect(document.activeElement === input(1)).toBe(true);
  expect(await sent()).toEqual(["one", null, "two"]);
});

test("Enter in an empty row adds none", async () => {
  const { input, rows } = show([null]);
  enter(input(0));
  await settled();
  expect(rows()).toHaveLength(1);
});

test("a row is removed and the focus stays in the list", async () => {
  const { input, press, sent } = show(["one", "two", "three"]);
  await press("Remove item 2");
  expect(document.activeElement === input(1)).toBe(true);
  expect(await sent()).toEqual(["one", "three"]);
});

test("a row moves down and up, and the focus with it", async () => {
  const { press, rows, sent } = show(["one", "two", "three"]);
  await press("Move item 1 down");
  expect(rows()[1]?.contains(document.activeElement)).toBe(true);
  expect(await sent()).toEqual(["two", "one", "three"]);
  await press("Move item 3 up");
  expect(await sent()).toEqual(["two", "three", "one"]);
});

test("several lines pasted make rows, in the empty row's place", async () => {
  const { input, sent } = show(["one", null]);
  expect(paste(input(1), "two\r\n\r\n three \nfour\n")).toBe(true);
  await settled();
  expect(await sent()).toEqual(["one", "two", "three", "four"]);
  expect(document.activeElement === input(3)).toBe(true);
});

test("pasted lines of a list of numbers are numbers", async () => {
  const { input, sent } = show([null], { item: numberField({ key: "n" }) });
  paste(input(0), "1\n2.5\nx");
  expect(await sent()).toEqual([1, 2.5, "x"]);
});

test("one line is pasted as text is", () => {
  const { input } = show(["one"]);
  expect(paste(input(0), "two\n")).toBe(false);
});

test("lines of a text of several lines stay together", () => {
  const item = textField({ key: "t", multiline: true });
  const { rows } = show(["one"], { item });
  expect(paste(rows()[0]?.querySelector("textarea") as Element, "a\nb")).toBe(false);
});

test("no more rows than allowed, also by pasting, and it says so", async () => {
  const { view, input, press, sent, rows } = show(["one", null], { max_items: 3 });
  paste(input(1), "two\nthree\nfour");
  await settled();
  expect(view.textContent).toContain("Pasted the first 2 lines");
  expect(await sent()).toEqual(["one", "two", "three"]);
  const add = await press("Add item");
  expect(add?.getAttribute("aria-disabled")).toBe("true");
  enter(input(0));
  await settled();
  expect(rows()).toHaveLength(3);
});

test("no fewer rows than allowed", async () => {
  const { press, rows } = show(["one", "two"], { min_items: 2, required: true });
  const remove = await press("Remove item 1");
  expect(remove?.getAttribute("aria-disabled")).toBe("true");
  expect(rows()).toHaveLength(2);
});

test("a very long list is drawn in part, and whole when asked for", async () => {
  const { press, rows } = show(Array.from({ length: 103 }, (_, place) => `item ${place}`));
  expect(rows()).toHaveLength(100);
  await press("Show all 103 items");
  expect(rows()).toHaveLength(103);
});

test("lists in a list are kept apart", async () => {
  const item = listField({ key: "inner" });
  const { view, sent } = show([["a"], ["b", "c"]], { item });
  const inputs = [...view.querySelectorAll("input")];
  const last = inputs.filter((one) => one.value === "c")[0];
  type(last, "d");
  expect(await sent()).toEqual([["a"], ["b", "d"]]);
});
