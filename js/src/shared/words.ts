/** The interface's words, with values put in. */
import { WORDS } from "../contract";

export type Word = keyof typeof WORDS;

/** The text of a word, each `{name}` replaced by the value of that name. */
export function say(word: Word, values: Record<string, string | number> = {}): string {
  return WORDS[word].replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}
