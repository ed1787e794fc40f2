// The messages of the open channel.

import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { focusField } from "./composer";
import { MessageView, NoteView } from "./message";
import { type Note, changed, set, state } from "./store";
import { dayOf } from "./time";
import type { Message } from "./types";
import { bit, channelState, guildOf, may, shown } from "./world";

const page = 60; // messages that are drawn at first, and more each time the top is reached
const groupTime = 7 * 60 * 1000; // within which messages of one author stand together
const nearEnd = 80; // pixels

export function Chat() {
  const channel = state.channel;
  const all = may(bit.history) ? shown(channel) : [];
  const [limit, setLimit] = useState(page);
  const [pinned, setPinned] = useState(true);
  const [seen, setSeen] = useState("");
  const box = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLOListElement>(null);
  const keep = useRef<number | null>(null); // distance to the end that must stay, while older messages are added
  const sticks = useRef(true);
  const newest = all.at(-1)?.id ?? "";
  const messages = all.slice(-limit);

  const toEnd = () => {
    const b = box.current;
    if (b) b.scrollTop = b.scrollHeight;
    sticks.current = true;
    setPinned(true);
  };
  useEffect(() => setLimit(page), [channel, state.me]);
  useLayoutEffect(toEnd, [channel, state.me, state.jump]);
  useLayoutEffect(() => {
    const b = box.current;
    if (!b) return;
    if (keep.current !== null) {
      b.scrollTop = b.scrollHeight - keep.current;
      keep.current = null;
    } else if (sticks.current) b.scrollTop = b.scrollHeight;
  });
  useEffect(() => {
    if (!list.current) return;
    const observer = new ResizeObserver(() => {
      if (sticks.current && box.current) box.current.scrollTop = box.current.scrollHeight;
    });
    observer.observe(list.current);
    if (box.current) observer.observe(box.current);
    return () => observer.disconnect();
  }, []);
  useEffect(() => {
    if (!pinned) return;
    setSeen(newest);
    if (state.seen.get(channel) !== newest) {
      state.seen.set(channel, newest);
      changed();
    }
  }, [pinned, newest, channel]);
  useFocusKept(box);
  useEffect(() => pointOut(all, limit, setLimit), [state.flash, limit, newest]);

  const older = () => {
    const b = box.current;
    if (!b || limit >= all.length) return;
    keep.current = b.scrollHeight - b.scrollTop;
    setLimit(limit + page);
  };
  const scrolled = () => {
    const b = box.current;
    if (!b) return;
    const end = b.scrollHeight - b.scrollTop - b.clientHeight < nearEnd;
    sticks.current = end;
    if (end !== pinned) setPinned(end);
    if (b.scrollTop < 400) older();
  };
  const fresh = pinned ? 0 : all.length - 1 - all.findIndex((m) => m.id === seen);
  return (
    <div class="chat">
      <div ref={box} class="scroller" onScroll={scrolled} tabIndex={0} role="log" aria-relevant="additions" aria-label={`Messages in ${title(channel)}`} onKeyDown={walk}>
        <h2 class="sr">Messages</h2>
        {limit >= all.length ? <Start channel={channel} readable={may(bit.history)} /> : <button type="button" class="link older" onClick={older}>Show older messages</button>}
        <ol ref={list} class="messages">{rows(messages, all, channel)}</ol>
      </div>
      {!pinned && (
        <button type="button" class="jump" onClick={toEnd}>
          <span>{fresh > 0 ? `${fresh} new message${fresh > 1 ? "s" : ""}` : "Viewing older messages"}</span><span>Jump To Present <span class="i i-down" /></span>
        </button>
      )}
    </div>
  );
}

/** useFocusKept gives the focus to a message when what had it is gone: its own one, or else the newest. */
function useFocusKept(box: { current: HTMLDivElement | null }): void {
  const last = useRef<{ at: Element; article: string } | null>(null);
  useEffect(() => {
    const moved = (e: FocusEvent) => {
      const at = e.target as Element;
      last.current = box.current?.contains(at) ? { at, article: at.closest("article")?.id ?? "" } : null;
    };
    document.addEventListener("focusin", moved);
    return () => document.removeEventListener("focusin", moved);
  }, []);
  useLayoutEffect(() => {
    if (!last.current || last.current.at.isConnected || document.activeElement !== document.body) return;
    const articles = [...(box.current?.querySelectorAll<HTMLElement>("article[id]") ?? [])];
    const next = articles.find((a) => a.id === last.current?.article) ?? articles.at(-1);
    last.current = null;
    next?.focus({ preventScroll: true });
  });
}

/** title is what a channel is called. */
export function title(channel: string): string {
  const c = channelState(channel)?.channel;
  if (!c) return "";
  if (c.type === 1) return state.world?.application.name ?? "direct message";
  return `#${c.name}`;
}

