/**
 * Markdown of a server as safe HTML: text, lists, tables and links; no pictures, styles or scripts.
 * Only what Markdown itself makes gets through, its own HTML becomes text; DOMPurify is the second net.
 */
import DOMPurify from "dompurify";
import { Marked } from "marked";

const LONGEST = 20_000;
const TAGS =
  "p br hr em strong del code pre blockquote ul ol li a table thead tbody tr th td h1 h2 h3 h4 h5 h6";
const WEB = /^(?:https?:|mailto:)/i;
const BREAK = /^\s*<br\s*\/?>\s*$/i;
const TAG = /<(script|style)\b[\s\S]*?<\/\1\s*>|<[^>]*>/gi;

const marked = new Marked({
  gfm: true,
  breaks: true,
  async: false,
  renderer: {
    html: ({ text }) => (BREAK.test(text) ? "<br>" : escaped(text.replace(TAG, ""))),
    image: ({ text }) => escaped(text),
    link({ href, tokens }) {
      const text = this.parser.parseInline(tokens);
      return WEB.test(href) ? `<a href="${escaped(href)}">${text}</a>` : text;
    },
  },
});

function escaped(text: string): string {
  const home = document.createElement("div");
  home.textContent = text;
  return home.innerHTML.replaceAll('"', "&quot;");
}

/** What `text` says, as HTML that may be put into the page. */
export function renderMarkdown(text: string): string {
  const html = marked.parse(text.slice(0, LONGEST)) as string;
  const clean = DOMPurify.sanitize(html, {
    ALLOWED_TAGS: TAGS.split(" "),
    ALLOWED_ATTR: ["href"],
    ALLOW_DATA_ATTR: false,
    ALLOW_ARIA_ATTR: false,
    ALLOWED_URI_REGEXP: WEB,
    RETURN_DOM_FRAGMENT: true,
  });
  for (const link of clean.querySelectorAll("a")) {
    link.setAttribute("rel", "noopener noreferrer");
    link.setAttribute("target", "_blank");
  }
  const home = document.createElement("div");
  home.append(clean);
  return home.innerHTML;
}
