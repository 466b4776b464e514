/** One row of a list: its number, its control, its problems, and what can be done with it. */
import type { ComponentType } from "preact";
import type { JsonValue, ListField, Problem } from "../../contract";
import { Button } from "../../shared/button";
import { say } from "../../shared/words";
import { Problems, unplaced } from "../problems";
import type { ControlProps } from "./control";
import { leastRows, pastedItems, type Rows } from "./list_rows";

export interface ListProps extends ControlProps<ListField> {
  /** Draws an item; given, since lists may hold lists. */
  Item: ComponentType<ControlProps>;
}

export interface RowProps {
  list: ListProps;
  item: JsonValue;
  row: number;
  count: number;
  onItem: (item: JsonValue) => void;
  onEnter: () => void;
  onPaste: (items: Rows) => void;
  onMove: (to: number) => void;
  onRemove: () => void;
}

function isLine(target: EventTarget | null): target is HTMLInputElement {
  return target instanceof HTMLInputElement && ["text", "password"].includes(target.type);
}

/** The problems of one item, their paths counted from it. */
function problemsOfItem(problems: readonly Problem[], row: number): Problem[] {
  return problems
    .filter((problem) => problem.path[0] === row)
    .map((problem) => ({ ...problem, path: problem.path.slice(1) }));
}

function takeEnter(event: KeyboardEvent, onEnter: () => void): void {
  const plain = !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.isComposing;
  if (event.key !== "Enter" || !plain || !isLine(event.target)) return;
  event.preventDefault();
  event.stopPropagation();
  if (event.target.value !== "") onEnter();
}

function takePaste(event: ClipboardEvent, props: RowProps): void {
  const text = event.clipboardData?.getData("text/plain") ?? "";
  const items = isLine(event.target) ? pastedItems(text, props.list.field) : null;
  if (!items) return;
  event.preventDefault();
  event.stopPropagation();
  props.onPaste(items);
}

export function Row(props: RowProps) {
  const { list, item, row } = props;
  const { Item, field } = list;
  const id = `${list.id}-${row}`;
  const problems = problemsOfItem(list.problems, row);
  const nested = field.item.kind === "list";
  const whole = field.item.kind === "bbox" ? problems.map(unplaced) : problems;
  const own = nested ? whole.filter(({ path }) => typeof path[0] !== "number") : whole;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: heard for the control inside.
    <div
      class="ogc-row"
      data-row={row}
      onKeyDown={(event) => takeEnter(event, props.onEnter)}
      onPaste={(event) => takePaste(event, props)}
    >
      <span class="ogc-row-number" aria-hidden="true">
        {row + 1}
      </span>
      <div class="ogc-row-control" data-part="control">
        <Item
          field={field.item}
          value={item ?? null}
          onChange={props.onItem}
          id={id}
          name={{ "aria-label": say("form.item", { title: list.title, number: row + 1 }) }}
          title={say("form.item", { title: list.title, number: row + 1 })}
          describedBy={own.length > 0 ? `${id}-problems` : undefined}
          problems={problems}
          masked={false}
          onComplain={list.onComplain}
        />
        <Problems id={`${id}-problems`} problems={own} />
      </div>
      <RowButtons {...props} />
    </div>
  );
}

function RowButtons({ list, row, count, onMove, onRemove }: RowProps) {
  const number = row + 1;
  return (
    <div class="ogc-row-buttons">
      {count > 1 ? (
        <>
          <Button
            look="text"
            part="up"
            label={say("form.up_item", { number })}
            disabled={row === 0}
            onClick={() => onMove(row - 1)}
          >
            {say("form.up")}
          </Button>
          <Button
            look="text"
            part="down"
            label={say("form.down_item", { number })}
            disabled={row === count - 1}
            onClick={() => onMove(row + 1)}
          >
            {say("form.down")}
          </Button>
        </>
      ) : null}
      <Button
        look="text"
        label={say("form.remove_item", { number })}
        disabled={count <= leastRows(list.field)}
        onClick={onRemove}
      >
        {say("form.remove")}
      </Button>
    </div>
  );
}
