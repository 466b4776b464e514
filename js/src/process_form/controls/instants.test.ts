import { expect, test } from "vitest";
import { fromNative, toNative, utcReading } from "./instants";

test("a local time is sent with the user's offset and means that very instant", () => {
  for (const native of ["2026-01-15T10:30", "2026-07-15T10:30", "2026-03-29T12:00:05"]) {
    const draft = fromNative(native, "datetime");
    expect(draft).toMatch(/^2026-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$/);
    expect(new Date(draft).getTime()).toBe(new Date(native).getTime());
  }
});

test("an instant is shown in local time, whatever offset it was written with", () => {
  const instant = "2026-07-15T10:30:00+05:30";
  expect(toNative(instant, "datetime")).toBe(toNative("2026-07-15T05:00:00Z", "datetime"));
  expect(new Date(toNative(instant, "datetime") ?? "").getTime()).toBe(Date.parse(instant));
});

test("years of two or three digits, as they are typed, come back as they were", () => {
  for (const native of ["0002-01-01T10:30:00", "0202-01-01T10:30:00"]) {
    expect(toNative(fromNative(native, "datetime"), "datetime")).toBe(native);
  }
});

test("the reading beside the control is UTC", () => {
  expect(utcReading("2026-07-15T10:30:00+05:30", "datetime")).toBe("2026-07-15 05:00:00");
  expect(utcReading("2026-07-15T10:30:00.250Z", "datetime")).toBe("2026-07-15 10:30:00.250");
  expect(utcReading("00:30:00+01:00", "time")).toBe("23:30:00");
  expect(utcReading("2026-07-15", "date")).toBe("");
  expect(utcReading("yesterday", "datetime")).toBe("");
});

test("a time of day keeps its instant through the control", () => {
  const native = toNative("23:15:00Z", "time");
  expect(utcReading(fromNative(native ?? "", "time"), "time")).toBe("23:15:00");
});

test("what a control cannot show is left to text", () => {
  for (const text of ["2026-07-15T10:30:00", "2020/2021", "now", "2026-07-15T10:30:00.123456Z"]) {
    expect(toNative(text, "datetime")).toBeNull();
  }
  expect(toNative("2026-13-45", "date")).toBeNull();
  expect(toNative("25:00:00Z", "time")).toBeNull();
  expect(toNative("", "datetime")).toBe("");
});
