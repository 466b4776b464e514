/** What process this is, in the words of its server. */
import { useMemo, useState } from "preact/hooks";
import type { FormView } from "../contract";
import { Button } from "../shared/button";
import { oneLine } from "../shared/format";
import { renderMarkdown } from "../shared/markdown";
import { say } from "../shared/words";

const LONG = 600;

export function Header({ form }: { form: FormView }) {
  const title = oneLine(form.title) || oneLine(form.process_id);
  return (
    <div class="ogc-head">
      <div class="ogc-head-line">
        <h3 class="ogc-title">{title}</h3>
        {form.version ? (
          <span class="ogc-quiet">{say("form.version", { version: oneLine(form.version) })}</span>
        ) : null}
      </div>
      <Source form={form} />
      {form.description ? <Description text={form.description} /> : null}
    </div>
  );
}

/** Which process of which server. */
export function Source({ form }: { form: FormView }) {
  return (
    <div class="ogc-source">
      <span class="ogc-mono">{oneLine(form.process_id)}</span>
      <span>{oneLine(form.server)}</span>
    </div>
  );
}

function Description({ text }: { text: string }) {
  const [whole, setWhole] = useState(false);
  const html = useMemo(() => ({ __html: renderMarkdown(text) }), [text]);
  const long = text.length > LONG;
  return (
    <>
      <div
        class={long && !whole ? "ogc-description ogc-clamped" : "ogc-description"}
        // renderMarkdown has sanitised it.
        dangerouslySetInnerHTML={html}
      />
      {long ? (
        <Button look="text" onClick={() => setWhole(!whole)}>
          {say(whole ? "form.less" : "form.more")}
        </Button>
      ) : null}
    </>
  );
}
