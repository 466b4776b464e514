import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Field, JsonValue } from "../../contract";
import { LONGEST } from "../edits";
import {
  booleanField,
  choiceField,
  dateTimeField,
  draw,
  FakeKernel,
  jsonField,
  manyChoiceField,
  numberField,
  settled,
  textField,
  type,
} from "../fake_form";
import { numberDraft } from "./number";

/** A form of one field, its only field's element, and the values sent for it. */
function show(field: Field, value: JsonValue = null, masked: string[] = []) {
  const values = value === null ? {} : { f0: value };
  const kernel = new FakeKernel([field], { values, draft: { masked } });
  const element = draw(kernel).querySelector("[data-field]") as HTMLElement;
  const sent = async (): Promise<JsonValue[]> => {
    await vi.advanceTimersByTimeAsync(LONGEST);
    kernel.answer();
    await settled();
    return kernel.model.commands("edit").map((edit) => edit.values.f0);
  };
  const find = <E extends Element = HTMLInputElement>(selector: string) =>
    element.querySelector(selector) as E;
  return { kernel, element, sent, find };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  document.body.replaceChildren();
});

describe("a number", () => {
  test("is sent as a number, as text where it is none, as nothing where it is empty", () => {
    expect(numberDraft(" 1.5 ")).toBe(1.5);
    expect(numberDraft("-2e3")).toBe(-2000);
    expect(numberDraft("1,5")).toBe("1,5");
    expect(numberDraft("0x10")).toBe("0x10");
    expect(numberDraft("1e999")).toBe("1e999");
    expect(numberDraft("9007199254740993")).toBe("9007199254740993");
    expect(numberDraft(" ")).toBeNull();
  });

  test("keeps what was typed, also after the kernel has it", async () => {
    const { find, sent } = show(numberField());
    type(find("input"), "1.");
    expect(await sent()).toEqual([1]);
    expect(find("input").value).toBe("1.");
    type(find("input"), "1.50");
    expect(await sent()).toEqual([1, 1.5]);
    expect(find("input").value).toBe("1.50");
  });

  test("follows the kernel where that says another number", async () => {
    const { kernel, find, sent } = show(numberField());
    type(find("input"), "1.50");
    await sent();
    kernel.write({ values: { f0: 7 } });
    await settled();
    expect(find("input").value).toBe("7");
  });

  test("has a slider only where both ends are known, and both say the same", async () => {
    expect(show(numberField({ minimum: 0 })).find("[type=range]")).toBeNull();
    const { find, sent } = show(numberField({ minimum: 0, maximum: 1 }), 0.5);
    expect(find("[type=range]").value).toBe("0.5");
    type(find("[type=range]"), "0.3");
    expect(await sent()).toEqual([0.3]);
    expect(find("[type=text]").value).toBe("0.3");
  });
});

describe("yes or no", () => {
  test("is a box where required, and three ways where not", async () => {
    expect(show(booleanField({ required: true }), false).find("[type=checkbox]")).toBeTruthy();
    const { element, sent } = show(booleanField());
    const ways = [...element.querySelectorAll<HTMLInputElement>("[type=radio]")];
    expect(ways.map((way) => way.checked)).toEqual([true, false, false]);
    ways[2]?.click();
    expect(await sent()).toEqual([false]);
    ways[0]?.click();
    expect(await sent()).toEqual([false, null]);
  });

  test("does not look like no where a required one is not set", () => {
    const { element } = show(booleanField({ required: true }));
    const ways = [...element.querySelectorAll<HTMLInputElement>("[type=radio]")];
    expect(ways.map((way) => way.checked)).toEqual([false, false]);
  });
});

