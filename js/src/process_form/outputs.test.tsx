import { afterEach, expect, test } from "vitest";
import type { OutputChoice } from "../contract";
import { draw, FakeKernel, settled } from "./fake_form";

const outputs: OutputChoice[] = ["mask", "area"].map((id, place) => ({
  key: `o${place}`,
  id,
  title: id,
  description: "",
  media_types: ["application/json", "image/tiff"],
}));

function section(view: Element): Element {
  return view.querySelector("details") as Element;
}

afterEach(() => document.body.replaceChildren());

test("the folded section says what is chosen", async () => {
  const kernel = new FakeKernel([], { form: { outputs } });
  const view = draw(kernel);
  const summary = () => section(view).querySelector("summary")?.textContent;
  expect(summary()).toContain("All 2 outputs · server decides");
  kernel.write({
    mode: "async",
    outputs: [{ key: "o0", selected: false, media_type: "", transmission: "auto" }],
  });
  await settled();
  expect(summary()).toContain("1 of 2 outputs · asynchronous");
});

test("unticking an output asks for the others only, and shows at once", async () => {
  const kernel = new FakeKernel([], { form: { outputs } });
  const view = draw(kernel);
  const box = section(view).querySelector<HTMLInputElement>("input[type=checkbox]");
  box?.click();
  await settled();
  const [choice] = kernel.model.commands("choose");
  expect(choice?.mode).toBeNull();
  expect(choice?.outputs?.map((one) => one.selected)).toEqual([false, true]);
  expect(section(view).querySelector("summary")?.textContent).toContain("1 of 2");
});

test("a refused choice is taken back and said", async () => {
  const kernel = new FakeKernel([], { form: { outputs } });
  const view = draw(kernel);
  kernel.answer();
  const radios = [...section(view).querySelectorAll<HTMLInputElement>("input[type=radio]")];
  radios[1]?.click();
  await settled();
  expect(kernel.model.commands("choose")[0]?.mode).toBe("async");
  kernel.answer("The mode cannot be changed.");
  await settled();
  expect(radios.map((radio) => radio.checked)).toEqual([true, false, false]);
  expect(view.querySelector("[role=status]")?.textContent).toContain("cannot be changed");
});

test("a mode that is not offered says why", () => {
  const view = draw(new FakeKernel([]));
  const off = section(view).querySelector("input[type=radio]:disabled");
  expect(off?.closest("label")?.textContent).toContain("The server does not offer it.");
});

test("a format is chosen for each output; a way of return only where the server has several", async () => {
  const kernel = new FakeKernel([], { form: { outputs } });
  const view = draw(kernel);
  const select = section(view).querySelectorAll("select")[1] as HTMLSelectElement;
  expect(section(view).querySelectorAll("select")).toHaveLength(2);
  select.value = "image/tiff";
  select.dispatchEvent(new Event("change", { bubbles: true }));
  await settled();
  const chosen = kernel.model.commands("choose")[0]?.outputs;
  expect(chosen?.map((one) => one.media_type)).toEqual(["", "image/tiff"]);
  const richer = { outputs, transmissions: ["auto", "value", "reference"] as const };
  const other = draw(
    new FakeKernel([], { form: { ...richer, transmissions: [...richer.transmissions] } }),
  );
  expect(section(other).querySelectorAll("select")).toHaveLength(4);
});
