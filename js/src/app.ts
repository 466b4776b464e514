/** The program: which room a widget's model opens. */
import { openJobTable } from "./job_table/index";
import { openProcessForm } from "./process_form/index";
import { Connection } from "./shared/connection";
import type { Model, Widget } from "./shared/widget";

const ROOMS: Record<string, (connection: Connection) => Widget> = {
  job_table: openJobTable,
  process_form: openProcessForm,
};

export function open(model: Model): Widget {
  const room = ROOMS[model.get("_room") as string];
  if (!room) throw new Error(`This version has no widget named ${String(model.get("_room"))}.`);
  return room(new Connection(model));
}