describe("a choice", () => {
  test("of a few is made by radio buttons, with not set where optional", async () => {
    const { element, sent } = show(choiceField(), "b");
    const radios = [...element.querySelectorAll<HTMLInputElement>("[type=radio]")];
    expect(radios.map((radio) => radio.checked)).toEqual([false, false, true, false]);
    radios[3]?.click();
    expect(await sent()).toEqual(["c"]);
    const required = show(choiceField({ required: true })).element;
    expect(required.querySelectorAll("[type=radio]")).toHaveLength(3);
  });

  test("of many is made from a list, and sends the value and not its text", async () => {
    const options = [1, 2, 3, 4, 5, 6].map((value) => ({ value, label: `Number ${value}` }));
    const { find, sent } = show(choiceField({ options, required: true }));
    const select = find<HTMLSelectElement>("select");
    expect(select.options[select.selectedIndex]?.textContent).toBe("Choose…");
    select.value = "4";
    select.dispatchEvent(new Event("change", { bubbles: true }));
    expect(await sent()).toEqual([5]);
  });

  test("shows a value that is none of the choices", () => {
    expect(show(choiceField(), "z").element.textContent).toContain("z (not among the choices)");
  });
});

test("many choices are sent in the description's order; none of an optional one is not set", async () => {
  const { element, sent } = show(manyChoiceField(), ["c"]);
  const boxes = [...element.querySelectorAll<HTMLInputElement>("[type=checkbox]")];
  expect(boxes.map((box) => box.checked)).toEqual([false, false, true]);
  boxes[0]?.click();
  expect(await sent()).toEqual([["a", "c"]]);
  boxes[0]?.click();
  await settled();
  boxes[2]?.click();
  expect((await sent()).at(-1)).toBeNull();
});

describe("an instant", () => {
  test("is picked in local time, sent with its offset, and read in UTC beside it", async () => {
    const { element, find, sent } = show(dateTimeField());
    type(find("input"), "2026-07-15T10:30");
    const [draft] = await sent();
    expect(new Date(draft as string).getTime()).toBe(new Date("2026-07-15T10:30").getTime());
    const utc = new Date("2026-07-15T10:30").toISOString().slice(11, 16);
    expect(element.textContent).toContain(`2026-07-15 ${utc}:00 UTC`);
  });

  test("that the picker cannot show is text, and stays what it is", async () => {
    const { find, sent } = show(dateTimeField(), "2020-01-01/2021-01-01");
    expect(find("input").type).toBe("text");
    expect(find("input").value).toBe("2020-01-01/2021-01-01");
    type(find("input"), "");
    expect(await sent()).toEqual([null]);
    expect(find("input").type).toBe("text");
    find<HTMLButtonElement>("button").click();
    await settled();
    expect(find("input").type).toBe("datetime-local");
  });

  test("that is half filled in is said, and keeps the form from being submitted", async () => {
    const { kernel, element, find } = show(dateTimeField());
    Object.defineProperty(find("input"), "validity", { value: { badInput: true } });
    type(find("input"), "");
    find("input").dispatchEvent(new FocusEvent("focusout", { bubbles: true }));
    await settled();
    expect(element.textContent).toContain("not complete");
    element.dispatchEvent(
      new KeyboardEvent("keydown", { key: "Enter", ctrlKey: true, bubbles: true }),
    );
    await vi.advanceTimersByTimeAsync(LONGEST);
    kernel.answer();
    await settled();
    expect(kernel.model.commands("submit")).toHaveLength(0);
  });
});

describe("a secret", () => {
  test("that is set is not shown, and can be changed", async () => {
    const { element, find, sent } = show(textField({ secret: true }), null, ["f0"]);
    expect(element.textContent).toContain("Set, not shown");
    expect(find("input")).toBeNull();
    find<HTMLButtonElement>("button").click();
    await settled();
    expect(find("input").type).toBe("password");
    type(find("input"), "hunter2");
    expect(await sent()).toEqual(["hunter2"]);
    expect(find("input").value).toBe("hunter2");
    find("input").dispatchEvent(new FocusEvent("blur"));
    await settled();
    expect(element.innerHTML).not.toContain("hunter2");
    expect(element.textContent).toContain("Set, not shown");
  });

  test("can be taken back", async () => {
    const { element, sent } = show(textField({ secret: true }), null, ["f0"]);
    element.querySelectorAll("button")[1]?.click();
    expect(await sent()).toEqual([null]);
  });
});

test("what no control fits is JSON text, sent as typed, with the reason", async () => {
  const { element, find, sent } = show(jsonField({ reason: "The schema has several shapes." }));
  expect(element.textContent).toContain("The schema has several shapes.");
  type(find("textarea"), '{"a": ');
  expect(await sent()).toEqual(['{"a": ']);
});
