/** Yes or no: a checkbox, or three ways where "not set" is one of them. */
import { useState } from "preact/hooks";
import type { BooleanField, JsonValue } from "../../contract";
import { say } from "../../shared/words";
import { type ControlProps, tied } from "./control";

export function BooleanControl(props: ControlProps<BooleanField>) {
  // A box cannot show "neither": a required one without a value is asked for with two ways.
  const [box] = useState(props.field.required && typeof props.value === "boolean");
  return box ? <Box {...props} /> : <Ways {...props} />;
}

function Box(props: ControlProps<BooleanField>) {
  return (
    <label class="ogc-option">
      <input
        {...tied(props)}
        type="checkbox"
        checked={props.value === true}
        onChange={(event) => props.onChange(event.currentTarget.checked)}
      />
      <span aria-hidden="true">{say("form.yes")}</span>
    </label>
  );
}

function Ways(props: ControlProps<BooleanField>) {
  const ways: [JsonValue, string][] = [
    [true, say("form.yes")],
    [false, say("form.no")],
  ];
  if (!props.field.required) ways.unshift([null, say("form.not_set")]);
  return (
    <div {...tied(props)} role="radiogroup" class="ogc-segments">
      {ways.map(([way, word]) => (
        <label key={word} class="ogc-segment">
          <input
            type="radio"
            name={props.id}
            checked={(props.value ?? null) === way}
            onChange={() => props.onChange(way)}
          />
          <span>{word}</span>
        </label>
      ))}
    </div>
  );
}
