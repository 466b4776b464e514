import { expect, test } from "vitest";
import { byteSize, duration, exactTime, oneLine, percent, relativeTime, shortId } from "./format";

const MINUTE = 60_000;

test("Durations are read at a glance, from seconds to days.", () => {
  expect(duration(8_900)).toBe("8 s");
  expect(duration(3 * MINUTE + 5_000)).toBe("3 min 05 s");
  expect(duration(124 * MINUTE)).toBe("2 h 04 min");
  expect(duration(76 * 60 * MINUTE)).toBe("3 d 4 h");
  expect(duration(-5)).toBe("0 s");
});

test("Times are told from now, and as a date after a week.", () => {
  const now = Date.UTC(2026, 10, 24, 12);
  expect(relativeTime(now - 3 * MINUTE, now)).toBe("3 min ago");
  expect(relativeTime(now - 5 * 60 * MINUTE, now)).toBe("5 h ago");
  expect(relativeTime(now - 30 * 24 * 60 * MINUTE, now)).toBe("25 Oct 2026");
});

test("A server whose clock is ahead is not told from the future.", () => {
  expect(relativeTime(10 * MINUTE, 0)).toBe("just now");
});

test("The exact time says its zone, and an impossible one is a dash.", () => {
  expect(exactTime(Date.UTC(2026, 10, 24, 12))).toMatch(/^2[345] Nov 2026, \d\d:00:00 \S+/);
  expect(exactTime(9e15)).toBe("–");
  expect(exactTime(null)).toBe("–");
});

test("A UUID is known by its start, another long id by its end, a short one whole.", () => {
  expect(shortId("1a2b3c4d-0000-4000-8000-000000000001")).toBe("1a2b3c4d");
  expect(shortId("water-bodies-20261124-0815")).toBe("…124-0815");
  expect(shortId("job-17")).toBe("job-17");
});

test("Controls and direction marks of a server's text change nothing around it.", () => {
  expect(oneLine("a\u202egnp\u0007.\nb")).toBe("a gnp .\u0020b".replace("\u0020", " "));
  expect(oneLine("  plain  ")).toBe("plain");
});

test("Progress never says more than was done, and nothing where there is none.", () => {
  expect(percent(99.9)).toBe("99 %");
  expect(percent(null)).toBe("");
});

test("Sizes are in decimal units.", () => {
  expect([byteSize(512), byteSize(3_400), byteSize(12_000_000)]).toEqual([
    "512 B",
    "3.4 kB",
    "12.0 MB",
  ]);
});
