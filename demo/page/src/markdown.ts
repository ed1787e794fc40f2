// Discord's markdown as a tree. It knows no page: what a mention is called is for the one who shows it.

export type Node =
  | { is: "text"; text: string }
  | { is: "bold" | "italic" | "underline" | "strike" | "spoiler"; body: Node[] }
  | { is: "code"; text: string }
  | { is: "link"; url: string; body: Node[]; bare: boolean }
  | { is: "user" | "role" | "channel"; id: string }
  | { is: "everyone"; text: string }
  | { is: "command"; name: string; id: string }
  | { is: "time"; at: number; style: string }
  | { is: "emoji"; name: string }
  | { is: "break" };

export type Block =
  | { is: "paragraph"; body: Node[] }
  | { is: "heading"; level: 1 | 2 | 3; body: Node[] }
  | { is: "subtext"; body: Node[] }
  | { is: "quote"; body: Block[] }
  | { is: "list"; ordered: boolean; start: number; items: { body: Node[]; inner: Block[] }[] }
  | { is: "fence"; language: string; text: string };

const maxDepth = 8; // of nesting; deeper is shown as it was typed

/** parse reads a whole text. */
export function parse(text: string, depth = 0): Block[] {
  const out: Block[] = [];
  let from = 0;
  for (let at = text.indexOf("```"); at >= 0; ) {
    const end = text.indexOf("```", at + 3);
    if (end < 0) break;
    const inside = text.slice(at + 3, end);
    const language = /^[a-zA-Z0-9_+\-.#]+(?=\n)/.exec(inside)?.[0] ?? "";
    const body = inside.slice(language.length);
    if (!body.trim()) {
      at = end;
      continue;
    }
    out.push(...lines(text.slice(from, at).replace(/\n$/, ""), depth));
    out.push({ is: "fence", language, text: withoutEnds(body) });
    from = end + 3;
    if (text[from] === "\n") from++;
    at = text.indexOf("```", from);
  }
  if (from < text.length) out.push(...lines(text.slice(from), depth));
  return out;
}

/** withoutEnds takes the empty lines at both ends off. */
function withoutEnds(text: string): string {
  let [from, to] = [0, text.length];
  while (text[from] === "\n") from++;
  while (to > from && text[to - 1] === "\n") to--;
  return text.slice(from, to);
}

const bullet = /^( *)(?:([-*])|(\d{1,9})\.) +(\S.*)$/;

function lines(text: string, depth: number): Block[] {
  if (text === "") return [];
  const out: Block[] = [];
  const rows = text.split("\n");
  let loose: string[] = [];
  const flush = () => {
    if (loose.length > 0) out.push({ is: "paragraph", body: inline(loose.join("\n")) });
    loose = [];
  };
  for (let n = 0; n < rows.length; n++) {
    const row = rows[n] ?? "";
    const heading = /^(#{1,3}) +(\S.*)$/.exec(row);
    const small = /^-# +(\S.*)$/.exec(row);
    if (heading) {
      flush();
      out.push({ is: "heading", level: heading[1]?.length as 1 | 2 | 3, body: inline((heading[2] ?? "").replace(/ +#+ *$/, "")) });
    } else if (small) {
      flush();
      out.push({ is: "subtext", body: inline(small[1] ?? "") });
    } else if (depth < maxDepth && /^>>> /.test(row)) {
      flush();
      out.push({ is: "quote", body: parse([row.slice(4), ...rows.slice(n + 1)].join("\n"), maxDepth) });
      break;
    } else if (depth < maxDepth && /^> /.test(row)) {
      flush();
      const quoted = [row.slice(2)];
      while (/^> /.test(rows[n + 1] ?? "")) quoted.push((rows[++n] ?? "").slice(2));
      out.push({ is: "quote", body: lines(quoted.join("\n"), maxDepth) });
    } else if (bullet.test(row)) {
      flush();
      const taken = [row];
      const other = (next: string) => { // a list of the other kind begins
        const m = bullet.exec(next);
        return m !== null && m[1] === bullet.exec(row)?.[1] && (m[3] === undefined) !== (bullet.exec(row)?.[3] === undefined);
      };
      while (n + 1 < rows.length && !other(rows[n + 1] ?? "") && (bullet.test(rows[n + 1] ?? "") || /^ {2,}\S/.test(rows[n + 1] ?? ""))) taken.push(rows[++n] ?? "");
      out.push(list(taken));
    } else {
      loose.push(row);
    }
  }
  flush();
  return out;
}

/** list reads the rows of one list; what is indented deeper belongs to the item above. */
function list(rows: string[]): Block {
  const first = bullet.exec(rows[0] ?? "");
  const indent = first?.[1]?.length ?? 0;
  const items: { head: string[]; inner: string[] }[] = [];
  for (const row of rows) {
    const m = bullet.exec(row);
    const last = items.at(-1);
    if (m && ((m[1]?.length ?? 0) <= indent || !last)) items.push({ head: [m[4] ?? ""], inner: [] });
    else if (m || last?.inner.length) last?.inner.push(row);
    else last?.head.push(row.trim());
  }
  return {
    is: "list", ordered: first?.[3] !== undefined, start: Number(first?.[3] ?? 1),
    items: items.map((i) => ({ body: inline(i.head.join("\n")), inner: i.inner.length > 0 ? [list(i.inner)] : [] })),
  };
}

type Rule = [RegExp, (m: RegExpExecArray, depth: number) => Node | null];

const wraps = (is: "bold" | "italic" | "underline" | "strike" | "spoiler", group = 1) =>
  (m: RegExpExecArray, depth: number): Node => ({ is, body: inline(m[group] ?? "", depth + 1) });

// Each is tried where the text stands, in this order.
const rules: Rule[] = [
  [/^\\([^\sA-Za-z0-9])/y, (m) => ({ is: "text", text: m[1] ?? "" })],
  [/^<@!?(\d+)>/y, (m) => ({ is: "user", id: m[1] ?? "" })],
  [/^<@&(\d+)>/y, (m) => ({ is: "role", id: m[1] ?? "" })],
  [/^<#(\d+)>/y, (m) => ({ is: "channel", id: m[1] ?? "" })],
  [/^<\/([-_\p{L}\p{N}]{1,32}(?: [-_\p{L}\p{N}]{1,32}){0,2}):(\d+)>/uy, (m) => ({ is: "command", name: m[1] ?? "", id: m[2] ?? "" })],
  [/^<t:(-?\d{1,17})(?::([tTdDfFsSR]))?>/y, (m) => ({ is: "time", at: Number(m[1]), style: m[2] ?? "f" })],
  [/^<a?:(\w{2,32}):\d+>/y, (m) => ({ is: "emoji", name: m[1] ?? "" })],
  [/^@(?:everyone|here)\b/y, (m) => ({ is: "everyone", text: m[0] })],
  [/^<(https?:\/\/[^\s<>]+)>/y, (m) => link(m[1] ?? "")],
  [/^\[((?:\\.|[^[\]\\]|\[[^[\]]*\])+)\]\(<?(https?:\/\/[^\s<>]+?)>?(?: "[^"]*")?\)/y, (m, depth) => ({ is: "link", url: m[2] ?? "", body: inline(m[1] ?? "", depth + 1, true), bare: false })],
  [/^https?:\/\/[^\s<]+[^\s<.,:;"'\])*_~|]/y, (m) => link(m[0])],
  [/^\|\|([^]+?)\|\|/y, wraps("spoiler")],
  [/^\*\*\*((?:\\.|[^\\])+?)\*\*\*(?!\*)/sy, (m, depth) => ({ is: "bold", body: [{ is: "italic", body: inline(m[1] ?? "", depth + 1) }] })],
  [/^\*\*((?:\\.|[^\\])+?)\*\*(?!\*)/sy, wraps("bold")],
  [/^__((?:\\.|[^\\])+?)__(?!_)/sy, wraps("underline")],
  [/^~~((?:\\.|[^\\])+?)~~/sy, wraps("strike")],
  [/^\*(?=\S)((?:\\.|\*\*|[^\\*])*?(?:\\.|\*\*|[^\\*\s]))\*(?!\*)/sy, wraps("italic")],
  [/^_((?:\\.|__|[^\\_])+?)_(?![A-Za-z0-9_])/sy, wraps("italic")],
];

/** code reads what stands between two runs of backticks of the same length; without a second the first is plain. */
function code(text: string, at: number): { node: Node; length: number } {
  const run = (from: number) => {
    let to = from;
    while (text[to] === "`") to++;
    return to - from;
  };
  const n = run(at);
  for (let end = text.indexOf("`", at + n); end >= 0; ) {
    const other = run(end);
    if (other === n) return { node: { is: "code", text: trimCode(text.slice(at + n, end)) }, length: end + n - at };
    end = text.indexOf("`", end + other);
  }
  return { node: { is: "text", text: "`".repeat(n) }, length: n };
}

function trimCode(text: string): string {
  return /^ *`|` *$/.test(text) ? text.replace(/^ | $/g, "") : text;
}

function link(url: string): Node {
  return { is: "link", url, body: [{ is: "text", text: url }], bare: true };
}

/** inline reads the words of one block. */
export function inline(text: string, depth = 0, inLink = false): Node[] {
  const out: Node[] = [];
  let plain = "";
  const flush = () => {
    if (plain) out.push({ is: "text", text: plain });
    plain = "";
  };
  for (let at = 0; at < text.length; ) {
    const rest = text[at] ?? "";
    if (rest === "\n") {
      flush();
      out.push({ is: "break" });
      at++;
      continue;
    }
    const hit = depth < maxDepth && "\\`<@[h|*_~".includes(rest) ? match(text, at, depth, inLink) : null;
    if (!hit) {
      plain += rest;
      at++;
      continue;
    }
    if (hit.node.is === "text") plain += hit.node.text;
    else {
      flush();
      out.push(hit.node);
    }
    at += hit.length;
  }
  flush();
  return out;
}

function match(text: string, at: number, depth: number, inLink: boolean): { node: Node; length: number } | null {
  const first = text[at] ?? "";
  const before = text[at - 1] ?? " ";
  if ((first === "_" || first === "h") && /[A-Za-z0-9]/.test(before)) return null; // in the middle of a word
  if (first === "`") return code(text, at);
  const rest = text.slice(at);
  for (const [pattern, make] of rules) {
    pattern.lastIndex = 0;
    const m = pattern.exec(rest);
    if (!m) continue;
    const node = make(m, depth);
    if (node && !(inLink && node.is === "link")) return { node, length: m[0].length };
  }
  return null;
}

/** plainText is a text in one line without its marks, for previews. */
export function plainText(text: string, name: (node: Node) => string): string {
  const words = (nodes: Node[]): string => nodes.map((n) => {
    if ("body" in n) return n.is === "spoiler" ? "▒▒▒" : words(n.body);
    return n.is === "text" || n.is === "code" || n.is === "everyone" ? n.text : n.is === "break" ? " " : name(n);
  }).join("");
  const blocks = (all: Block[]): string => all.map((b) => {
    if (b.is === "fence") return b.text;
    if (b.is === "quote") return blocks(b.body);
    if (b.is === "list") return b.items.map((i) => `${words(i.body)} ${blocks(i.inner)}`).join(" ");
    return words(b.body);
  }).join(" ");
  return blocks(parse(text)).replace(/\s+/g, " ").trim();
}
