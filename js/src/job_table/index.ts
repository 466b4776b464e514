/** The job table's room: what its model opens. */
import { h } from "preact";
import type { Connection } from "../shared/connection";
import { mount } from "../shared/mount";
import type { Widget } from "../shared/widget";
import { TableState } from "./table_state";
import { JobTableView } from "./view";

export function openJobTable(connection: Connection): Widget {
  const table = new TableState(connection);
  return {
    receive(content, buffers) {
      if (!connection.settle(content)) table.feed.receive(content, buffers);
    },
    render: (element) => mount(element, connection, "jobs", h(JobTableView, { table })),
    close() {
      table.close();
      connection.close();
    },
  };
}
