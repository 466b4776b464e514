import { expect, test } from "vitest";
import { renderMarkdown } from "./markdown";

function read(text: string): HTMLElement {
  const home = document.createElement("div");
  home.innerHTML = renderMarkdown(text);
  return home;
}

test("emphasis, lists and links are drawn", () => {
  const home = read("**bold** and [a link](https://example.org)\n\n- one\n- two");
  expect(home.querySelector("strong")?.textContent).toBe("bold");
  expect(home.querySelectorAll("li")).toHaveLength(2);
  const link = home.querySelector("a");
  expect(link?.getAttribute("href")).toBe("https://example.org");
  expect(link?.getAttribute("rel")).toContain("noopener");
});

test("nothing is fetched or run, and nothing brings its own look", () => {
  const home = read(
    [
      "![a picture](https://evil.example/p.png)",
      '<img src="https://evil.example/p.png" onerror="alert(1)"> <script>alert(1)</script>',
      '<b style="position:fixed" class="jp-x" onclick="x()">words</b><br>more',
      "<iframe src='//evil'></iframe><style>*{}</style>",
    ].join("\n\n"),
  );
  const names = new Set([...home.querySelectorAll("*")].map((element) => element.localName));
  expect([...names].sort()).toEqual(["br", "p"]);
  expect(home.textContent).toContain("a picture");
  expect(home.textContent).toContain("words");
});

test("links lead to the web only", () => {
  const home = read(
    "[a](javascript:alert(1)) [b](data:text/html,x) [c](//evil) <a href='javascript:x'>d</a>",
  );
  expect(home.querySelector("a")).toBeNull();
  expect(home.textContent?.trim()).toBe("a b c d");
});

test("a link's address cannot break out of its attribute", () => {
  const home = read('[a](<https://example.org/"onmouseover="alert(1)>)');
  expect(home.querySelector("a")?.getAttributeNames().sort()).toEqual(["href", "rel", "target"]);
});
