/** A date, a time or an instant: the browser's control in local time, or text for what it cannot show. */
import { useState } from "preact/hooks";
import type { DateTimeField, JsonValue } from "../../contract";
import { Button } from "../../shared/button";
import { say } from "../../shared/words";
import { type ControlProps, textOf, tied, useTyped } from "./control";
import { fromNative, toNative, utcReading } from "./instants";

const TYPES = { date: "date", time: "time", datetime: "datetime-local" } as const;

function orNull(text: string): JsonValue {
  return text === "" ? null : text;
}

export function DateTimeControl(props: ControlProps<DateTimeField>) {
  const { precision } = props.field;
  const text = textOf(props.value);
  const showable = toNative(text, precision) !== null;
  const [asText, setAsText] = useState(!showable);
  // What turned unshowable while it was typed stays text, so that the field does not change again.
  if (!showable && !asText) setAsText(true);
  const reading = utcReading(text, precision);
  const utc = `${props.id}-utc`;
  const describedBy = [reading ? utc : "", props.describedBy].filter(Boolean).join(" ");
  const tiedProps = { ...props, describedBy: describedBy || undefined };
  return (
    <div class="ogc-datetime">
      {asText || !showable ? <Typed {...tiedProps} /> : <Picked {...tiedProps} />}
      <span class="ogc-datetime-side">
        {reading ? (
          <span id={utc} class="ogc-unit">
            {say("form.utc", { value: reading })}
          </span>
        ) : null}
        <Button
          look="text"
          disabled={asText && !showable}
          onClick={() => {
            props.onComplain(null);
            setAsText(!asText);
          }}
        >
          {say(asText ? "form.pick_date" : "form.type_date")}
        </Button>
      </span>
    </div>
  );
}

function Typed(props: ControlProps<DateTimeField>) {
  return (
    <input
      {...tied(props)}
      class="ogc-input"
      type="text"
      autocomplete="off"
      spellcheck={false}
      value={textOf(props.value)}
      onInput={(event) => props.onChange(orNull(event.currentTarget.value))}
    />
  );
}

function Picked(props: ControlProps<DateTimeField>) {
  const { precision } = props.field;
  const [native, setNative] = useTyped(
    props.value,
    (typed) => orNull(fromNative(typed, precision)),
    (value) => toNative(textOf(value), precision) ?? "",
  );
  const step = precision === "date" ? undefined : /\.\d/.test(native) ? 0.001 : 1;
  return (
    <input
      {...tied(props)}
      class="ogc-input"
      type={TYPES[precision]}
      step={step}
      value={native}
      onInput={(event) => {
        const { value, validity } = event.currentTarget;
        props.onComplain(validity?.badInput ? say("form.incomplete") : null);
        setNative(value);
        props.onChange(orNull(fromNative(value, precision)));
      }}
      onBlur={(event) => {
        const { validity } = event.currentTarget;
        props.onComplain(validity?.badInput ? say("form.incomplete") : null);
      }}
    />
  );
}
