import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { QUIET } from "./edits";
import {
  button,
  control,
  draw,
  FakeKernel,
  openRequest,
  problemOf,
  settled,
  textField,
  type,
} from "./fake_form";
import { fileName } from "./request_file";
import { LARGEST, PAUSE } from "./request_text";

const TEXT = '{"inputs": {"name": "olinda"}}';
const UNKNOWN = "This process has no input “nmae”. Its inputs are: “name”.";

async function pass(milliseconds: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(milliseconds);
  await settled();
}

async function opened(kernel = new FakeKernel([textField({ id: "name", title: "Name" })])) {
  const view = draw(kernel);
  return { kernel, view, text: await openRequest(view) };
}

const texts = (kernel: FakeKernel) => kernel.model.commands("take_request").map((one) => one.text);

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  document.body.replaceChildren();
});

describe("the request as JSON", () => {
  test("goes to the kernel once typing pauses, and stands as typed while it means the form", async () => {
    const { kernel, view, text } = await opened();
    type(text, "{");
    type(text, TEXT);
    await pass(PAUSE);
    expect(texts(kernel)).toEqual([TEXT]);
    kernel.write({ values: { f0: "olinda" }, request: "{as the kernel writes it}" });
    kernel.answer();
    await settled();
    expect(text.value).toBe(TEXT);
    expect(control(view, "f0").value).toBe("olinda");
  });

  test("gives way to the form's request when a field changes it", async () => {
    const { kernel, view, text } = await opened();
    type(text, TEXT);
    await pass(PAUSE);
    kernel.write({ values: { f0: "olinda" }, request: "{first}" });
    kernel.answer();
    type(control(view, "f0"), "recife");
    await pass(QUIET);
    kernel.write({ request: "{second}" });
    kernel.answer();
    await settled();
    expect(text.value).toBe("{second}");
  });

  test("that the form cannot take stays, with every reason beside it", async () => {
    const { kernel, view, text } = await opened();
    type(text, TEXT);
    await pass(PAUSE);
    kernel.answer("Not taken into the form.", `${UNKNOWN}\nAnother reason.`);
    await settled();
    expect(text.value).toBe(TEXT);
    expect(text.getAttribute("aria-invalid")).toBe("true");
    const said = document.getElementById(text.getAttribute("aria-describedby") ?? "");
    expect([...(said?.querySelectorAll("li") ?? [])].map((one) => one.textContent)).toEqual([
      UNKNOWN,
      "Another reason.",
    ]);
    kernel.write({ request: "{from Python}" });
    await settled();
    expect(text.value).toBe(TEXT);
    expect(view.textContent).toContain("The form has changed since");
    button(view, "go back to the form’s request").click();
    await settled();
    expect(text.value).toBe("{from Python}");
  });

  test("keeps the form from being submitted while it is not in the form", async () => {
    const { kernel, view, text } = await opened();
    kernel.answer();
    type(text, "{");
    button(view, "Submit").click();
    await settled();
    kernel.answer("Not taken into the form.", "This is not JSON.");
    await settled();
    expect(kernel.model.commands("submit")).toHaveLength(0);
    expect(view.querySelector(".ogc-outcome")?.textContent).toContain("Correct it");
    type(text, TEXT);
    button(view, "Submit").click();
    await settled();
    kernel.answer();
    await settled();
    kernel.answer();
    await settled();
    expect(kernel.model.commands("submit")).toHaveLength(1);
  });

  test("typed over while it is on its way is sent again", async () => {
    const { kernel, text } = await opened();
    type(text, "{");
    await pass(PAUSE);
    type(text, TEXT);
    kernel.answer("Not taken into the form.", "This is not JSON.");
    await pass(PAUSE);
    kernel.answer();
    await settled();
    expect(texts(kernel)).toEqual(["{", TEXT]);
    expect(text.getAttribute("aria-invalid")).toBeNull();
  });

  test("shows a secret no longer than it is being written", async () => {
    const { kernel, text } = await opened();
    type(text, '{"inputs": {"password": "open sesame"}}');
    await pass(PAUSE);
    kernel.write({ masked: ["f0"], request: '{"inputs": {"password": "••••••"}}' });
    kernel.answer();
    await settled();
    expect(text.value).toContain("sesame");
    text.dispatchEvent(new FocusEvent("blur"));
    await settled();
    expect(text.value).toBe(kernel.draft.request);
  });

  test("shows the problems of the fields that it changed", async () => {
    const { kernel, view, text } = await opened();
    type(text, TEXT);
    await pass(PAUSE);
    kernel.write({ values: { f0: 7 }, problems: [problemOf("f0", "Enter a text.")] });
    kernel.answer();
    await settled();
    expect(view.querySelector(".ogc-request")?.textContent).toContain("Name: Enter a text.");
  });
});

