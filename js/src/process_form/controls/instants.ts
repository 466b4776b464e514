/** Dates and times between RFC 3339 and the browser's own controls, which know no offset. */
import type { DateTimeField } from "../../contract";

type Precision = DateTimeField["precision"];

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const TIME = /^(\d{2}):(\d{2}):(\d{2})(?:\.0+)?(Z|[+-]\d{2}:\d{2})$/i;
const INSTANT = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}(?:\.\d{1,3})?(?:Z|[+-]\d{2}:\d{2})$/i;
const DAY = 24 * 60;

function two(amount: number): string {
  return String(amount).padStart(2, "0");
}

/** Minutes east of UTC as `+01:00`. */
function offsetText(minutes: number): string {
  const size = Math.abs(minutes);
  return `${minutes < 0 ? "-" : "+"}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

function offsetMinutes(text: string): number {
  if (text.toUpperCase() === "Z") return 0;
  const [hours = 0, minutes = 0] = text.slice(1).split(":").map(Number);
  return (text.startsWith("-") ? -1 : 1) * (hours * 60 + minutes);
}

function parseInstant(text: string): Date | null {
  if (!INSTANT.test(text)) return null;
  const date = new Date(text.toUpperCase().replace(" ", "T"));
  return Number.isNaN(date.getTime()) ? null : date;
}

/** A time of day moved from one offset to another; null where it is none. */
function shiftTime(text: string, target: number): string | null {
  const parts = TIME.exec(text);
  const [, hours, minutes, seconds, offset] = parts ?? [];
  if (!seconds || !offset || Number(hours) > 23 || Number(minutes) > 59) return null;
  const local = Number(hours) * 60 + Number(minutes) - offsetMinutes(offset) + target;
  const within = ((local % DAY) + DAY) % DAY;
  return `${two(Math.floor(within / 60))}:${two(within % 60)}:${seconds}`;
}

function localFields(date: Date): string | null {
  const year = date.getFullYear();
  if (year < 1 || year > 9999) return null;
  const day = `${String(year).padStart(4, "0")}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  const time = [date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(":");
  const part = date.getMilliseconds();
  return `${day}T${time}${part ? `.${String(part).padStart(3, "0")}` : ""}`;
}

/** What the browser's control shows for a draft; null where it cannot show it. */
export function toNative(text: string, precision: Precision): string | null {
  if (text === "") return "";
  if (precision === "date") {
    return DATE.test(text) && !Number.isNaN(Date.parse(text)) ? text : null;
  }
  if (precision === "time") return shiftTime(text, -new Date().getTimezoneOffset());
  const date = parseInstant(text);
  return date && localFields(date);
}

/** The draft for what the browser's control says, with the user's offset at that time. */
export function fromNative(native: string, precision: Precision): string {
  if (native === "" || precision === "date") return native;
  const whole = /:\d{2}:\d{2}/.test(native) ? native : `${native}:00`;
  if (precision === "time") return whole + offsetText(-new Date().getTimezoneOffset());
  const date = new Date(whole);
  const offset = -date.getTimezoneOffset();
  // Before standard time a place's offset has seconds, which RFC 3339 cannot say.
  const exact = Number.isInteger(offset) && date.getFullYear() >= 1900;
  return exact ? whole + offsetText(offset) : date.toISOString();
}

/** The same in UTC, to stand beside the control; empty where that says nothing more. */
export function utcReading(text: string, precision: Precision): string {
  if (precision === "date" || text === "") return "";
  if (precision === "time") return shiftTime(text, 0) ?? "";
  const date = parseInstant(text);
  return date
    ? date
        .toISOString()
        .replace("T", " ")
        .replace(/(\.000)?Z$/, "")
    : "";
}
