// One message.

import { memo } from "preact/compat";
import { useEffect, useRef, useState } from "preact/hooks";
import { edit, remove } from "./api";
import { Components } from "./components";
import { EmbedView } from "./embed";
import { Attachments } from "./media";
import { onLongPress, openMessageMenu, openUserMenu } from "./menus";
import { Avatar, Badge, Dots } from "./parts";
import { openProfile } from "./profile";
import { type Note, set, state } from "./store";
import { Markdown, preview } from "./text";
import { clock, exact, shortTime } from "./time";
import { type Component, type Message, type User, flag } from "./types";
import { bit, may, memberOf, mentions, nameOf } from "./world";

interface Props {
  m: Message;
  compact: boolean; // by the same author as the one above
  last: boolean;
  // What else it depends on, so that nothing is drawn in vain.
  me: string;
  busy?: string;
  trouble?: string;
  flash: boolean;
  selected: boolean;
  editing: boolean;
  world: unknown;
  referred?: Message;
}

export const MessageView = memo(function MessageView({ m, compact, last, me, flash, selected, editing, referred }: Props) {
  const [near, setNear] = useState(false);
  const press = useRef(onLongPress((e, at) => openMessageMenu(e, now.current, at)));
  const now = useRef(m);
  now.current = m;
  const name = nameOf(m.author, m.channel_id);
  const ephemeral = (m.flags & flag.ephemeral) !== 0;
  const loading = (m.flags & flag.loading) !== 0;
  const pinged = mentions(m, me);
  const classes = ["message", compact && "compact", ephemeral && "ephemeral", pinged && "pinged", flash && "flash", selected && "selected"];
  return (
    <li>
      <article
        id={`m-${m.id}`} class={classes.filter(Boolean).join(" ")} tabIndex={last ? 0 : -1} aria-labelledby={`a-${m.id}`}
        onPointerEnter={(e) => e.pointerType === "mouse" && setNear(true)} onPointerLeave={() => setNear(false)}
        onFocusIn={() => setNear(true)} onFocusOut={(e) => { if (!e.currentTarget.contains(e.relatedTarget as globalThis.Node | null)) setNear(false); }}
        onContextMenu={(e) => { if (!(e.target as Element).closest("a, input, textarea")) openMessageMenu(e, m); }}
        onKeyDown={(e) => {
          if (e.key === "Enter" && e.target === e.currentTarget) openMessageMenu(e, m);
        }}
        {...press.current}
      >
        {!compact && <Above m={m} referred={referred} />}
        <div class="gutter">
          {compact
            ? <time class="mini" dateTime={m.timestamp}>{clock(m.timestamp)}</time>
            : <button type="button" class="face" tabIndex={-1} aria-label={`Profile of ${name}`} onClick={(e) => openProfile(e, m.author)} onContextMenu={(e) => openUserMenu(e, m.author)}><Avatar user={m.author} name={name} /></button>}
        </div>
        <div class="body">
          <header class={compact ? "sr" : ""} id={`a-${m.id}`}>
            <NameButton user={m.author} channel={m.channel_id} hidden={compact} />
            <Badge user={m.author} />
            <time dateTime={m.timestamp} title={exact(m.timestamp)}>{shortTime(m.timestamp)}</time>
          </header>
          {loading ? <p class="thinking"><Dots /> <span>{name} is thinking…</span></p> : editing ? <EditField m={m} /> : <Body m={m} />}
          {ephemeral && (
            <p class="only"><span class="i i-eye" />Only you can see this • <button type="button" class="link" onClick={() => void remove(m)}>Dismiss message</button></p>
          )}
        </div>
        {near && !editing && (
          <div class="tools" role="group" aria-label="Message actions">
            {may(bit.send) && !ephemeral && <button type="button" title="Reply" aria-label="Reply" onClick={() => set({ replyTo: m })}><span class="i i-reply" /></button>}
            <button type="button" title="Inspect requests" aria-label="Inspect requests" onClick={() => set({ panel: "inspector", selected: m.id })}><span class="i i-inspect" /></button>
            <button type="button" title="More, and apps" aria-label="More, and apps" aria-haspopup="menu" onClick={(e) => openMessageMenu(e, m)}><span class="i i-more" /></button>
          </div>
        )}
      </article>
    </li>
  );
});

function NameButton({ user, channel, hidden }: { user: User; channel: string; hidden?: boolean }) {
  const name = nameOf(user, channel);
  if (hidden) return <span>{name}</span>;
  return (
    <button type="button" class={`name${user.bot ? " bot" : ""}`} tabIndex={-1} onClick={(e) => openProfile(e, user)} onContextMenu={(e) => openUserMenu(e, user)}>{name}</button>
  );
}

