/** Several values of one kind: rows to add, take away and move; several lines pasted make rows. */
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { ListField } from "../../contract";
import { Button } from "../../shared/button";
import { Icon } from "../../shared/icon";
import { say } from "../../shared/words";
import { tied } from "./control";
import { type ListProps, Row } from "./list_row";
import {
  added,
  type Change,
  mostRows,
  moved,
  type Place,
  pasted,
  removed,
  rowsOf,
} from "./list_rows";

const ROWS_AT_ONCE = 100;

export function ListControl(props: ListProps) {
  const { field, value, onChange } = props;
  const rows = rowsOf(value, field);
  const [home, goTo] = useFocusAfterDrawing();
  const [most, setMost] = useState(ROWS_AT_ONCE);
  const [cut, setCut] = useState(0);
  const put = (change: Change | null): void => {
    if (!change) return;
    setCut(change.cut ?? 0);
    setMost(Math.max(most, change.place.row + 1));
    goTo(change.place);
    const unset = change.rows.length === 0 && !field.required;
    onChange(unset ? null : [...change.rows]);
  };
  const shown = rows.slice(0, most);
  return (
    <fieldset ref={home} class="ogc-list" {...tied({ ...props, problems: [] })}>
      {rows.length === 0 ? <p class="ogc-list-empty">{say("form.list_empty")}</p> : null}
      {shown.map((item, row) => (
        <Row
          key={row}
          list={props}
          item={item}
          row={row}
          count={rows.length}
          onItem={(next) => onChange([...rows.with(row, next)])}
          onEnter={() => put(added(rows, row, field))}
          onPaste={(items) => put(pasted(rows, row, items, field))}
          onMove={(to) => put(moved(rows, row, to))}
          onRemove={() => put(removed(rows, row))}
        />
      ))}
      <ListFoot
        field={field}
        count={rows.length}
        hidden={rows.length - shown.length}
        cut={cut}
        onShowAll={() => setMost(rows.length)}
        onAdd={() => put(added(rows, rows.length - 1, field))}
      />
    </fieldset>
  );
}

interface ListFootProps {
  field: ListField;
  count: number;
  hidden: number;
  cut: number;
  onShowAll: () => void;
  onAdd: () => void;
}

function ListFoot({ field, count, hidden, cut, onShowAll, onAdd }: ListFootProps) {
  return (
    <div class="ogc-list-foot">
      {hidden > 0 ? <Button onClick={onShowAll}>{say("form.show_items", { count })}</Button> : null}
      <Button part="add" disabled={count >= mostRows(field)} onClick={onAdd}>
        <Icon name="add" />
        {say("form.add")}
      </Button>
      <Limits field={field} count={count} cut={cut} />
    </div>
  );
}

function Limits({ field, count, cut }: { field: ListField; count: number; cut: number }) {
  const maximum = field.max_items ?? 0;
  const texts = [];
  if (cut > 0) texts.push(say("form.paste_cut", { count: cut, maximum }));
  else if (count >= mostRows(field)) texts.push(say("form.items_most", { maximum }));
  else if (count > 1) texts.push(say("form.items", { count }));
  if (count < field.min_items && (count > 0 || field.required))
    texts.push(say("form.items_least", { minimum: field.min_items }));
  return (
    <span class="ogc-limits" role={cut > 0 ? "status" : undefined}>
      {texts.join(" ")}
    </span>
  );
}

const FOCUSABLE = "input, select, textarea, button";

/** Moves the focus, once what was changed is drawn, to where the next key press belongs. */
function useFocusAfterDrawing() {
  const home = useRef<HTMLFieldSetElement>(null);
  const next = useRef<Place | null>(null);
  useLayoutEffect(() => {
    const place = next.current;
    next.current = null;
    if (!place || !home.current) return;
    const rows = home.current.querySelectorAll(":scope > .ogc-row");
    const scope = place.part === "add" ? home.current : rows[place.row];
    const part = scope?.querySelector(`[data-part="${place.part}"]`);
    const target = part?.matches(FOCUSABLE) ? part : part?.querySelector(FOCUSABLE);
    if (target instanceof HTMLElement) target.focus();
  });
  const goTo = (place: Place): void => {
    next.current = place;
  };
  return [home, goTo] as const;
}
