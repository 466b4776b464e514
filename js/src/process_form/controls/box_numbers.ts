/** The numbers of a bounding box: their order, and the draft that holds them. */
import type { BoxField, JsonValue, Problem } from "../../contract";
import { say } from "../../shared/words";
import { numberDraft } from "./number";

export type Numbers = readonly JsonValue[];

/** What a control shows: numbers and a reference system; null where the draft is no box. */
export interface Box {
  numbers: Numbers;
  crs: string;
}

const FLAT = ["form.west", "form.south", "form.east", "form.north"] as const;
const HIGH = [
  "form.west",
  "form.south",
  "form.lowest",
  "form.east",
  "form.north",
  "form.highest",
] as const;

/** The names of the sides, in the order of the numbers. */
export function sidesOf(count: number): string[] {
  return (count === 6 ? HIGH : FLAT).map((word) => say(word));
}

/** The box of a draft; empty where nothing is set. */
export function boxOf(value: JsonValue, field: BoxField): Box | null {
  const crs = String(field.crs[0]?.value ?? "");
  const count = field.heights === "required" ? 6 : 4;
  if (value === null || value === undefined || value === "")
    return { numbers: Array<JsonValue>(count).fill(null), crs };
  if (typeof value !== "object" || Array.isArray(value)) return null;
  const { bbox, crs: chosen } = value as Record<string, JsonValue>;
  if (!Array.isArray(bbox) || (bbox.length !== 4 && bbox.length !== 6)) return null;
  return { numbers: bbox, crs: typeof chosen === "string" ? chosen : crs };
}

/** The draft of a box; nothing where neither a number nor another reference system is chosen. */
export function draftOfBox({ numbers, crs }: Box, field: BoxField): JsonValue {
  const usual = crs === String(field.crs[0]?.value ?? "");
  const flat = numbers.length === (field.heights === "required" ? 6 : 4);
  if (usual && flat && numbers.every((number) => number === null)) return null;
  return { bbox: [...numbers], ...(crs === "" ? {} : { crs }) };
}

/** The same box with heights, or without. */
export function withHeights(numbers: Numbers, heights: boolean): Numbers {
  if (heights === (numbers.length === 6)) return numbers;
  const [a = null, b = null, c = null, d = null, e = null] = numbers;
  return heights ? [a, b, null, c, d, null] : [a, b, d, e];
}

/** The numbers of a pasted `west, south, east, north`; null where it is something else. */
export function pastedBox(text: string, field: BoxField): Numbers | null {
  const inner = text.trim().replace(/^[[(]|[\])]$/g, "");
  const numbers = inner
    .trim()
    .split(/[\s,;]+/)
    .map(numberDraft);
  const counts = { none: [4], optional: [4, 6], required: [6] }[field.heights];
  const good = numbers.every((number) => typeof number === "number");
  return good && counts.includes(numbers.length) ? numbers : null;
}

/** The place of the number that a problem is about; -1 where it is about none. */
export function sideOf({ path }: Problem): number {
  const last = path.at(-1);
  return typeof last === "number" ? last : -1;
}
