import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { CommandFailed, Connection } from "./connection";
import { FakeModel } from "./fake_model";

function connect(state: Record<string, unknown> = {}) {
  const model = new FakeModel(state);
  const connection = new Connection(model);
  model.on("msg:custom", (content: unknown) => void connection.settle(content));
  return { model, connection };
}

describe("state", () => {
  test("is what the kernel wrote last", () => {
    const { model, connection } = connect({ _draft: 1 });
    const state = connection.state<number>("_draft");
    expect(state.value).toBe(1);
    model.write("_draft", 2);
    expect(state.value).toBe(2);
  });

  test("of one name is one signal with one listener, however often it is asked for", () => {
    const { model, connection } = connect({ _draft: 1 });
    expect(connection.state("_draft")).toBe(connection.state("_draft"));
    expect(model.listeners("change:_draft")).toBe(1);
  });
});

describe("a command", () => {
  test("goes with an id and resolves with the answer of that id", async () => {
    const { model, connection } = connect();
    const first = connection.ask({ kind: "submit" });
    const second = connection.ask({ kind: "reload" });
    const ids = model.sent.map((command) => command.id);
    expect(new Set(ids).size).toBe(2);
    model.tell({ kind: "ok", id: ids[1], results: null });
    await expect(second).resolves.toMatchObject({ id: ids[1] });
    model.tell({ kind: "ok", id: ids[0], results: null });
    await expect(first).resolves.toMatchObject({ id: ids[0] });
  });

  test("that failed rejects with what happened and why", async () => {
    const { model, connection } = connect();
    const answer = connection.ask({ kind: "submit" });
    model.tell({ kind: "failed", id: model.sent[0]?.id, title: "Not done.", detail: "No server." });
    await expect(answer).rejects.toEqual(new CommandFailed("Not done.", "No server."));
    await expect(answer).rejects.toMatchObject({ title: "Not done.", detail: "No server." });
  });

  test("is not touched by messages that are no answers, or answers to somebody else", () => {
    const { connection } = connect();
    expect(connection.settle({ kind: "delta", id: "x" })).toBe(false);
    expect(connection.settle({ kind: "ok", id: "unknown", results: null })).toBe(true);
  });
});

describe("silence", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test("begins when a command has waited too long, and ends with its answer", () => {
    const { model, connection } = connect();
    void connection.ask({ kind: "submit" });
    expect(connection.silent.value).toBe(false);
    vi.advanceTimersByTime(1500);
    expect(connection.silent.value).toBe(true);
    model.tell({ kind: "ok", id: model.sent[0]?.id, results: null });
    expect(connection.silent.value).toBe(false);
  });

  test("lasts as long as one command still waits", () => {
    const { model, connection } = connect();
    void connection.ask({ kind: "submit" });
    void connection.ask({ kind: "reload" });
    vi.advanceTimersByTime(1500);
    model.tell({ kind: "ok", id: model.sent[0]?.id, results: null });
    expect(connection.silent.value).toBe(true);
  });

  test("never begins once the line is closed", () => {
    const { connection } = connect();
    void connection.ask({ kind: "submit" });
    connection.close();
    vi.advanceTimersByTime(10_000);
    expect(connection.silent.value).toBe(false);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe("a line that is cut", () => {
  test("answers what waits, and what comes, as not sent", async () => {
    const { model, connection } = connect();
    const waiting = connection.ask({ kind: "submit" });
    model.send = () => {
      throw new Error("Cannot send");
    };
    const late = connection.ask({ kind: "reload" });
    await expect(waiting).rejects.toBeInstanceOf(CommandFailed);
    await expect(late).rejects.toBeInstanceOf(CommandFailed);
    expect(connection.cut.value).toBe(true);
    expect(connection.silent.value).toBe(false);
  });

  test("is in doubt after the host's word, until the kernel says anything", () => {
    const { model, connection } = connect();
    model.emit("comm_live_update");
    expect(connection.cut.value).toBe(true);
    expect(model.commands("look")).toHaveLength(1);
    model.tell({ kind: "ok", id: model.sent[0]?.id, results: null });
    expect(connection.cut.value).toBe(false);
  });
});