/** Above is the line over a message: what it answers, or which command was used. */
function Above({ m, referred }: { m: Message; referred?: Message }) {
  const used = m.interaction_metadata?.triggering_interaction_metadata ?? m.interaction_metadata;
  if (used && (m.type === 20 || m.type === 23)) {
    return (
      <div class="above">
        <Avatar user={used.user} name={nameOf(used.user, m.channel_id)} small />
        <NameButton user={used.user} channel={m.channel_id} /> used{" "}
        <span class="used">{m.type === 20 ? "/" : ""}{used.name}</span>
      </div>
    );
  }
  if (m.message_reference?.type === 1) return <div class="above plain"><em><span class="i i-reply flip" /> Forwarded</em></div>;
  if (!m.message_reference) return null;
  if (!referred) {
    const there = state.messages.get(m.channel_id)?.some((o) => o.id === m.message_reference?.message_id); // but somebody else's alone
    return <div class="above"><em>{there ? "Message could not be loaded" : "Original message was deleted"}</em></div>;
  }
  const text = preview(referred.content, m.channel_id) || firstText(referred);
  return (
    <div class="above">
      <Avatar user={referred.author} name={nameOf(referred.author, m.channel_id)} small />
      <NameButton user={referred.author} channel={m.channel_id} />
      <button type="button" class="quoted" tabIndex={-1} onClick={() => set({ flash: referred.id })}>{text || <em>Click to see attachment</em>}</button>
    </div>
  );
}

function firstText(m: Message): string {
  return preview(firstWords(m.components) || m.embeds[0]?.title || m.embeds[0]?.description || "", m.channel_id);
}

function firstWords(all: Component[]): string {
  for (const c of all) {
    const words = c.spoiler ? "" : c.content || firstWords(c.components ?? []);
    if (words) return words;
  }
  return "";
}

function Body({ m }: { m: Message }) {
  const v2 = (m.flags & flag.v2) !== 0;
  const edited = m.edited_timestamp && <span class="edited" title={exact(m.edited_timestamp)}>(edited)</span>;
  const forwarded = m.message_snapshots?.[0]?.message;
  return (
    <>
      {m.content !== "" && <div class="content"><Markdown text={m.content} channel={m.channel_id} />{edited}</div>}
      {forwarded && <blockquote class="forwarded"><Body m={{ ...forwarded, id: m.id, channel_id: m.channel_id, components: forwarded.components ?? [], author: m.author }} /></blockquote>}
      {!v2 && m.attachments.length > 0 && <Attachments attachments={m.attachments} />}
      {m.embeds.map((e, n) => <EmbedView key={n} embed={e} channel={m.channel_id} />)}
      {(m.components.length > 0 || state.troubles.has(m.id)) && <Components message={m} of={m.components} />}
      {m.content === "" && edited}
    </>
  );
}

function EditField({ m }: { m: Message }) {
  const ref = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState(m.content);
  useEffect(() => ref.current?.focus(), []);
  const close = () => set({ editing: "" });
  const save = () => {
    if (text.trim() && text !== m.content) void edit(m, text);
    close();
  };
  return (
    <form class="edit" onSubmit={(e) => { e.preventDefault(); save(); }}>
      <textarea
        ref={ref} aria-label="Edit the message" rows={2} value={text} maxLength={2000} onInput={(e) => setText(e.currentTarget.value)}
        onKeyDown={(e) => {
          if (e.key === "Escape") close();
          else if (e.key === "Enter" && !e.shiftKey) {
            e.preventDefault();
            save();
          }
        }}
      />
      <p>escape to <button type="button" class="link" onClick={close}>cancel</button> • enter to <button type="submit" class="link">save</button></p>
    </form>
  );
}

/** NoteView is a line that only this page shows. */
export function NoteView({ n }: { n: Note }) {
  const drop = () => set({ notes: state.notes.filter((o) => o !== n) });
  if (n.kind === "broken") {
    return (
      <li>
        <div class="note broken" role="alert">
          <span class="i i-warn" />
          <div>
            <strong>Discord refused this{n.violation && n.violation.status >= 400 ? ` (${n.violation.status}${n.violation.code ? `, code ${n.violation.code}` : ""})` : ""}.</strong> {n.text}
            <small>{n.violation?.method} {n.violation?.path}</small>
          </div>
          <button type="button" class="link" onClick={drop}>Dismiss</button>
        </div>
      </li>
    );
  }
  const bot = state.world?.application.bot;
  const me = state.world && (memberOf(n.channel, n.user)?.user ?? { id: n.user, username: "you", global_name: null });
  if (!bot || !me) return null;
  const name = nameOf(bot, n.channel);
  return (
    <li>
      <article class={`message${n.kind === "failed" ? " ephemeral" : ""}`} aria-label={`${name}: ${n.text}`}>
        <div class="above"><Avatar user={me} name={nameOf(me, n.channel)} small /><span class="name">{nameOf(me, n.channel)}</span> used <span class="used">{n.command}</span></div>
        <div class="gutter"><Avatar user={bot} name={name} /></div>
        <div class="body">
          <header><span class="name bot">{name}</span><Badge user={bot} /><time dateTime={n.at}>{shortTime(n.at)}</time></header>
          {n.kind === "pending"
            ? <p class="thinking"><Dots /> <span>{n.text}</span></p>
            : <p class="trouble" role="alert"><span class="i i-warn" />{n.text}</p>}
          {n.kind === "failed" && <p class="only"><span class="i i-eye" />Only you can see this • <button type="button" class="link" onClick={drop}>Dismiss message</button></p>}
        </div>
      </article>
    </li>
  );
}

