// All that the page knows, and the feed that keeps it true. Messages are never changed in place: an edit brings a new one.

import type { Entry, Slot } from "./options";
import type { Change, Frame, Interaction, Message, Modal, Request, Stage, Violation, World } from "./types";
import { allChannels, channelState, people, visible } from "./world";

/** A line in a channel that only this page shows: an answer that is waited for, one that failed, a broken rule. */
export interface Note {
  id: string;
  channel: string;
  user: string; // who sees it; "" for all
  kind: "pending" | "failed" | "broken";
  text: string;
  command: string;
  after: string; // id of the message below which it stands
  interaction: string;
  at: string;
  violation?: Violation;
}

export type Panel = "" | "members" | "inspector" | "stage";

/** What stands in the message field: words and files, or a command that is being filled in. */
export interface Draft {
  text: string;
  files: File[];
  command: { entry: Entry; values: Record<string, string>; slots?: Record<string, Slot> } | null;
}

export interface OpenModal {
  interaction: string;
  modal: Modal;
}

export const state = {
  live: false, // the feed is connected
  lost: false, // it was, and is not
  cdn: "",
  world: null as World | null,
  stage: null as Stage | null,
  messages: new Map<string, Message[]>(),
  requests: new Map<number, Request>(),
  interactions: new Map<string, Interaction>(),
  notes: [] as Note[],
  mine: new Set<string>(), // interactions that this page began
  drafts: new Map<string, Draft>(), // channel and person → what is being written there
  busy: new Map<string, string>(), // message → custom_id that was pressed and is not answered
  troubles: new Map<string, string>(), // message → what went wrong with its components
  modal: null as OpenModal | null,
  modalTrouble: "",
  submitted: "", // interaction of the modal that was sent
  me: "",
  channel: "",
  panel: "" as Panel,
  selected: "", // message in the inspector
  drawer: false,
  lightbox: null as { items: { src: string; alt: string }[]; at: number } | null,
  replyTo: null as Message | null,
  editing: "",
  toast: "",
  jump: 0, // grows when the channel is to go to its end
  seen: new Map<string, string>(), // channel → its newest message that was looked at
  flash: "", // message that is pointed out
};

let redraw = () => {};
let asked = false;

/** changed draws the page anew, at most once a frame. */
export function changed(): void {
  if (asked) return;
  asked = true;
  // A page in the background gets no frames, but must not fall behind.
  const draw = () => {
    if (asked) {
      asked = false;
      redraw();
    }
  };
  requestAnimationFrame(draw);
  setTimeout(draw, 100);
}

export function onChange(draw: () => void): void {
  redraw = draw;
}

export function set(part: Partial<typeof state>): void {
  Object.assign(state, part);
  changed();
}

let toastTimer = 0;

/** say shows a short message at the bottom of the page. */
export function say(text: string): void {
  clearTimeout(toastTimer);
  toastTimer = window.setTimeout(() => set({ toast: "" }), 4000);
  set({ toast: text.charAt(0).toUpperCase() + text.slice(1) });
}

// --- the feed ---

const patience = 3000; // milliseconds, at most, between two tries to reach the server

