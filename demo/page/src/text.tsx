// Markdown on the page.

import { useMemo, useState } from "preact/hooks";
import { copy, go } from "./api";
import { type Block, type Node, parse, plainText } from "./markdown";
import { openUserMenu } from "./menus";
import { entries } from "./options";
import { Press } from "./parts";
import { openProfile } from "./profile";
import { local, say, state } from "./store";
import { Stamp } from "./time";
import { channelState, findUser, nameOf, roleOf, visible } from "./world";

/** Markdown shows a text. Headings are shown as words only, so that the page's own outline stays whole. */
export function Markdown({ text, channel }: { text: string; channel: string }) {
  const blocks = useMemo(() => parse(text), [text]);
  return <div class="markdown">{blocks.map((b, n) => <BlockView key={n} block={b} channel={channel} />)}</div>;
}

function BlockView({ block: b, channel }: { block: Block; channel: string }) {
  switch (b.is) {
    case "heading":
      return <div role="heading" aria-level={3} class={`h${b.level}`}><Words nodes={b.body} channel={channel} /></div>;
    case "subtext":
      return <div class="subtext"><Words nodes={b.body} channel={channel} /></div>;
    case "quote":
      return <blockquote>{b.body.map((i, n) => <BlockView key={n} block={i} channel={channel} />)}</blockquote>;
    case "fence":
      return (
        <div class="fence">
          <pre tabIndex={0}><code data-language={b.language || undefined}>{b.text}</code></pre>
          <button type="button" class="copy" aria-label="Copy the code" title="Copy" onClick={() => void copy(b.text, "Code")}><span class="i i-copy" /></button>
        </div>
      );
    case "list": {
      const items = b.items.map((i, n) => (
        <li key={n}>
          <Words nodes={i.body} channel={channel} />
          {i.inner.map((l, k) => <BlockView key={k} block={l} channel={channel} />)}
        </li>
      ));
      const digits = String(b.start + items.length - 1).length;
      return b.ordered ? <ol start={b.start} style={{ marginLeft: `${15 + 9 * digits}px` }}>{items}</ol> : <ul>{items}</ul>;
    }
    default:
      return <div class="paragraph"><Words nodes={b.body} channel={channel} /></div>;
  }
}

function Words({ nodes, channel }: { nodes: Node[]; channel: string }) {
  return <>{nodes.map((n, k) => <Word key={k} node={n} channel={channel} />)}</>;
}

function Word({ node: n, channel }: { node: Node; channel: string }) {
  switch (n.is) {
    case "text":
      return <>{n.text}</>;
    case "break":
      return <br />;
    case "bold":
      return <strong><Words nodes={n.body} channel={channel} /></strong>;
    case "italic":
      return <em><Words nodes={n.body} channel={channel} /></em>;
    case "underline":
      return <u><Words nodes={n.body} channel={channel} /></u>;
    case "strike":
      return <s><Words nodes={n.body} channel={channel} /></s>;
    case "code":
      return <code>{n.text}</code>;
    case "spoiler":
      return <Spoiler><Words nodes={n.body} channel={channel} /></Spoiler>;
    case "link":
      return <Link url={n.url} bare={n.bare}><Words nodes={n.body} channel={channel} /></Link>;
    case "time":
      return <Stamp at={n.at} style={n.style} />;
    case "emoji":
      return <span class="emoji" role="img" aria-label={n.name}>:{n.name}:</span>;
    case "everyone":
      return <span class="mention">{n.text}</span>;
    case "command":
      return <CommandMention name={n.name} />;
    case "role":
      return <span class="mention">@{roleOf(channel, n.id)?.name ?? "unknown-role"}</span>;
    case "channel":
      return <ChannelMention id={n.id} />;
    case "user":
      return <UserMention id={n.id} channel={channel} />;
  }
}

/** Link opens pages in a new tab, and messages of this Discord here. */
function Link({ url, bare, children }: { url: string; bare: boolean; children: preact.ComponentChildren }) {
  const here = /^https:\/\/(?:\w+\.)?discord(?:app)?\.com\/channels\/(?:\d+|@me)\/(\d+)(?:\/(\d+))?$/.exec(url);
  const channel = here?.[1];
  if (channel && channelState(channel)) {
    if (bare) return <MessageMention channel={channel} message={here[2] ?? ""} />;
    return <Press class="link" title={url} onPress={() => visit(channel, here[2] ?? "")}>{children}</Press>;
  }
  return <a href={local(url)} target="_blank" rel="noreferrer noopener" title={url}>{children}</a>;
}

function visit(channel: string, message: string): void {
  if (!visible(channel)) {
    say("You do not have access to this link.");
    return;
  }
  go(channel);
  state.flash = message;
}

/** MessageMention is a link to a message as Discord writes it: where it stands. */
function MessageMention({ channel, message }: { channel: string; message: string }) {
  if (!visible(channel)) return <span class="mention">#No Access</span>;
  const name = channelState(channel)?.channel.name;
  return (
    <Press class="mention" onPress={() => visit(channel, message)}>
      {name ? `#${name}` : "direct message"}{message && <> › <span class="i i-chat" role="img" aria-label="message" /></>}
    </Press>
  );
}

/** CommandMention puts its command into the message field, where the one who acts has it. */
function CommandMention({ name }: { name: string }) {
  if (!entries().some((e) => e.path === name)) return <span class="mention">/{name}</span>;
  return <Press class="mention" onPress={() => document.dispatchEvent(new CustomEvent("command", { detail: name }))}>/{name}</Press>;
}

function ChannelMention({ id }: { id: string }) {
  const c = channelState(id);
  if (!c || !visible(id)) return <span class="mention">#No Access</span>;
  return <Press class="mention" onPress={() => go(id)}>#{c.channel.name ?? "direct message"}</Press>;
}

export function UserMention({ id, channel }: { id: string; channel: string }) {
  const user = findUser(id);
  if (!user) return <span class="mention">@unknown-user</span>;
  return <Press class="mention" onPress={(e) => openProfile(e, user)} onMenu={(e) => openUserMenu(e, user)}>@{nameOf(user, channel)}</Press>;
}

export function Spoiler({ children }: { children: preact.ComponentChildren }) {
  const [open, setOpen] = useState(false);
  if (open) return <span class="spoiler open">{children}</span>;
  return (
    <Press class="spoiler" label="Spoiler. Show it" onPress={() => setOpen(true)}>
      <span aria-hidden="true" inert>{children}</span>
    </Press>
  );
}

/** preview is a message in one line. */
export function preview(text: string, channel: string): string {
  return plainText(text, (n) => {
    switch (n.is) {
      case "user": {
        const u = findUser(n.id);
        return `@${u ? nameOf(u, channel) : "unknown-user"}`;
      }
      case "role":
        return `@${roleOf(channel, n.id)?.name ?? "unknown-role"}`;
      case "channel":
        return `#${channelState(n.id)?.channel.name ?? "channel"}`;
      case "command":
        return `/${n.name}`;
      case "emoji":
        return `:${n.name}:`;
      case "time":
        return new Date(n.at * 1000).toLocaleString();
      default:
        return "";
    }
  });
}
