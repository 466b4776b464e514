/** Any of several values, each with its box. */
import type { JsonValue, ManyChoiceField } from "../../contract";
import { placeOf, withValue } from "./choice";
import { type ControlProps, tied } from "./control";

export function ManyChoiceControl(props: ControlProps<ManyChoiceField>) {
  const { field, value, onChange } = props;
  const chosen: readonly JsonValue[] = Array.isArray(value) ? value : [];
  const options = chosen.reduce(withValue, field.options);
  const places = new Set(chosen.map((one) => placeOf(options, one)));
  const turn = (place: number, on: boolean): void => {
    const kept = options.filter((_, other) => (other === place ? on : places.has(other)));
    onChange(kept.length === 0 && !field.required ? null : kept.map((option) => option.value));
  };
  return (
    <fieldset {...tied(props)} class="ogc-options ogc-options-many">
      {options.map((option, place) => (
        <label key={place} class="ogc-option">
          <input
            type="checkbox"
            checked={places.has(place)}
            onChange={(event) => turn(place, event.currentTarget.checked)}
          />
          <span>{option.label}</span>
        </label>
      ))}
    </fieldset>
  );
}
