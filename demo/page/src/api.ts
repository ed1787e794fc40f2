// What the one who acts does.

import { began, changed, remember, say, set, settle, state } from "./store";
import type { Component, Interaction, Message, Stage } from "./types";
import { guildOf, nameOf, visible } from "./world";

async function post<T>(path: string, body: object, files: File[] = []): Promise<T> {
  const json = JSON.stringify(body);
  let init: RequestInit = { method: "POST", headers: { "Content-Type": "application/json" }, body: json };
  if (files.length > 0) {
    const form = new FormData();
    form.append("payload_json", json);
    files.forEach((f, n) => form.append(`files[${n}]`, f, f.name));
    init = { method: "POST", body: form };
  }
  const answer = await fetch(path, init);
  const text = await answer.text();
  let data: unknown;
  try {
    data = text ? JSON.parse(text) : {};
  } catch {
    data = { error: text };
  }
  if (!answer.ok) throw new Error((data as { error?: string }).error ?? `The playground answered ${answer.status}`);
  return data as T;
}

const act = <T>(name: string, body: object, files?: File[]) => post<T>(`/play/${name}`, { as: state.me, ...body }, files);

/** told shows what went wrong, and gives undefined then. */
async function told<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (e) {
    say(plain(e));
    return undefined;
  }
}

export function plain(e: unknown): string {
  const text = e instanceof Error ? e.message : String(e);
  return text === "Failed to fetch" ? "The playground does not answer." : text.replace(/^discord's client does not allow this: /, "");
}

export interface Given {
  name: string;
  type: number;
  value: string | number | boolean;
}

export async function slash(command: string, options: Given[], files: File[]): Promise<string> {
  const channel = state.channel;
  const view = await act<Interaction>("slash", { channel, command, options }, files);
  if (view.refusal) return plain(view.refusal);
  began(view, { channel, command: `/${command}` });
  return "";
}

export async function complete(command: string, option: string, text: string, options: Given[], stop: AbortSignal) {
  const answer = await fetch("/play/complete", {
    method: "POST", headers: { "Content-Type": "application/json" }, signal: stop,
    body: JSON.stringify({ as: state.me, channel: state.channel, command, option, text, options }),
  });
  const data = (await answer.json()) as { choices?: { name: string; value: string }[]; error?: string };
  if (data.error) throw new Error(data.error);
  return data.choices ?? [];
}

export async function use(command: string, target: { message?: string; user?: string }): Promise<void> {
  const channel = state.channel;
  const view = await told(act<Interaction>("use", { channel, command, ...target }));
  if (view?.refusal) say(plain(view.refusal));
  else if (view) began(view, { channel, command });
}

async function component(name: string, m: Message, c: Component, values?: string[]): Promise<void> {
  if (state.busy.has(m.id)) return;
  state.busy.set(m.id, c.custom_id ?? "");
  state.troubles.delete(m.id);
  changed();
  const view = await told(act<Interaction>(name, { channel: m.channel_id, message: m.id, component: c.custom_id, values }));
  if (!view || view.refusal) {
    state.busy.delete(m.id);
    if (view?.refusal) state.troubles.set(m.id, "This interaction failed");
    changed();
    return;
  }
  began(view);
}

export const press = (m: Message, c: Component) => component("press", m, c);
export const choose = (m: Message, c: Component, values: string[]) => component("choose", m, c, values);

export type FieldValue = string | boolean | string[] | { files: number[] };

export async function submit(interaction: string, fields: Record<string, FieldValue>, files: File[]): Promise<void> {
  set({ modalTrouble: "" });
  try {
    const view = await act<Interaction>("submit", { interaction, fields }, files);
    if (view.refusal) {
      set({ modalTrouble: plain(view.refusal) });
      return;
    }
    state.submitted = view.id;
    began(view);
  } catch (e) {
    set({ modalTrouble: plain(e) });
  }
}

export async function write(text: string, files: File[]): Promise<boolean> {
  const message = state.replyTo?.id;
  const m = await told(act<Message>("say", { channel: state.channel, text: mentions(text), message }, files));
  if (m) set({ replyTo: null, jump: state.jump + 1 });
  return m !== undefined;
}

/** mentions makes mentions of the names that were written. */
function mentions(text: string): string {
  const guild = guildOf(state.channel);
  const names = [
    ...(guild?.members ?? []).map((m) => [`@${nameOf(m.user, state.channel)}`, `<@${m.user.id}>`] as const),
    ...(guild?.channels ?? []).map((c) => [`#${c.channel.name}`, `<#${c.channel.id}>`] as const),
  ].sort((a, b) => b[0].length - a[0].length);
  return names.reduce((t, [name, tag]) => t.split(/(`[^`]*`)/).map((part, n) => (n % 2 ? part : part.replaceAll(name, tag))).join(""), text);
}

export const edit = (m: Message, text: string) => told(act<Message>("edit", { channel: m.channel_id, message: m.id, text }));
export const remove = (m: Message) => told(act("delete", { channel: m.channel_id, message: m.id }));

export async function scene(id: string): Promise<void> {
  const answer = await told(post<{ message: Message | null }>(`/stage/${id}`, { as: state.me, channel: state.channel }));
  if (!answer) return;
  if (answer.message) set({ flash: answer.message.id });
  else say("Done. Watch what becomes of it.");
}

export async function readStage(): Promise<void> {
  const answer = await fetch("/stage");
  if (answer.ok) state.stage = (await answer.json()) as Stage;
}

export interface ServiceRequest {
  at: string;
  method: string;
  path: string;
  body: string;
}

export async function serviceRequests(from: number, to: number): Promise<ServiceRequest[]> {
  const answer = await fetch(`/stage/requests?from=${Math.floor(from)}&to=${Math.ceil(to)}`);
  return answer.ok ? ((await answer.json()) as ServiceRequest[]) : [];
}

// --- where the one who acts is ---

/** go opens a channel. The browser's way back leads to the one before. */
export function go(channel: string): void {
  if (channel !== state.channel) {
    history.replaceState({ channel: state.channel }, "");
    history.pushState({ channel }, "");
  }
  enter(channel);
}

window.addEventListener("popstate", (e) => {
  const channel = (e.state as { channel?: string } | null)?.channel ?? "";
  if (visible(channel)) enter(channel);
});

function enter(channel: string): void {
  remember("channel", channel);
  set({ channel, drawer: false, replyTo: null, editing: "", flash: "" });
}

export function become(user: string): void {
  remember("me", user);
  set({ me: user, modal: null, replyTo: null, editing: "" });
  settle();
  changed();
}

/** link is the address of a message in Discord's clients. */
export function link(m: Message): string {
  return `https://discord.com/channels/${guildOf(m.channel_id)?.guild.id ?? "@me"}/${m.channel_id}/${m.id}`;
}

export async function copy(text: string, what: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    say(`${what} copied`);
  } catch {
    say("The browser does not let this page copy");
  }
}
