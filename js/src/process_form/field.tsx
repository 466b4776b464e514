/** A field: label, control, problems, help. Only it draws again when its draft changes. */
import { createContext } from "preact";
import { useContext, useState } from "preact/hooks";
import type { Field, Problem } from "../contract";
import { Button } from "../shared/button";
import { oneLine } from "../shared/format";
import { Icon } from "../shared/icon";
import { say } from "../shared/words";
import { AnyControl, isSingle } from "./controls/any";
import { Problems, unplaced } from "./problems";
import type { FormStore } from "./store";

/** Begins every id of a view, since a page may show the same form twice. */
export const ViewName = createContext("");

const LONG_HELP = 280;

/** Kinds that need the whole width. */
function isWide(field: Field): boolean {
  if (field.kind === "text") return field.multiline;
  if (field.kind === "many_choice") return field.options.length > 6;
  return ["list", "json", "bbox", "geometry"].includes(field.kind);
}

function fieldTitle(field: Field): string {
  return oneLine(field.title) || oneLine(field.id);
}

/** Problems that no row of the field shows. */
function ownProblems(field: Field, problems: readonly Problem[]): readonly Problem[] {
  if (field.kind === "bbox") return problems.map(unplaced);
  if (field.kind !== "list") return problems;
  return problems.filter((problem) => typeof problem.path[0] !== "number");
}

export function FieldView({ field, store }: { field: Field; store: FormStore }) {
  const id = `${useContext(ViewName)}-${field.key}`;
  const state = store.field(field.key);
  const problems = ownProblems(field, state.problems.value);
  const help = field.description || field.notes.length > 0;
  const describedBy = [problems.length > 0 && `${id}-problems`, help && `${id}-help`];
  const left = (event: FocusEvent): void => {
    const next = event.relatedTarget as Node | null;
    if (!(event.currentTarget as HTMLElement).contains(next)) store.touch(field.key);
  };
  return (
    <div
      class={isWide(field) ? "ogc-field ogc-wide" : "ogc-field"}
      data-field={field.key}
      onFocusOut={left}
    >
      <Label field={field} id={id} unchecked={state.unchecked.value} />
      <AnyControl
        field={field}
        value={state.value.value}
        onChange={(value) => store.edit(field.key, value)}
        id={id}
        title={fieldTitle(field)}
        name={{ "aria-labelledby": `${id}-label` }}
        describedBy={describedBy.filter(Boolean).join(" ") || undefined}
        problems={state.problems.value}
        masked={state.masked.value}
        onComplain={(message) => store.complain(field.key, message)}
      />
      <Problems id={`${id}-problems`} problems={problems} />
      {help ? <Help field={field} id={`${id}-help`} /> : null}
    </div>
  );
}

function Label({ field, id, unchecked }: { field: Field; id: string; unchecked: boolean }) {
  const text = fieldTitle(field);
  return (
    <div class="ogc-label-line">
      {isSingle(field) ? (
        <label id={`${id}-label`} for={id} class="ogc-label" title={field.id}>
          {text}
        </label>
      ) : (
        <span id={`${id}-label`} class="ogc-label" title={field.id}>
          {text}
        </span>
      )}
      {field.required ? null : <span class="ogc-optional">{say("form.optional")}</span>}
      {unchecked ? <span class="ogc-unchecked">{say("form.unchecked")}</span> : null}
    </div>
  );
}

function Help({ field, id }: { field: Field; id: string }) {
  const [whole, setWhole] = useState(false);
  const long = field.description.length > LONG_HELP;
  return (
    <div id={id} class="ogc-help">
      {field.description ? (
        <p dir="auto" class={long && !whole ? "ogc-clamped" : ""}>
          {field.description}
        </p>
      ) : null}
      {long ? (
        <Button look="text" onClick={() => setWhole(!whole)}>
          {say(whole ? "form.less" : "form.more")}
        </Button>
      ) : null}
      {field.notes.map((note) => (
        <p key={note} class="ogc-note">
          <Icon name="warning" />
          <span>
            {say("form.note")} {note}
          </span>
        </p>
      ))}
    </div>
  );
}
