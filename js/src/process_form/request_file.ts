/** A request as a file: saved by the browser, chosen and read in it. */
import { say } from "../shared/words";
import { LARGEST } from "./request_text";
import type { FormStore } from "./store";

/** The limit as words. */
export const LIMIT = `${LARGEST / 1_000_000} MB`;

/** A name that every file system takes. */
export function fileName(process: string): string {
  const name = process.replace(/[^\p{L}\p{N}._-]+/gu, "-").replace(/^[.-]+/, "");
  return `${name.slice(0, 80) || "request"}.json`;
}

/** Save the form's request; says what became of it. */
export async function saveRequest(store: FormStore): Promise<string> {
  if (!(await store.request.flush())) return say("form.not_saved_text");
  await store.edits.flush();
  const { code } = await store.connection.ask({ kind: "code", language: "json" });
  const name = fileName(store.form.peek().process_id);
  download(name, `${code ?? ""}\n`);
  const secret = store.draft.peek().masked.length > 0;
  return say(secret ? "form.saved_without_secrets" : "form.saved", { name });
}

/** Put a file's request into the form; says what became of it. */
export async function loadRequest(store: FormStore, file: File): Promise<string> {
  const { name } = file;
  if (file.size > LARGEST) return say("form.file_too_large", { name, limit: LIMIT });
  let text: string;
  try {
    text = await file.text();
  } catch {
    return say("form.file_unreadable", { name });
  }
  store.request.type(text.replace(/^\ufeff/, ""));
  const taken = await store.request.leave();
  return say(taken ? "form.loaded" : "form.not_loaded", { name });
}

function download(name: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  // The browser reads it after this turn.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
