/** A job's id: short, whole in its title, copied by a press. */
import { useEffect, useState } from "preact/hooks";
import { copyText } from "../button";
import { oneLine, shortId } from "../format";
import { say } from "../words";

const SHOWN_FOR = 1500;

export function JobId({ id, tabbable = true }: { id: string; tabbable?: boolean }) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), SHOWN_FOR);
    return () => clearTimeout(timer);
  }, [copied]);
  const whole = oneLine(id);
  return (
    <button
      type="button"
      class="ogc-job-id"
      dir="ltr"
      tabIndex={tabbable ? 0 : -1}
      title={whole}
      aria-label={copied ? say("common.copied") : say("job.copy_id", { id: whole })}
      onClick={() => void copyText(id).then(setCopied)}
    >
      {copied ? say("common.copied") : shortId(id)}
    </button>
  );
}
