/** The room of the process form: one store for a model, shared by all its views. */
import { createElement } from "preact";
import type { Connection } from "../shared/connection";
import { mount } from "../shared/mount";
import type { Widget } from "../shared/widget";
import { FormStore } from "./store";
import { ProcessFormView } from "./view";

export function openProcessForm(connection: Connection): Widget {
  const store = new FormStore(connection);
  return {
    receive(content) {
      connection.settle(content);
    },
    render(element) {
      return mount(element, connection, "form", createElement(ProcessFormView, { store }));
    },
    close() {
      store.close();
      connection.close();
    },
  };
}
