/**
 * What every widget carries. The program itself travels once for a kernel, as the code of a hidden
 * widget; where a host cannot read that, the kernel is asked for it. A page keeps one copy of each
 * version, told apart by the hash of its content.
 */
import { newId } from "./shared/ids";
import type { Model, Widget } from "./shared/widget";

interface Program {
  open(model: Model): Widget;
}

interface Host {
  getModel?(reference: string): Promise<Pick<Model, "get">>;
}

const ANSWER_TIMEOUT = 15_000;
const shelf = globalThis as { __ogcWidgets?: Map<string, Promise<Program>> };
shelf.__ogcWidgets ??= new Map();
const programs = shelf.__ogcWidgets;

async function unpack(code: DataView): Promise<string> {
  const bytes = new Uint8Array(code.buffer as ArrayBuffer, code.byteOffset, code.byteLength);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).text();
}

async function importText(source: string): Promise<Program> {
  const address = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
  try {
    return (await import(/* @vite-ignore */ address)) as Program;
  } finally {
    URL.revokeObjectURL(address);
  }
}

function askForCode(model: Model): Promise<DataView> {
  return new Promise((resolve, reject) => {
    const end = (): void => {
      clearTimeout(timer);
      model.off("msg:custom", listen);
    };
    const listen = (content: { kind?: string; name?: string }, buffers: DataView[]): void => {
      if (content.kind === "bundle" && content.name === "app" && buffers[0]) {
        end();
        resolve(buffers[0]);
      }
    };
    const timer = setTimeout(() => {
      end();
      reject(new Error("The kernel did not send the widget's code. Check that it runs."));
    }, ANSWER_TIMEOUT);
    model.on("msg:custom", listen);
    model.send({ kind: "bundle", id: newId(), name: "app" });
  });
}

async function findCode(model: Model, host: Host | undefined): Promise<DataView> {
  try {
    const bundle = await host?.getModel?.(model.get("_bundle") as string);
    const code = bundle?.get("_code");
    if (code instanceof DataView && code.byteLength > 0) return code;
  } catch {
    // The host has no such model; the kernel has the code all the same.
  }
  return askForCode(model);
}

function loadProgram(model: Model, host: Host | undefined): Promise<Program> {
  const hash = model.get("_bundle_hash") as string;
  const known = programs.get(hash);
  if (known) return known;
  const loading = findCode(model, host).then(unpack).then(importText);
  programs.set(hash, loading);
  loading.catch(() => programs.delete(hash));
  return loading;
}

function showFailure(element: HTMLElement, reason: unknown, retry: () => void): void {
  const text = document.createElement("p");
  text.setAttribute("role", "alert");
  text.textContent = `The widget could not be loaded. ${reason instanceof Error ? reason.message : ""}`;
  const button = document.createElement("button");
  button.textContent = "Retry";
  button.addEventListener("click", retry);
  element.replaceChildren(text, button);
}

export default () => {
  let own: Model | undefined;
  let widget: Widget | undefined;
  let opening: Promise<Widget> | undefined;
  let early: [unknown, DataView[]][] = [];

  function open(model: Model, host: Host | undefined): Promise<Widget> {
    opening ??= loadProgram(model, host).then((program) => {
      const opened = program.open(own ?? model);
      widget = opened;
      for (const [content, buffers] of early) opened.receive(content, buffers);
      early = [];
      return opened;
    });
    opening.catch(() => {
      opening = undefined;
    });
    return opening;
  }

  return {
    initialize({ model }: { model: Model }) {
      own = model;
      model.on("msg:custom", (content: unknown, buffers: DataView[]) => {
        if (widget) widget.receive(content, buffers);
        else early.push([content, buffers]);
      });
      return () => {
        widget?.close();
        early = [];
      };
    },
    async render({ model, el, host }: { model: Model; el: HTMLElement; host?: Host }) {
      let remove: (() => void) | undefined;
      const draw = async (): Promise<void> => {
        try {
          const opened = await open(model, host);
          el.replaceChildren();
          remove = opened.render(el);
        } catch (reason) {
          showFailure(el, reason, () => void draw());
        }
      };
      await draw();
      return () => remove?.();
    },
  };
};
