/** Puts a view into a cell: its root element, its style, its keys, and whether somebody looks. */
import { type ComponentChild, render } from "preact";
import type { Connection } from "./connection";
import { newId } from "./ids";
import style from "./theme.css";

const LOOK_AGAIN = 20_000;

/** The style sheet goes once into the document, or into the shadow root that a host may use. */
function addStyle(element: HTMLElement): void {
  const root = element.getRootNode();
  const home = root instanceof ShadowRoot ? root : document.head;
  if (home.querySelector("style[data-ogc-widgets]")) return;
  const sheet = document.createElement("style");
  sheet.dataset.ogcWidgets = "";
  sheet.textContent = style;
  home.append(sheet);
}

/** Tell the kernel that this view is seen, and that it is not: nothing is polled for nobody. */
function watchLooking(connection: Connection): () => void {
  const view = newId();
  const tell = (seen: boolean): void => {
    connection.ask({ kind: "look", view, seen }).catch(() => undefined);
  };
  const change = (): void => tell(document.visibilityState === "visible");
  const timer = setInterval(() => {
    if (document.visibilityState === "visible") tell(true);
  }, LOOK_AGAIN);
  document.addEventListener("visibilitychange", change);
  change();
  return () => {
    clearInterval(timer);
    document.removeEventListener("visibilitychange", change);
    tell(false);
  };
}

/** Draw `view` into a cell's element; the answer takes it away. */
export function mount(
  element: HTMLElement,
  connection: Connection,
  room: string,
  view: ComponentChild,
): () => void {
  addStyle(element);
  // An HBox would collapse a child that is a size container.
  element.style.flex = "1 1 320px";
  element.style.minWidth = "0";
  const root = document.createElement("div");
  root.className = `ogc-widgets ogc-${room}`;
  // The notebook's one-letter shortcuts must not act on what is typed or pressed here.
  root.addEventListener("keydown", (event) => event.stopPropagation());
  element.append(root);
  render(view, root);
  const stopLooking = watchLooking(connection);
  return () => {
    stopLooking();
    render(null, root);
    root.remove();
  };
}
