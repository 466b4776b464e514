/** What every control is given, and what they share. */
import { useState } from "preact/hooks";
import type { Field, JsonValue, Problem } from "../../contract";

export interface ControlProps<F extends Field = Field> {
  field: F;
  /** The draft; null where the field is not set. */
  value: JsonValue;
  onChange: (value: JsonValue) => void;
  /** Unique in the page; the control's element has it, and it begins the ids of its parts. */
  id: string;
  /** What the field is called, for the names of parts of its control. */
  title: string;
  /** What the control is called: by an element's id, or by words. */
  name: { "aria-labelledby": string } | { "aria-label": string };
  /** Ids of the texts that say more: help and problems. */
  describedBy: string | undefined;
  /** What is wrong, paths counted from this value. */
  problems: readonly Problem[];
  /** A secret is set; its value is not here. */
  masked: boolean;
  /** Say what only the browser can see to be wrong; null takes it back. */
  onComplain: (message: string | null) => void;
}

interface Tied {
  id: string;
  "aria-label"?: string;
  "aria-labelledby"?: string;
  "aria-describedby"?: string;
  "aria-invalid"?: "true";
}

/** The attributes that tie a control to its name, help and problems. */
export function tied(props: ControlProps): Tied {
  const errors = props.problems.some((problem) => problem.severity === "error");
  return {
    id: props.id,
    ...props.name,
    ...(props.describedBy ? { "aria-describedby": props.describedBy } : {}),
    ...(errors ? { "aria-invalid": "true" } : {}),
  };
}

/** Text for a draft that is no text: what somebody may have set from Python. */
export function textOf(value: JsonValue): string {
  if (value === null || value === undefined) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** Keeps what was typed as it was typed, as long as it says the same as the draft. */
export function useTyped(
  value: JsonValue,
  read: (text: string) => JsonValue,
  write: (value: JsonValue) => string,
): [string, (text: string) => void] {
  const [typed, setTyped] = useState<string | null>(null);
  const shown = typed !== null && read(typed) === (value ?? null) ? typed : write(value);
  return [shown, setTyped];
}