function Start({ channel, readable }: { channel: string; readable: boolean }) {
  const c = channelState(channel)?.channel;
  if (!c) return null;
  if (!readable) return <div class="start"><p>You do not have permission to read the message history of this channel.</p></div>;
  const name = title(channel);
  return (
    <div class="start">
      <span class="big" aria-hidden="true">{c.type === 1 ? "@" : "#"}</span>
      <h3>{c.type === 1 ? name : `Welcome to ${name}!`}</h3>
      <p>{c.type === 1 ? `This is the beginning of your direct message history with ${name}.` : `This is the start of the ${name} channel of ${guildOf(channel)?.guild.name ?? ""}.`}</p>
    </div>
  );
}

/** rows are the lines of the channel: those messages of all that are drawn, and what stands between them. */
function rows(messages: Message[], all: Message[], channel: string) {
  const notes = state.notes.filter((n) => n.channel === channel && (n.user === "" || n.user === state.me));
  const placed = new Set<Note>();
  const out = [];
  let before: Message | undefined;
  let today = "";
  for (const [at, m] of messages.entries()) {
    const day = dayOf(m.timestamp);
    if (day !== today) {
      today = day;
      out.push(<li key={`d-${m.id}`} class="day"><span>{day}</span></li>);
    }
    const answered = m.message_reference?.message_id;
    const referred = answered ? all.find((o) => o.id === answered) : undefined;
    out.push(
      <MessageView
        key={m.id} m={m} compact={follows(before, m)} last={at === messages.length - 1} me={state.me} busy={state.busy.get(m.id)}
        trouble={state.troubles.get(m.id)} flash={state.flash === m.id} selected={state.selected === m.id && state.panel === "inspector"}
        editing={state.editing === m.id} world={state.world} referred={referred}
      />,
    );
    before = m;
    for (const n of notes) {
      if (n.after !== m.id) continue;
      placed.add(n);
      before = undefined;
      out.push(<NoteView key={n.id} n={n} />);
    }
  }
  for (const n of notes) if (!placed.has(n)) out.push(<NoteView key={n.id} n={n} />);
  return out;
}

/** follows tells whether a message stands below the one before without a head of its own. */
function follows(before: Message | undefined, m: Message): boolean {
  if (!before || before.author.id !== m.author.id || m.message_reference || (m.interaction_metadata && m.type !== 0)) return false;
  if ((before.viewer ?? "") !== (m.viewer ?? "")) return false;
  return Date.parse(m.timestamp) - Date.parse(before.timestamp) < groupTime && dayOf(before.timestamp) === dayOf(m.timestamp);
}

/** pointOut scrolls to the message that is to be pointed out, and forgets it after a while. */
function pointOut(all: Message[], limit: number, setLimit: (n: number) => void): (() => void) | undefined {
  const id = state.flash;
  const at = id ? all.findIndex((m) => m.id === id) : -1;
  if (at < 0) return undefined;
  if (at < all.length - limit) {
    setLimit(all.length - at + 20);
    return undefined;
  }
  const target = document.getElementById(`m-${id}`);
  const box = target?.closest(".scroller");
  if (target && box) { // scrollIntoView would move what lies around the box, too
    const [t, b] = [target.getBoundingClientRect(), box.getBoundingClientRect()];
    box.scrollTop += t.top - b.top - Math.max(0, (b.height - t.height) / 2);
  }
  const timer = setTimeout(() => state.flash === id && set({ flash: "" }), 2500);
  return () => clearTimeout(timer);
}

/** walk goes from message to message with the arrow keys, and by Escape to the message field. */
function walk(e: KeyboardEvent): void {
  if (e.key === "Escape") focusField();
  if (e.key !== "ArrowUp" && e.key !== "ArrowDown") return;
  const here = (document.activeElement as Element | null)?.closest("article");
  if (document.activeElement !== here && document.activeElement !== e.currentTarget) return; // in a field of a message
  const articles = [...(e.currentTarget as Element).querySelectorAll<HTMLElement>("article[id]")];
  const at = here ? articles.indexOf(here as HTMLElement) : articles.length;
  const next = articles[at + (e.key === "ArrowUp" ? -1 : 1)];
  if (!next) return;
  e.preventDefault();
  next.focus({ preventScroll: true });
  const [n, b] = [next.getBoundingClientRect(), (e.currentTarget as Element).getBoundingClientRect()];
  if (n.top < b.top) (e.currentTarget as Element).scrollTop += n.top - b.top;
  else if (n.bottom > b.bottom) (e.currentTarget as Element).scrollTop += Math.min(n.bottom - b.bottom, n.top - b.top);
}

