// The reader of markdown, without a browser.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";

const folder = mkdtempSync(join(tmpdir(), "markdown-"));
const file = join(folder, "markdown.mjs");
await build({ entryPoints: [join(dirname(fileURLToPath(import.meta.url)), "../src/markdown.ts")], bundle: true, format: "esm", outfile: file });
const { parse, plainText } = await import(pathToFileURL(file).href);
rmSync(folder, { recursive: true });

/** short is a tree as text: what is inside of what. */
const short = (n) => {
  if (Array.isArray(n)) return n.map(short).join("");
  if (n.is === "text") return n.text;
  if (n.is === "break") return "/";
  const inner = n.body ? short(n.body) : n.items ? n.items.map((i) => `(${short(i.body)}${short(i.inner)})`).join("") : (n.text ?? n.name ?? n.id ?? n.at);
  const name = n.is === "heading" ? `h${n.level}` : n.is === "list" && n.ordered ? `list${n.start}` : n.is === "fence" && n.language ? n.language : n.is;
  return n.is === "paragraph" ? inner : `${name}[${inner}]`;
};

for (const [text, tree] of [
  ["plain", "plain"],
  ["**b** *i* _i_ __u__ ~~s~~ ||p|| `c`", "bold[b] italic[i] italic[i] underline[u] strike[s] spoiler[p] code[c]"],
  ["***both*** **a *b* c** *a **b** c*", "bold[italic[both]] bold[a italic[b] c] italic[a bold[b] c]"],
  ["snake_case_word 2 * 3 * 4 \\*no\\* \\_no\\_", "snake_case_word 2 * 3 * 4 *no* _no_"],
  ["`` a`b `` `*c*` ``", "code[ a`b ] code[*c*] ``"],
  ["<@1> <@!2> <@&3> <#4> </a b:5> <t:6:R> <t:7> @everyone <:x2:8>", "user[1] user[2] role[3] channel[4] command[a b] time[6] time[7] everyone[@everyone] emoji[x2]"],
  ["https://x.y/a_b). <https://x.y> [l **b**](https://x.y) [l](javascript:1)", "link[https://x.y/a_b]). link[https://x.y] link[l bold[b]] [l](javascript:1)"],
  ["# a\n## b ##\n### c\n#### d\n-# e\n#f", "h1[a]h2[b]h3[c]#### dsubtext[e]#f"],
  ["> a\n> **b**\nc", "quote[a/bold[b]]c"],
  [">>> a\nb\n# c", "quote[a/bh1[c]]"],
  ["- a\n- b\n  - c\n* d\n3. e\n4. f\nx", "list[(a)(blist[(c)])(d)]list3[(e)(f)]x"],
  ["a ```go\nx\n\ny\n``` b\n```\n\nraw\n```\nend\n```", "a go[x\n\ny] bfence[raw]end/```"],
  ["``````", "``````"],
]) {
  test(`markdown: ${JSON.stringify(text)}`, () => assert.equal(short(parse(text)), tree));
}

test("a preview is one line without marks", () => {
  assert.equal(plainText("# **a** <@1>\n- b\n||c||", (n) => `@${n.id}`), "a @1 b ▒▒▒");
});

test("no text is slow to read", () => {
  const marks = ["*", "**", "_", "__", "~~", "||", "`", "``", "```", "[", "[a](", "<@", "https://", "> ", "- ", "# ", "\\", "*a ", "**a ", "||a ", "*_", "~~*__", "`a``b", "```\n"];
  for (const text of [...marks.map((m) => m.repeat(4000 / m.length)), `\`\`\`${"\n".repeat(3900)}`, `${"[".repeat(2000)}${"](https://x.y)".repeat(140)}`]) {
    const from = performance.now();
    parse(text);
    const took = performance.now() - from;
    assert.ok(took < 1000, `${JSON.stringify(text.slice(0, 10))} takes ${took} ms`);
  }
});
