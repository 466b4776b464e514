/** What the loader needs of a widget: the border between Jupyter and everything else here. */
export interface Widget {
  /** A custom message of the kernel. */
  receive(content: unknown, buffers: DataView[]): void;
  /** Draw a view into an element; the answer takes it away again. */
  render(element: HTMLElement): () => void;
  /** The model is gone: let go of all data, since the host keeps the model for ever. */
  close(): void;
}

/** The part of anywidget's model that is used; state is written by the kernel only. */
export interface Model {
  get(name: string): unknown;
  on(event: string, listener: (...details: never[]) => void): void;
  off(event?: string | null, listener?: ((...details: never[]) => void) | null): void;
  send(content: unknown): void;
}
