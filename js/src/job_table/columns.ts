/** The columns, left to right. Which are shown at which width is the style sheet's matter. */
import type { Word } from "../shared/words";
import type { SortColumn } from "./sort";

interface Column {
  name: SortColumn;
  word: Word;
  /** How the first press on its header sorts. */
  descendingFirst: boolean;
}

export const COLUMNS: readonly Column[] = [
  { name: "status", word: "table.status", descendingFirst: false },
  { name: "process", word: "table.process", descendingFirst: false },
  { name: "job", word: "table.job", descendingFirst: false },
  { name: "message", word: "table.message", descendingFirst: false },
  { name: "submitted", word: "table.submitted", descendingFirst: true },
  { name: "elapsed", word: "table.elapsed", descendingFirst: true },
];
