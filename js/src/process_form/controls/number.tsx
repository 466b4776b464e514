/** A number, typed as text so that nothing typed is lost; a slider beside it where both ends are known. */
import type { JsonValue, NumberField } from "../../contract";
import { say } from "../../shared/words";
import { type ControlProps, textOf, tied, useTyped } from "./control";

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** The draft for a typed text: a number, or the text where it is none or would lose digits. */
export function numberDraft(text: string): JsonValue {
  const trimmed = text.trim();
  if (trimmed === "") return null;
  if (!NUMBER.test(trimmed)) return text;
  const number = Number(trimmed);
  const whole = /^[+-]?\d+$/.test(trimmed);
  return Number.isFinite(number) && (!whole || Number.isSafeInteger(number)) ? number : text;
}

/** What the field says about its limits, or nothing. */
export function limitsOf({ minimum, maximum }: NumberField): string {
  if (minimum !== null && maximum !== null) return say("form.between", { minimum, maximum });
  if (minimum !== null) return say("form.at_least", { minimum });
  return maximum === null ? "" : say("form.at_most", { maximum });
}

export function NumberControl(props: ControlProps<NumberField>) {
  const { field, value, onChange } = props;
  const [text, setText] = useTyped(value, numberDraft, textOf);
  const limits = limitsOf(field);
  return (
    <div class="ogc-number">
      <input
        {...tied(props)}
        class="ogc-input"
        type="text"
        inputMode={field.integer ? "numeric" : "decimal"}
        autocomplete="off"
        placeholder={field.placeholder}
        value={text}
        onInput={(event) => {
          setText(event.currentTarget.value);
          onChange(numberDraft(event.currentTarget.value));
        }}
      />
      {field.unit ? <span class="ogc-unit">{field.unit}</span> : null}
      <Slider {...props} />
      {limits ? <span class="ogc-limits">{limits}</span> : null}
    </div>
  );
}

/** A round step that makes at least a hundred of a range. */
function roundStep(range: number): number {
  return 10 ** Math.floor(Math.log10(range / 100));
}

function Slider({ field, title, value, onChange }: ControlProps<NumberField>) {
  const { minimum, maximum } = field;
  if (minimum === null || maximum === null || !(maximum > minimum)) return null;
  if (!Number.isFinite(maximum - minimum)) return null;
  const step = field.step ?? (field.integer ? 1 : roundStep(maximum - minimum));
  const place = typeof value === "number" ? value : minimum;
  return (
    <input
      type="range"
      class={typeof value === "number" ? "ogc-slider" : "ogc-slider ogc-slider-unset"}
      aria-label={say("form.slider", { title })}
      min={minimum}
      max={maximum}
      step={step}
      value={place}
      onInput={(event) => onChange(Number(event.currentTarget.valueAsNumber.toPrecision(12)))}
    />
  );
}
