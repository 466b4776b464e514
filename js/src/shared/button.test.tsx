import { render } from "preact";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Button, ConfirmButton, CopyButton } from "./button";

let home: HTMLElement;
const buttons = () => [...home.querySelectorAll("button")];
const words = () => buttons().map((button) => button.textContent);
const drawn = () => new Promise((resolve) => setTimeout(resolve));

beforeEach(() => {
  home = document.createElement("div");
  document.body.append(home);
});
afterEach(() => {
  render(null, home);
  home.remove();
  vi.unstubAllGlobals();
});

test("a disabled button keeps the focus and does nothing", () => {
  const press = vi.fn();
  render(
    <Button disabled onClick={press}>
      Go
    </Button>,
    home,
  );
  buttons()[0]?.focus();
  buttons()[0]?.click();
  expect(press).not.toHaveBeenCalled();
  expect(document.activeElement === buttons()[0]).toBe(true);
});

function confirm(question: string | null) {
  const act = vi.fn();
  render(
    <ConfirmButton question={question} yes="Replace" no="Keep" onConfirm={act}>
      Reset
    </ConfirmButton>,
    home,
  );
  buttons()[0]?.click();
  return act;
}

test("a question is asked in the button's place, and answered there", async () => {
  const act = confirm("Really?");
  await drawn();
  expect(home.textContent).toContain("Really?");
  expect(words()).toEqual(["Replace", "Keep"]);
  buttons()[0]?.click();
  await drawn();
  expect(act).toHaveBeenCalledOnce();
  expect(words()).toEqual(["Reset"]);
});

test("Escape takes the question back", async () => {
  const act = confirm("Really?");
  await drawn();
  buttons()[0]?.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true }));
  await drawn();
  expect(words()).toEqual(["Reset"]);
  expect(act).not.toHaveBeenCalled();
});

test("without a question the button acts at once", () => {
  expect(confirm(null)).toHaveBeenCalledOnce();
});

test("Copy puts the text on the clipboard and says so", async () => {
  const writeText = vi.fn(async () => undefined);
  vi.stubGlobal("navigator", { clipboard: { writeText } });
  render(<CopyButton text="a text" />, home);
  buttons()[0]?.click();
  await drawn();
  await drawn();
  expect(writeText).toHaveBeenCalledWith("a text");
  expect(words()).toEqual(["Copied"]);
});

test("Copy says nothing where nothing was copied", async () => {
  vi.stubGlobal("navigator", {});
  document.execCommand = () => false;
  render(<CopyButton text="a text" />, home);
  buttons()[0]?.click();
  await drawn();
  expect(words()).toEqual(["Copy"]);
  expect(document.body.querySelectorAll("textarea")).toHaveLength(0);
});
