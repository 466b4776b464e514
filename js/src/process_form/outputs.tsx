/** Which outputs to ask for and how to execute; folded, since servers choose well by themselves. */
import { useContext } from "preact/hooks";
import type { FormView, ModeChoice, OutputChoice, OutputSelection } from "../contract";
import { oneLine } from "../shared/format";
import { say } from "../shared/words";
import { ViewName } from "./field";
import type { FormStore, Mode } from "./store";

const SHORT_MODES = {
  auto: "form.mode_auto_short",
  async: "form.mode_async_short",
  sync: "form.mode_sync_short",
} as const;
const MODES = {
  auto: "form.mode_auto",
  async: "form.mode_async",
  sync: "form.mode_sync",
} as const;
const TRANSMISSIONS = {
  auto: "form.transmission_auto",
  value: "form.transmission_value",
  reference: "form.transmission_reference",
} as const;

/** The mode in two words, as a sentence goes on with it. */
export function modeText(mode: Mode): string {
  return say(SHORT_MODES[mode]);
}

/** How each output is asked for; one that was never chosen is asked for as the server likes. */
function selectionsOf(store: FormStore): OutputSelection[] {
  const chosen = new Map(store.outputs.value.map((one) => [one.key, one]));
  return store.form.value.outputs.map(
    ({ key }) =>
      chosen.get(key) ?? { key, selected: true, media_type: "", transmission: "auto" as const },
  );
}

function outputsText(selections: readonly OutputSelection[]): string {
  const count = selections.length;
  const selected = selections.filter((one) => one.selected).length;
  if (selected === 0) return say("form.outputs_none");
  if (selected < count) return say("form.outputs_some", { selected, count });
  return count === 1 ? say("form.output_one") : say("form.outputs_all", { count });
}

export function OutputsAndMode({ store }: { store: FormStore }) {
  const { outputs, transmissions } = store.form.value;
  const selections = selectionsOf(store);
  const summary = [outputsText(selections), modeText(store.mode.value)];
  const choose = (changed: OutputSelection): void => {
    const next = selections.map((one) => (one.key === changed.key ? changed : one));
    void store.choose({ outputs: next });
  };
  return (
    <details class="ogc-section">
      <summary>
        {say("form.outputs_and_mode")}
        <span class="ogc-summary">{summary.join(" · ")}</span>
      </summary>
      <div class="ogc-section-body">
        {outputs.length > 0 ? (
          <fieldset class="ogc-outputs">
            <legend class="ogc-label">{say("form.outputs")}</legend>
            {outputs.map((output, place) => (
              <OutputRow
                key={output.key}
                output={output}
                selection={selections[place] as OutputSelection}
                transmissions={transmissions}
                onChoose={choose}
              />
            ))}
          </fieldset>
        ) : null}
        <Modes store={store} />
      </div>
    </details>
  );
}

interface OutputRowProps {
  output: OutputChoice;
  selection: OutputSelection;
  transmissions: FormView["transmissions"];
  onChoose: (selection: OutputSelection) => void;
}

function OutputRow({ output, selection, transmissions, onChoose }: OutputRowProps) {
  const { media_types } = output;
  return (
    <div class="ogc-output">
      <label class="ogc-option">
        <input
          type="checkbox"
          checked={selection.selected}
          onChange={(event) => onChoose({ ...selection, selected: event.currentTarget.checked })}
        />
        <span>
          {oneLine(output.title || output.id)}
          {output.description ? <span class="ogc-help">{output.description}</span> : null}
        </span>
      </label>
      {selection.selected && media_types.length > 0 ? (
        <Chooser
          word={say("form.media_type")}
          value={selection.media_type}
          options={[["", say("form.media_type_auto")], ...media_types.map((type) => [type, type])]}
          onChoose={(media_type) => onChoose({ ...selection, media_type })}
        />
      ) : null}
      {selection.selected && transmissions.some((one) => one !== "auto") ? (
        <Chooser
          word={say("form.transmission")}
          value={selection.transmission}
          options={transmissions.map((one) => [one, say(TRANSMISSIONS[one])])}
          onChoose={(transmission) => onChoose({ ...selection, transmission })}
        />
      ) : null}
    </div>
  );
}

interface ChooserProps<V extends string> {
  word: string;
  value: V;
  options: (readonly string[])[];
  onChoose: (value: V) => void;
}

function Chooser<V extends string>({ word, value, options, onChoose }: ChooserProps<V>) {
  return (
    <label class="ogc-chooser">
      <span>{word}</span>
      <select
        class="ogc-input"
        value={value}
        onChange={(event) => onChoose(event.currentTarget.value as V)}
      >
        {options.map(([option, label]) => (
          <option key={option} value={option}>
            {label}
          </option>
        ))}
      </select>
    </label>
  );
}

function Modes({ store }: { store: FormStore }) {
  const name = `${useContext(ViewName)}-mode`;
  return (
    <fieldset class="ogc-modes">
      <legend class="ogc-label">{say("form.mode")}</legend>
      {store.form.value.modes.map((choice) => (
        <ModeRow key={choice.mode} choice={choice} name={name} store={store} />
      ))}
    </fieldset>
  );
}

function ModeRow({ choice, name, store }: { choice: ModeChoice; name: string; store: FormStore }) {
  const { mode, allowed, reason } = choice;
  return (
    <label class={allowed ? "ogc-option" : "ogc-option ogc-option-off"}>
      <input
        type="radio"
        name={name}
        disabled={!allowed}
        checked={store.mode.value === mode}
        onChange={() => void store.choose({ mode })}
      />
      <span>
        {say(MODES[mode])}
        {reason ? <span class="ogc-help">{reason}</span> : null}
      </span>
    </label>
  );
}
