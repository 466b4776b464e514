import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { FakeModel } from "./shared/fake_model";

/** A program as the bundle holds it: it writes into the page what reached it. */
const PROGRAM = `
export function open(model) {
  const page = globalThis.page;
  page.opened += 1;
  return {
    receive(content) { page.heard.push(content.text); },
    render(element) {
      const mark = document.createElement("i");
      mark.textContent = model.get("_room");
      element.append(mark);
      return () => mark.remove();
    },
    close() { page.closed += 1; },
  };
}`;

const page = { opened: 0, heard: [] as string[], closed: 0 };
const shelf = globalThis as { page?: unknown; __ogcWidgets?: unknown };

async function code(): Promise<DataView> {
  const stream = new Blob([PROGRAM]).stream().pipeThrough(new CompressionStream("gzip"));
  return new DataView(await new Response(stream).arrayBuffer());
}

/** Node imports no blob addresses: a script's blob gets its text as its address. */
function readScriptsByText(): void {
  const texts = new Map<Blob, string>();
  class ScriptBlob extends Blob {
    constructor(parts: BlobPart[], options?: BlobPropertyBag) {
      super(parts, options);
      if (options?.type === "text/javascript") texts.set(this, parts.join(""));
    }
  }
  vi.stubGlobal("Blob", ScriptBlob);
  vi.spyOn(URL, "createObjectURL").mockImplementation((blob) => {
    const text = texts.get(blob as Blob) ?? "";
    return `data:text/javascript,${encodeURIComponent(text)}#${Math.random()}`;
  });
  vi.spyOn(URL, "revokeObjectURL").mockImplementation(() => undefined);
}

beforeEach(() => {
  Object.assign(page, { opened: 0, heard: [], closed: 0 });
  shelf.page = page;
  delete shelf.__ogcWidgets;
  vi.resetModules();
  readScriptsByText();
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

/** The loader as each widget carries it: a copy of its own, and one shelf for the page. */
async function carry() {
  return (await import("./loader")).default();
}

function widgetModel(): FakeModel {
  return new FakeModel({ _room: "a_room", _bundle: "anywidget:b", _bundle_hash: "h1" });
}

function hostWith(bundle: FakeModel) {
  return { getModel: vi.fn(async () => bundle) };
}

test("the program comes from the hidden widget and draws the room", async () => {
  const [loader, model, el] = [await carry(), widgetModel(), document.createElement("div")];
  const host = hostWith(new FakeModel({ _code: await code() }));
  loader.initialize({ model });
  const remove = await loader.render({ model, el, host });
  expect(host.getModel).toHaveBeenCalledWith("anywidget:b");
  expect(el.textContent).toBe("a_room");
  remove();
  expect(el.textContent).toBe("");
});

test("a second widget of the same version asks nobody for the program", async () => {
  const host = hostWith(new FakeModel({ _code: await code() }));
  const loader = await carry();
  await loader.render({ model: widgetModel(), el: document.createElement("div"), host });
  const other = hostWith(new FakeModel());
  const [model, el] = [widgetModel(), document.createElement("div")];
  await (await carry()).render({ model, el, host: other });
  expect(other.getModel).not.toHaveBeenCalled();
  expect(model.sent).toEqual([]);
  expect(el.textContent).toBe("a_room");
});

test("two views of one model open the program once", async () => {
  const [loader, model] = [await carry(), widgetModel()];
  const host = hostWith(new FakeModel({ _code: await code() }));
  const views = [document.createElement("div"), document.createElement("div")];
  await Promise.all(views.map((el) => loader.render({ model, el, host })));
  expect(page.opened).toBe(1);
  expect(views.map((el) => el.textContent)).toEqual(["a_room", "a_room"]);
});

test("messages that come before the program are handed on, in order", async () => {
  const [loader, model] = [await carry(), widgetModel()];
  loader.initialize({ model });
  model.tell({ text: "one" });
  model.tell({ text: "two" });
  const host = hostWith(new FakeModel({ _code: await code() }));
  await loader.render({ model, el: document.createElement("div"), host });
  model.tell({ text: "three" });
  expect(page.heard).toEqual(["one", "two", "three"]);
});

test("the program is let go when the model is", async () => {
  const [loader, model] = [await carry(), widgetModel()];
  const close = loader.initialize({ model });
  const host = hostWith(new FakeModel({ _code: await code() }));
  await loader.render({ model, el: document.createElement("div"), host });
  close();
  expect(page.closed).toBe(1);
});

test("where the host has no such widget the kernel is asked, and answers with a buffer", async () => {
  const [loader, model, el] = [await carry(), widgetModel(), document.createElement("div")];
  const host = { getModel: () => Promise.reject(new Error("no model")) };
  const drawn = loader.render({ model, el, host });
  await vi.waitFor(() => expect(model.commands("bundle")).toHaveLength(1));
  expect(model.commands("bundle")[0]?.name).toBe("app");
  model.tell({ kind: "bundle", name: "app" }, [await code()]);
  await drawn;
  expect(el.textContent).toBe("a_room");
  expect(model.listeners("msg:custom")).toBe(0);
});

test("a kernel that sends nothing is said so, and Retry asks again", async () => {
  vi.useFakeTimers();
  const [loader, model, el] = [await carry(), widgetModel(), document.createElement("div")];
  const drawn = loader.render({ model, el });
  await vi.advanceTimersByTimeAsync(15_000);
  await drawn;
  vi.useRealTimers();
  expect(el.querySelector("[role=alert]")?.textContent).toContain("could not be loaded");
  el.querySelector("button")?.click();
  await vi.waitFor(() => expect(model.commands("bundle")).toHaveLength(2));
  model.tell({ kind: "bundle", name: "app" }, [await code()]);
  await vi.waitFor(() => expect(el.textContent).toBe("a_room"));
});
