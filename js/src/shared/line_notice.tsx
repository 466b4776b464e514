/** Says that the kernel does not answer, or that it is gone; nothing where all is well. */
import type { Connection } from "./connection";
import { Icon } from "./icon";
import { say } from "./words";

export function LineNotice({ connection }: { connection: Connection }) {
  const cut = connection.cut.value;
  if (!cut && !connection.silent.value) return null;
  return (
    <div class="ogc-line-notice" role="status">
      <Icon name="warning" />
      <span>{say(cut ? "common.kernel_gone" : "common.kernel_silent")}</span>
    </div>
  );
}