/** follow takes in all that happens, for good. What stands beside Discord is prepared anew before each connection. */
export function follow(prepare: () => Promise<void>): void {
  let wait = 500;
  const connect = () => void prepare().catch(() => undefined).finally(open);
  const open = () => {
    const socket = new WebSocket(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/play/feed`);
    socket.onmessage = (event) => {
      const frame = JSON.parse(event.data as string) as Frame;
      if (frame.type === "hello") {
        wait = 500;
        begin(frame.cdn, frame.snapshot, frame.requests ?? []);
      } else {
        frame.changes.forEach(apply);
      }
      changed();
    };
    socket.onclose = () => {
      if (state.live) set({ live: false, lost: true });
      setTimeout(connect, wait);
      wait = Math.min(wait * 2, patience);
    };
  };
  connect();
}

function begin(cdn: string, world: World, requests: Request[]): void {
  const another = state.world !== null && state.cdn !== cdn; // the server was started anew, and all ids are others
  const [who, where] = [people().find((m) => m.user.id === state.me)?.user.username, channelState(state.channel)?.channel.name];
  Object.assign(state, { cdn, live: true, lost: false, messages: new Map(), requests: new Map(), busy: new Map(), submitted: "" });
  if (another) {
    Object.assign(state, { modal: null, modalTrouble: "", replyTo: null, editing: "", flash: "", selected: "", lightbox: null, notes: [] });
    for (const known of [state.seen, state.drafts, state.troubles, state.interactions, state.mine]) known.clear();
  }
  for (const c of allChannels(world)) {
    state.messages.set(c.channel.id, c.messages ?? []);
    if (!state.seen.has(c.channel.id)) state.seen.set(c.channel.id, c.messages?.at(-1)?.id ?? "");
  }
  for (const r of requests) state.requests.set(r.id, r);
  state.notes = state.notes.filter((n) => n.kind !== "pending");
  if (another) { // the same person in the same place, as far as they are there
    state.world = world;
    state.me = people().find((m) => m.user.username === who)?.user.id ?? "";
    state.channel = allChannels(world).find((c) => c.channel.name === where && visible(c.channel.id))?.channel.id ?? "";
  }
  arrange(world);
}

/** arrange takes in who and what there is, and makes sure that the page stands somewhere in it. */
function arrange(world: World): void {
  state.world = world;
  if (!people().some((m) => m.user.id === state.me)) {
    const here = people().map((m) => m.user.id);
    state.me = [remembered("me"), state.stage?.as ?? ""].find((id) => here.includes(id)) ?? here[0] ?? "";
  }
  settle();
  remember("me", state.me, false);
  remember("channel", state.channel, false);
}

/** settle goes to a channel that the one who acts can see. */
export function settle(): void {
  if (visible(state.channel)) return;
  const seen = allChannels(state.world).filter((c) => visible(c.channel.id));
  const wanted = [remembered("channel"), state.stage?.open ?? ""].find(visible);
  state.channel = wanted ?? (seen.find((c) => c.channel.type === 0) ?? seen[0])?.channel.id ?? "";
}

function apply(c: Change): void {
  if (c.world) arrange(c.world);
  if (c.message) takeMessage(c.kind, c.message);
  if (c.view) takeInteraction(c.view);
  if (c.request) {
    state.requests.set(c.request.id, c.request);
    const oldest = state.requests.keys().next().value;
    if (state.requests.size > 2000 && oldest !== undefined) state.requests.delete(oldest);
  }
  if (c.violation) takeViolation(c.violation);
}

function takeMessage(kind: string, m: Message): void {
  const list = state.messages.get(m.channel_id) ?? [];
  const at = list.findIndex((o) => o.id === m.id);
  let next = list;
  if (kind === "message_removed") next = list.filter((o) => o.id !== m.id);
  else if (at >= 0) next = list.with(at, m);
  else next = [...list, m];
  state.messages.set(m.channel_id, next);
}

/** takeInteraction follows what became of what a member did. */
export function takeInteraction(view: Interaction): void {
  if (!view.id) return;
  state.interactions.set(view.id, view);
  if (!state.mine.has(view.id) || view.phase === "waiting") return;
  const note = state.notes.find((n) => n.interaction === view.id && n.kind === "pending");
  if (note) {
    state.notes = state.notes.filter((n) => n !== note);
    if (view.phase === "failed") state.notes.push({ ...note, kind: "failed", text: "The application did not respond" });
  } else if (view.phase === "failed" && view.kind === 2 && !state.notes.some((n) => n.interaction === view.id)) {
    failLater(view);
  }
  if (view.kind === 3 && view.source) {
    state.busy.delete(view.source);
    if (view.phase === "failed") state.troubles.set(view.source, "This interaction failed");
  }
  if (view.id === state.submitted) {
    state.submitted = "";
    if (view.phase === "failed") state.modalTrouble = "Something went wrong. Try again.";
    else state.modal = null;
  }
  if (view.modal && view.user === state.me && !state.modal) {
    state.modal = { interaction: view.id, modal: view.modal };
    state.modalTrouble = "";
  }
}

/** failLater tells of a "thinking…" that went on for its fifteen minutes. */
function failLater(view: Interaction): void {
  state.notes.push({
    id: `late-${view.id}`, channel: view.channel, user: view.user, kind: "failed", text: "The application did not respond",
    command: view.name ?? "", after: view.original ?? lastOf(view.channel), interaction: view.id, at: new Date().toISOString(),
  });
}

function takeViolation(v: Violation): void {
  const request = state.requests.get(v.request);
  const named = /^\/channels\/(\d+)/.exec(v.path)?.[1];
  const of = request?.interaction ? state.interactions.get(request.interaction) : undefined;
  const channel = of?.channel ?? named;
  if (!channel) return;
  state.notes.push({
    id: `rule-${v.request}-${state.notes.length}`, channel, user: "", kind: "broken", text: v.detail, command: "", after: lastOf(channel),
    interaction: request?.interaction ?? "", at: new Date().toISOString(), violation: v,
  });
}

/** began notes an interaction that was just sent. */
export function began(view: Interaction, note?: { channel: string; command: string }): void {
  state.mine.add(view.id);
  const known = state.interactions.get(view.id);
  if (note && (known?.phase ?? "waiting") === "waiting") {
    state.notes.push({
      id: `wait-${view.id}`, channel: note.channel, user: state.me, kind: "pending", text: "Sending command…", command: note.command,
      after: lastOf(note.channel), interaction: view.id, at: new Date().toISOString(),
    });
  }
  if (note) state.jump++;
  takeInteraction(known ?? view);
  changed();
}

function lastOf(channel: string): string {
  return state.messages.get(channel)?.at(-1)?.id ?? "";
}

// --- what is remembered from one visit to the next ---

/** remembered is what this window remembers, or else the one that was here last: two windows are two people. */
export function remembered(what: string): string {
  try {
    return sessionStorage.getItem(`play-${what}`) ?? localStorage.getItem(`play-${what}`) ?? "";
  } catch {
    return "";
  }
}

/** remember keeps something for this window, and for later ones too. */
export function remember(what: string, value: string, later = true): void {
  try {
    sessionStorage.setItem(`play-${what}`, value);
    if (later) localStorage.setItem(`play-${what}`, value);
  } catch {
    // A browser that keeps nothing is fine.
  }
}

/** local is a link to a file of the CDN, on this page's own origin. */
export function local(url: string): string {
  return state.cdn && url.startsWith(state.cdn) ? url.slice(state.cdn.length) : url;
}