describe("the tabs", () => {
  const tab = (view: Element, name: string) =>
    [...view.querySelectorAll<HTMLElement>("[role=tab]")].find((one) => one.textContent === name);
  const press = (element: Element | null, key: string) =>
    element?.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));

  test("are walked by arrow keys, and only one is in the order of Tab", async () => {
    const { view } = await opened();
    tab(view, "JSON")?.focus();
    const walked: (string | null | undefined)[] = [];
    for (const key of ["ArrowRight", "ArrowRight", "ArrowRight", "End", "ArrowLeft", "Home"]) {
      press(document.activeElement, key);
      await settled();
      walked.push(document.activeElement?.textContent);
      expect(view.querySelectorAll("[role=tab][tabindex='0']")).toHaveLength(1);
      const panel = view.querySelector("[role=tabpanel]");
      expect(panel?.getAttribute("aria-labelledby")).toBe(document.activeElement?.id);
    }
    expect(walked).toEqual(["Python", "cURL", "JSON", "cURL", "Python", "JSON"]);
  });

  test("ask for code when they are opened and when the form changes, never before", async () => {
    const { kernel, view } = await opened();
    expect(kernel.model.commands("code")).toHaveLength(0);
    tab(view, "Python")?.click();
    await settled();
    kernel.answer();
    await settled();
    expect(view.querySelector("pre")?.textContent).toBe("python of draft 1");
    kernel.write({ revision: 2 });
    await settled();
    expect(view.querySelector("pre")?.textContent).toBe("python of draft 1");
    kernel.answer();
    await settled();
    expect(view.querySelector("pre")?.textContent).toBe("python of draft 2");
    tab(view, "cURL")?.click();
    await settled();
    kernel.answer();
    await settled();
    expect(view.querySelector("pre")?.textContent).toBe("curl of draft 2");
  });
});

describe("a file", () => {
  const choose = (view: Element, file: File) => {
    const input = view.querySelector("input[type=file]") as HTMLInputElement;
    Object.defineProperty(input, "files", { configurable: true, value: [file] });
    input.dispatchEvent(new Event("change", { bubbles: true }));
  };

  test("that is loaded is put into the form like typed text", async () => {
    const { kernel, view, text } = await opened();
    choose(view, new File([TEXT], "mine.json"));
    await pass(0);
    expect(texts(kernel)).toEqual([TEXT]);
    kernel.answer();
    await settled();
    expect(text.value).toBe(TEXT);
    expect(view.textContent).toContain("mine.json is in the form.");
  });

  test("that is too large is not read, and the limit is named", async () => {
    const { kernel, view } = await opened();
    choose(view, new File(["x".repeat(LARGEST + 1)], "big.json"));
    await pass(0);
    expect(texts(kernel)).toEqual([]);
    expect(view.textContent).toContain("larger than 2 MB");
  });

  test("has a name that every file system takes", () => {
    expect(fileName("water-bodies")).toBe("water-bodies.json");
    expect(fileName("../..\\a b:c")).toBe("a-b-c.json");
    expect(fileName("🌊")).toBe("request.json");
  });
});
