/** One of several values: radio buttons for a few short ones, else a list to open. */
import type { ChoiceField, JsonValue, Option } from "../../contract";
import { say } from "../../shared/words";
import { type ControlProps, textOf, tied } from "./control";

const FEW = 5;
const SHORT = 60;

/** Where a value stands among the options; -1 where it does not. */
export function placeOf(options: readonly Option[], value: JsonValue): number {
  const text = JSON.stringify(value);
  return options.findIndex((option) => JSON.stringify(option.value) === text);
}

/** The options, and the value as one more where it is none of them. */
export function withValue(options: readonly Option[], value: JsonValue): readonly Option[] {
  if (value === null || value === undefined || placeOf(options, value) >= 0) return options;
  return [...options, { value, label: say("form.not_offered", { value: textOf(value) }) }];
}

export function ChoiceControl(props: ControlProps<ChoiceField>) {
  const options = withValue(props.field.options, props.value);
  const length = props.field.options.reduce((sum, option) => sum + option.label.length, 0);
  const few = props.field.options.length <= FEW && length <= SHORT;
  const Shape = few ? Radios : Select;
  return <Shape props={props} options={options} />;
}

interface ShapeProps {
  props: ControlProps<ChoiceField>;
  options: readonly Option[];
}

function Radios({ props, options }: ShapeProps) {
  const chosen = placeOf(options, props.value);
  const radio = (place: number, label: string, value: JsonValue) => (
    <label key={place} class="ogc-option">
      <input
        type="radio"
        name={props.id}
        checked={place === chosen}
        onChange={() => props.onChange(value)}
      />
      <span>{label}</span>
    </label>
  );
  return (
    <div {...tied(props)} role="radiogroup" class="ogc-options">
      {props.field.required ? null : radio(-1, say("form.not_set"), null)}
      {options.map((option, place) => radio(place, option.label, option.value))}
    </div>
  );
}

function Select({ props, options }: ShapeProps) {
  const chosen = placeOf(options, props.value);
  return (
    <select
      {...tied(props)}
      class="ogc-input"
      value={chosen}
      onChange={(event) =>
        props.onChange(options[Number(event.currentTarget.value)]?.value ?? null)
      }
    >
      {props.field.required && chosen >= 0 ? null : (
        <option value={-1}>{say(props.field.required ? "form.choose" : "form.not_set")}</option>
      )}
      {options.map((option, place) => (
        <option key={place} value={place}>
          {option.label}
        </option>
      ))}
    </select>
  );
}
