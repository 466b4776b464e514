import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { CommandFailed } from "../shared/connection";
import { EditQueue, LONGEST, QUIET } from "./edits";

interface Flight {
  values: Record<string, unknown>;
  land(): void;
  crash(): void;
}

function queue() {
  const flights: Flight[] = [];
  const edits = new EditQueue(
    (values) =>
      new Promise((resolve, reject) => {
        const crash = () => reject(new CommandFailed("Not taken.", ""));
        flights.push({ values, land: () => resolve(null), crash });
      }),
  );
  return { edits, flights };
}

const rest = async () => void (await vi.advanceTimersByTimeAsync(0));

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("an edit is sent once nothing was typed for a while", () => {
  const { edits, flights } = queue();
  edits.put("f0", "a");
  vi.advanceTimersByTime(QUIET - 1);
  edits.put("f0", "ab");
  vi.advanceTimersByTime(QUIET - 1);
  expect(flights).toHaveLength(0);
  vi.advanceTimersByTime(1);
  expect(flights.map((flight) => flight.values)).toEqual([{ f0: "ab" }]);
});

test("somebody who types without a pause is not waited for longer than the limit", () => {
  const { edits, flights } = queue();
  for (let time = 0; time < LONGEST; time += 50) {
    edits.put("f0", `${time}`);
    vi.advanceTimersByTime(50);
  }
  expect(flights).toHaveLength(1);
});

test("edits of several fields go together", () => {
  const { edits, flights } = queue();
  edits.put("f0", "a");
  edits.put("f1", 2);
  vi.advanceTimersByTime(QUIET);
  expect(flights.map((flight) => flight.values)).toEqual([{ f0: "a", f1: 2 }]);
});

test("what was typed stays until its edit is answered", async () => {
  const { edits, flights } = queue();
  edits.put("f0", "a");
  vi.advanceTimersByTime(QUIET);
  expect(edits.local("f0").value).toEqual({ value: "a" });
  flights[0]?.land();
  await rest();
  expect(edits.local("f0").value).toBeUndefined();
});

test("an answer to an older edit does not take back what was typed since", async () => {
  const { edits, flights } = queue();
  edits.put("f0", "a");
  vi.advanceTimersByTime(QUIET);
  edits.put("f0", "ab");
  flights[0]?.land();
  await rest();
  expect(edits.local("f0").value).toEqual({ value: "ab" });
});

test("flush sends at once and waits for every answer", async () => {
  const { edits, flights } = queue();
  edits.put("f0", "a");
  vi.advanceTimersByTime(QUIET);
  edits.put("f1", "b");
  const ended = vi.fn();
  void edits.flush().then(ended);
  expect(flights).toHaveLength(2);
  flights[1]?.land();
  await rest();
  expect(ended).not.toHaveBeenCalled();
  flights[0]?.land();
  await rest();
  expect(ended).toHaveBeenCalledWith(true);
});

test("a failed edit keeps what was typed, says so, and goes again with the next", async () => {
  const { edits, flights } = queue();
  edits.put("f0", "a");
  const arrived = edits.flush();
  flights[0]?.crash();
  expect(await arrived).toBe(false);
  expect(edits.failure.value?.title).toBe("Not taken.");
  expect(edits.local("f0").value).toEqual({ value: "a" });
  edits.put("f1", "b");
  const again = edits.flush();
  expect(flights[1]?.values).toEqual({ f0: "a", f1: "b" });
  flights[1]?.land();
  expect(await again).toBe(true);
  expect(edits.failure.value).toBeNull();
});

test("dropped edits are not sent", () => {
  const { edits, flights } = queue();
  edits.put("f0", "a");
  edits.drop();
  vi.advanceTimersByTime(LONGEST);
  expect(flights).toHaveLength(0);
  expect(edits.local("f0").value).toBeUndefined();
});
