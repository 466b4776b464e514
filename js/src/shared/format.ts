/** How times, durations, sizes and ids read. Times are milliseconds since 1970 UTC; all are pure. */
import { say } from "./words";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const WEEK = 7 * DAY;
const LATEST = 8.64e15;
const UUID = /^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i;
const WHOLE_ID = 12;
const PART_OF_ID = 8;
// Controls, and the marks that turn the direction of all text that follows them.
const UNSAFE = /[\p{Cc}\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu;

const exact: Intl.DateTimeFormatOptions = {
  day: "numeric",
  month: "short",
  year: "numeric",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  hourCycle: "h23",
  timeZoneName: "short",
};
const clock: Intl.DateTimeFormatOptions = {
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  hourCycle: "h23",
};
const date: Intl.DateTimeFormatOptions = { day: "numeric", month: "short", year: "numeric" };

// A formatter costs a millisecond to make, so each is made once.
const formats = new Map<Intl.DateTimeFormatOptions, Intl.DateTimeFormat>();

function local(time: number, options: Intl.DateTimeFormatOptions): string {
  if (!(Math.abs(time) <= LATEST)) return say("job.no_time");
  let format = formats.get(options);
  if (!format) {
    format = new Intl.DateTimeFormat("en-GB", options);
    formats.set(options, format);
  }
  return format.format(time);
}

/** `24 Nov 2026, 10:32:05 CET`, in the user's zone; a dash where there is no time. */
export function exactTime(time: number | null): string {
  return time === null ? say("job.no_time") : local(time, exact);
}

/** `10:32:05`, in the user's zone. */
export function clockTime(time: number): string {
  return local(time, clock);
}

/** `8 s`, `3 min 05 s`, `2 h 04 min`, `3 d 4 h`; never below zero. */
export function duration(milliseconds: number): string {
  const span = Math.max(0, milliseconds);
  if (span < MINUTE) return `${Math.floor(span / SECOND)} s`;
  if (span < HOUR) return `${Math.floor(span / MINUTE)} min ${two((span % MINUTE) / SECOND)} s`;
  if (span < DAY) return `${Math.floor(span / HOUR)} h ${two((span % HOUR) / MINUTE)} min`;
  return `${Math.floor(span / DAY)} d ${Math.floor((span % DAY) / HOUR)} h`;
}

function two(amount: number): string {
  return String(Math.floor(amount)).padStart(2, "0");
}

/** `just now`, `3 min ago`, `2 h ago`, `3 d ago`, then the date; a dash where there is no time. */
export function relativeTime(time: number | null, now: number): string {
  if (time === null) return say("job.no_time");
  const age = now - time;
  if (age < MINUTE) return say("job.moments_ago");
  if (age < HOUR) return say("job.ago", { time: `${Math.floor(age / MINUTE)} min` });
  if (age < DAY) return say("job.ago", { time: `${Math.floor(age / HOUR)} h` });
  if (age < WEEK) return say("job.ago", { time: `${Math.floor(age / DAY)} d` });
  return local(time, date);
}

/** `42 %`; nothing where the server gives none. */
export function percent(progress: number | null): string {
  return progress === null ? "" : say("job.percent", { percent: Math.floor(progress) });
}

/** The part of an id that tells jobs apart: the start of a UUID, the end of any other long id. */
export function shortId(id: string): string {
  const shown = oneLine(id);
  if (UUID.test(shown)) return shown.slice(0, PART_OF_ID);
  return shown.length <= WHOLE_ID ? shown : `…${shown.slice(-PART_OF_ID)}`;
}

/** Text of a server without controls and direction marks, on one line. */
export function oneLine(text: string): string {
  return text.replace(UNSAFE, " ").trim();
}

/** `512 B`, `3.4 kB`, `12.0 MB`. */
export function byteSize(bytes: number): string {
  const units = ["B", "kB", "MB", "GB", "TB"];
  const power = Math.min(Math.floor(Math.log10(Math.max(bytes, 1)) / 3), units.length - 1);
  const amount = bytes / 1000 ** power;
  return `${power === 0 ? amount : amount.toFixed(1)} ${units[power]}`;
}
