/** A new id. Plain http pages of a hub have no crypto.randomUUID. */
export function newId(): string {
  const words = crypto.getRandomValues(new Uint32Array(3));
  return Array.from(words, (word) => word.toString(36)).join("");
}
