/** A bounding box: its numbers by the names of its sides, and its reference system. */
import type { BoxField, JsonValue } from "../../contract";
import { Button } from "../../shared/button";
import { say } from "../../shared/words";
import {
  type Box,
  boxOf,
  draftOfBox,
  pastedBox,
  sideOf,
  sidesOf,
  withHeights,
} from "./box_numbers";
import { withValue } from "./choice";
import { type ControlProps, textOf, tied, useTyped } from "./control";
import { numberDraft } from "./number";
import { GrowingText } from "./text";

export function BoxControl(props: ControlProps<BoxField>) {
  const { field, value, onChange } = props;
  const box = boxOf(value, field);
  if (!box) return <NoBox {...props} />;
  const put = (change: Partial<Box>): void => onChange(draftOfBox({ ...box, ...change }, field));
  const paste = (event: ClipboardEvent): void => {
    const numbers = pastedBox(event.clipboardData?.getData("text/plain") ?? "", field);
    if (!numbers) return;
    event.preventDefault();
    event.stopPropagation();
    put({ numbers });
  };
  return (
    <fieldset {...tied(props)} class="ogc-box" onPaste={paste}>
      <div class="ogc-box-sides" data-sides={box.numbers.length}>
        {sidesOf(box.numbers.length).map((side, place) => (
          <Side
            key={side}
            props={props}
            side={side}
            place={place}
            number={box.numbers[place] ?? null}
            onNumber={(number) => put({ numbers: box.numbers.with(place, number) })}
          />
        ))}
      </div>
      <BoxFoot props={props} box={box} onBox={put} />
    </fieldset>
  );
}

interface SideProps {
  props: ControlProps<BoxField>;
  side: string;
  place: number;
  number: JsonValue;
  onNumber: (number: JsonValue) => void;
}

function Side({ props, side, place, number, onNumber }: SideProps) {
  const [text, setText] = useTyped(number, numberDraft, textOf);
  const bad = props.problems.some(
    (problem) => sideOf(problem) === place && problem.severity === "error",
  );
  return (
    <label class="ogc-box-side">
      <span class="ogc-unit">{side}</span>
      <input
        class="ogc-input"
        type="text"
        inputMode="decimal"
        autocomplete="off"
        aria-describedby={props.describedBy}
        aria-invalid={bad ? "true" : undefined}
        value={text}
        onInput={(event) => {
          setText(event.currentTarget.value);
          onNumber(numberDraft(event.currentTarget.value));
        }}
      />
    </label>
  );
}

interface FootProps {
  props: ControlProps<BoxField>;
  box: Box;
  onBox: (change: Partial<Box>) => void;
}

function BoxFoot({ props, box, onBox }: FootProps) {
  const { field } = props;
  const high = box.numbers.length === 6;
  return (
    <div class="ogc-box-foot">
      {field.crs.length > 0 ? <Crs props={props} box={box} onBox={onBox} /> : null}
      {field.heights === "optional" || high !== (field.heights === "required") ? (
        <Button look="text" onClick={() => onBox({ numbers: withHeights(box.numbers, !high) })}>
          {say(high ? "form.remove_heights" : "form.add_heights")}
        </Button>
      ) : null}
    </div>
  );
}

function Crs({ props, box, onBox }: FootProps) {
  const options = withValue(props.field.crs, box.crs);
  return (
    <label class="ogc-box-crs">
      <span class="ogc-unit">{say("form.crs")}</span>
      <select
        class="ogc-input"
        value={box.crs}
        onChange={(event) => onBox({ crs: event.currentTarget.value })}
      >
        {options.map((option) => (
          <option key={String(option.value)} value={String(option.value)}>
            {option.label}
          </option>
        ))}
      </select>
    </label>
  );
}

/** What was set from Python and is no box, as a link: shown as it is. */
function NoBox(props: ControlProps<BoxField>) {
  return (
    <div class="ogc-json">
      <GrowingText props={props} placeholder="" mono />
      <Button look="text" onClick={() => props.onChange(null)}>
        {say("form.box_numbers")}
      </Button>
    </div>
  );
}
