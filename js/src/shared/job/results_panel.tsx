/** The outputs of a job: links and text to read and copy, as text only. */
import type { OutputView, ResultsView } from "../../contract";
import { CopyButton } from "../button";
import { byteSize, oneLine } from "../format";
import { say } from "../words";

/** The address if a browser may open it. */
export function webAddress(href: string): string | null {
  try {
    const address = new URL(href);
    return address.protocol === "http:" || address.protocol === "https:" ? address.href : null;
  } catch {
    return null;
  }
}

export function ResultsPanel({ results }: { results: ResultsView }) {
  return (
    <div class="ogc-results">
      {results.outputs.length === 0 && <p>{say("job.no_outputs")}</p>}
      {results.outputs.map((output, index) => (
        <Output key={`${index} ${output.id}`} output={output} />
      ))}
      {results.raw && (
        <details class="ogc-results-raw">
          <summary>{say("job.raw")}</summary>
          <Text text={results.raw} label={say("job.raw")} />
        </details>
      )}
    </div>
  );
}

function Output({ output }: { output: OutputView }) {
  const title = oneLine(output.title || output.id);
  const facts = [
    title === oneLine(output.id) ? "" : oneLine(output.id),
    oneLine(output.media_type),
    output.size === null ? "" : byteSize(output.size),
  ].filter(Boolean);
  return (
    <div class="ogc-output">
      <h4 dir="auto">
        {title}
        {facts.length > 0 && <small>{facts.join(" · ")}</small>}
      </h4>
      {output.href && <Link href={output.href} />}
      {output.text && <Text text={output.text} label={title} />}
      {output.cut && <p class="ogc-output-cut">{say("job.cut")}</p>}
      {output.kind === "binary" && !output.href && <p>{binary(output.size)}</p>}
    </div>
  );
}

function binary(size: number | null): string {
  return size === null ? say("job.binary_unsized") : say("job.binary", { size: byteSize(size) });
}

function Link({ href }: { href: string }) {
  const address = webAddress(href);
  return (
    <div class="ogc-output-link" dir="ltr">
      {address ? (
        <a href={address} target="_blank" rel="noopener noreferrer">
          {oneLine(href)}
        </a>
      ) : (
        <code>{oneLine(href)}</code>
      )}
      <CopyButton text={href} />
    </div>
  );
}

function Text({ text, label }: { text: string; label: string }) {
  return (
    <div class="ogc-output-text">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must scroll by keyboard. */}
      <section tabIndex={0} aria-label={label}>
        <pre>{text}</pre>
      </section>
      <CopyButton text={text} />
    </div>
  );
}
