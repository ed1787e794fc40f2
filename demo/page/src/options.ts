// The options of slash commands: what is typed into them, what they suggest by themselves, and what is wrong with it.

import type { Given } from "./api";
import { state } from "./store";
import { type CommandOption, type User, option } from "./types";
import { commands, guildOf, nameOf, usersIn, visible } from "./world";

/** An entry is a command, or one of its subcommands. */
export interface Entry {
  path: string;
  description: string;
  options: CommandOption[];
}

export function entries(): Entry[] {
  const out: Entry[] = [];
  const walk = (path: string, description: string, options: CommandOption[]) => {
    const inner = options.filter((o) => o.type <= option.group);
    if (inner.length === 0) out.push({ path, description, options });
    for (const o of inner) walk(`${path} ${o.name}`, o.description, o.options ?? []);
  };
  for (const c of commands(1)) walk(c.name, c.description, c.options ?? []);
  return out;
}

/** typed reads a command that was typed or pasted up to the space behind its name, with its options as "name:value". */
export function typed(text: string): { entry: Entry; values: Record<string, string> } | null {
  if (!text.startsWith("/")) return null;
  const entry = entries().filter((e) => text.startsWith(`/${e.path} `)).sort((a, b) => b.path.length - a.path.length)[0];
  if (!entry) return null;
  const rest = text.slice(entry.path.length + 2);
  const values: Record<string, string> = {};
  const names = entry.options.map((o) => o.name.replace(/[^-\w]/g, ".")).join("|");
  const marks = names ? [...rest.matchAll(new RegExp(`(?:^|\\s)(${names}):\\s?`, "g"))] : [];
  marks.forEach((m, n) => {
    values[m[1] ?? ""] = rest.slice((m.index ?? 0) + m[0].length, marks[n + 1]?.index).trim();
  });
  const first = entry.options[0];
  if (marks.length === 0 && rest.trim() && first) values[first.name] = rest.trim();
  return { entry, values };
}

/** A slot is one option with what was typed into it, and what was picked from its suggestions. */
export interface Slot {
  text: string;
  picked?: string | number | boolean;
  file?: File;
}

export interface Suggestion {
  label: string;
  value: string | number | boolean;
  user?: User;
  hint?: string;
}

/** fixed are the suggestions that need nobody's answer; null for options that are typed freely. */
export function fixed(o: CommandOption): Suggestion[] | null {
  const guild = guildOf(state.channel);
  const people = () => usersIn(state.channel).map((u): Suggestion => ({ label: `@${nameOf(u, state.channel)}`, value: u.id, user: u }));
  const roles = () => (guild?.guild.roles ?? []).map((r): Suggestion => ({ label: `@${r.name.replace(/^@/, "")}`, value: r.id }));
  if (o.choices?.length) return o.choices.map((c) => ({ label: c.name, value: c.value }));
  switch (o.type) {
    case option.boolean: return [{ label: "True", value: true }, { label: "False", value: false }];
    case option.user: return people();
    case option.role: return roles();
    case option.mentionable: return [...people(), ...roles()];
    case option.channel:
      return (guild?.channels ?? [])
        .filter((c) => visible(c.channel.id) && (!o.channel_types?.length || o.channel_types.includes(c.channel.type)))
        .map((c) => ({ label: `#${c.channel.name}`, value: c.channel.id }));
    default: return null;
  }
}

/** problem is why a slot cannot be sent, "" when it can. */
export function problem(o: CommandOption, s: Slot | undefined): string {
  const empty = !s || (o.type === option.attachment ? !s.file : s.text === "");
  if (empty) return o.required ? "This option is required. Specify a value" : "";
  if (fixed(o) && s.picked === undefined) return "Choose one of the values offered";
  const n = [...s.text].length;
  if (o.type === option.string) {
    if (o.min_length && n < o.min_length) return `At least ${o.min_length} characters, please`;
    if (n > (o.max_length ?? 6000)) return `At most ${o.max_length ?? 6000} characters, please`;
  }
  if (o.type === option.integer || o.type === option.number) {
    const v = Number(s.text);
    if (!o.autocomplete || s.picked === undefined) {
      if (s.text.trim() === "" || Number.isNaN(v) || (o.type === option.integer && !Number.isInteger(v))) return o.type === option.integer ? "Input a valid integer" : "Input a valid number";
      if (o.min_value !== undefined && v < o.min_value) return `At least ${o.min_value}, please`;
      if (o.max_value !== undefined && v > o.max_value) return `At most ${o.max_value}, please`;
    }
  }
  return "";
}

export function given(o: CommandOption, s: Slot, files: File[]): Given {
  if (o.type === option.attachment && s.file) return { name: o.name, type: o.type, value: files.push(s.file) - 1 };
  if (s.picked !== undefined) return { name: o.name, type: o.type, value: s.picked };
  const isNumber = o.type === option.integer || o.type === option.number;
  return { name: o.name, type: o.type, value: isNumber ? Number(s.text) : s.text };
}

/** pickedBy finds the suggestion that a typed text means. */
export function pickedBy(o: CommandOption, text: string): Slot {
  const hit = fixed(o)?.find((s) => s.label.replace(/^[@#]/, "").toLowerCase() === text.replace(/^[@#]/, "").trim().toLowerCase());
  return hit ? { text: hit.label, picked: hit.value } : { text };
}
