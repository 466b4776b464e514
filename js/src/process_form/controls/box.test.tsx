import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { BoxField, JsonValue } from "../../contract";
import { LONGEST } from "../edits";
import { boxField, button, draw, FakeKernel, problemOf, settled, type } from "../fake_form";
import { pastedBox } from "./box_numbers";

const CRS = ["urn:a", "urn:b"].map((value) => ({ value, label: value.toUpperCase() }));

function show(field: BoxField, value: JsonValue = null) {
  const values: Record<string, JsonValue> = value === null ? {} : { f0: value };
  const kernel = new FakeKernel([field], { values });
  const view = draw(kernel);
  const inputs = () => [...view.querySelectorAll<HTMLInputElement>(".ogc-box-side input")];
  const sent = async (): Promise<JsonValue> => {
    await vi.advanceTimersByTimeAsync(LONGEST);
    kernel.answer();
    await settled();
    return kernel.model.commands("edit").at(-1)?.values.f0 ?? null;
  };
  return { kernel, view, inputs, sent };
}

function paste(target: Element | undefined, text: string): void {
  const event = new Event("paste", { bubbles: true, cancelable: true });
  Object.assign(event, { clipboardData: { getData: () => text } });
  target?.dispatchEvent(event);
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  document.body.replaceChildren();
});

test("its numbers are named by their sides, and sent in that order with the first CRS", async () => {
  const { view, inputs, sent } = show(boxField({ crs: CRS }));
  const names = [...view.querySelectorAll(".ogc-box-side span")].map((name) => name.textContent);
  expect(names).toEqual(["West", "South", "East", "North"]);
  type(inputs()[1], "48.5");
  expect(await sent()).toEqual({ bbox: [null, 48.5, null, null], crs: "urn:a" });
});

test("four numbers pasted into the first fill all", async () => {
  const { inputs, sent } = show(boxField());
  paste(inputs()[0], " [-121.4, 39.8,-120.7; 40.5] ");
  expect(await sent()).toEqual({ bbox: [-121.4, 39.8, -120.7, 40.5] });
  expect(inputs().map((input) => input.value)).toEqual(["-121.4", "39.8", "-120.7", "40.5"]);
});

test("what is not four numbers is pasted as text", () => {
  expect(pastedBox("1,2,3", boxField())).toBeNull();
  expect(pastedBox("1,2,3,x", boxField())).toBeNull();
  expect(pastedBox("1,2,3,4,5,6", boxField())).toBeNull();
  expect(pastedBox("1,2,3,4,5,6", boxField({ heights: "optional" }))).toHaveLength(6);
});

test("heights come and go where the server takes them", async () => {
  const start = { bbox: [1, 2, 3, 4] };
  expect(show(boxField(), start).view.textContent).not.toContain("heights");
  const { view, sent } = show(boxField({ heights: "optional" }), start);
  button(view, "Add heights").click();
  expect(await sent()).toEqual({ bbox: [1, 2, null, 3, 4, null] });
  button(view, "Remove heights").click();
  expect(await sent()).toEqual(start);
});

test("another reference system is chosen by name, also before the numbers", async () => {
  const { view, sent } = show(boxField({ crs: CRS }));
  const select = view.querySelector(".ogc-box select") as HTMLSelectElement;
  select.value = "urn:b";
  select.dispatchEvent(new Event("change", { bubbles: true }));
  expect(await sent()).toEqual({ bbox: [null, null, null, null], crs: "urn:b" });
  expect(select.value).toBe("urn:b");
});

test("a problem stands under the box and marks its number", async () => {
  const { kernel, view, inputs } = show(boxField(), { bbox: [1, 9, 3, 4] });
  const message = "South must not be greater than north.";
  kernel.write({ problems: [problemOf("f0", message, { path: ["bbox", 1] })] });
  view.querySelector<HTMLElement>("[data-part=submit]")?.click();
  await settled();
  expect(inputs().map((input) => input.getAttribute("aria-invalid"))).toEqual([
    null,
    "true",
    null,
    null,
  ]);
  expect(view.querySelector(".ogc-problems")?.textContent).toContain(message);
  expect(view.querySelector(".ogc-problems")?.textContent).not.toContain("bbox");
});

test("a link set from Python is shown as it is, and gives way to numbers", async () => {
  const { view, inputs, sent } = show(boxField(), '{"href": "https://example.org/box"}');
  expect(view.querySelector("textarea")?.value).toContain("example.org");
  button(view, "Enter numbers instead").click();
  expect(await sent()).toBeNull();
  expect(inputs()).toHaveLength(4);
});
