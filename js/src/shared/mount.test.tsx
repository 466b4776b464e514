import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Connection } from "./connection";
import { FakeModel } from "./fake_model";
import { mount } from "./mount";

function place(host: Node = document.body) {
  const model = new FakeModel();
  const element = document.createElement("div");
  host.appendChild(element);
  const view = <button type="button">Press</button>;
  return { model, element, unmount: mount(element, new Connection(model), "form", view) };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  document.body.replaceChildren();
  document.head.replaceChildren();
});

test("the view is drawn in a root of its own, and taken away whole", () => {
  const { element, unmount } = place();
  expect(element.querySelector(".ogc-widgets.ogc-form button")?.textContent).toBe("Press");
  unmount();
  expect(element.childElementCount).toBe(0);
});

test("key presses do not reach the notebook's shortcuts", () => {
  const { element } = place();
  const heard = vi.fn();
  document.addEventListener("keydown", heard);
  const press = new KeyboardEvent("keydown", { key: "b", bubbles: true });
  element.querySelector("button")?.dispatchEvent(press);
  document.removeEventListener("keydown", heard);
  expect(heard).not.toHaveBeenCalled();
});

test("the style sheet is added once for a document, and once for a shadow root", () => {
  place();
  place();
  expect(document.head.querySelectorAll("style[data-ogc-widgets]")).toHaveLength(1);
  const host = document.createElement("div");
  document.body.append(host);
  const shadow = host.attachShadow({ mode: "open" });
  place(shadow);
  expect(shadow.querySelectorAll("style[data-ogc-widgets]")).toHaveLength(1);
});

test("the kernel hears that a view is looked at, hears it again, and hears its end", () => {
  const { model, unmount } = place();
  expect(model.commands("look").map((look) => look.seen)).toEqual([true]);
  vi.advanceTimersByTime(60_000);
  expect(model.commands("look").length).toBeGreaterThan(1);
  unmount();
  const looks = model.commands("look");
  expect(looks.at(-1)?.seen).toBe(false);
  expect(new Set(looks.map((look) => look.view)).size).toBe(1);
  vi.advanceTimersByTime(60_000);
  expect(model.commands("look")).toHaveLength(looks.length);
});

test("two views are told apart", () => {
  const one = place();
  const other = place();
  expect(one.model.commands("look")[0]?.view).not.toBe(other.model.commands("look")[0]?.view);
});
