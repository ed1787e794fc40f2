// Who and what there is in this Discord, and what the one who acts sees and may do of it.

import { state } from "./store";
import type { ChannelState, Command, GuildState, Member, Message, Role, User, World } from "./types";

export function allChannels(world: World | null): ChannelState[] {
  return [...(world?.guilds ?? []).flatMap((g) => g.channels ?? []), ...(world?.dms ?? [])];
}

export function channelState(id: string): ChannelState | undefined {
  return allChannels(state.world).find((c) => c.channel.id === id);
}

export function guildOf(channel: string): GuildState | undefined {
  return (state.world?.guilds ?? []).find((g) => (g.channels ?? []).some((c) => c.channel.id === channel));
}

/** people are the accounts that one can act as. */
export function people(): Member[] {
  const seen = new Map<string, Member>();
  for (const g of state.world?.guilds ?? []) {
    for (const m of g.members) if (!m.user.bot && !seen.has(m.user.id)) seen.set(m.user.id, m);
  }
  return [...seen.values()];
}

/** usersIn are those who are in a channel's server, or in a direct message: its person and the application. */
export function usersIn(channel: string): User[] {
  const guild = guildOf(channel);
  if (guild) return guild.members.map((m) => m.user);
  const app = state.world?.application.bot;
  return [...(channelState(channel)?.channel.recipients ?? []), ...(app ? [app] : [])];
}

export function memberOf(channel: string, user: string): Member | undefined {
  return guildOf(channel)?.members.find((m) => m.user.id === user);
}

export function roleOf(channel: string, id: string): Role | undefined {
  return guildOf(channel)?.guild.roles.find((r) => r.id === id);
}

/** present tells who is online: everybody but an app that is not connected. */
export const present = (user: User) => user.id !== state.world?.application.id || state.world.online;

/** nameOf is how a user is shown in a channel. */
export function nameOf(user: User, channel: string): string {
  return memberOf(channel, user.id)?.nick ?? user.global_name ?? user.username;
}

export function findUser(id: string): User | undefined {
  for (const g of state.world?.guilds ?? []) {
    const m = g.members.find((m) => m.user.id === id);
    if (m) return m.user;
  }
  for (const list of state.messages.values()) {
    const m = list.find((m) => m.author.id === id);
    if (m) return m.author;
  }
  return undefined;
}

// Numbers of Discord's permission bits.
export const bit = { administrator: 3, view: 10, send: 11, manageMessages: 13, attach: 15, history: 16, commands: 31 };

export function may(what: number, channel = state.channel, user = state.me): boolean {
  const access = channelState(channel)?.access[user] ?? 0;
  return Math.floor(access / 2 ** what) % 2 === 1;
}

export function visible(channel: string): boolean {
  return channel !== "" && may(bit.view, channel);
}

/** shown are the messages of a channel that the one who acts sees. */
export function shown(channel: string): Message[] {
  const list = state.messages.get(channel) ?? [];
  const me = state.me;
  return list.some((m) => m.viewer && m.viewer !== me) ? list.filter((m) => !m.viewer || m.viewer === me) : list;
}

/** unread tells whether something new is in a channel that was not looked at. */
export function unread(channel: string): boolean {
  return channel !== state.channel && (shown(channel).at(-1)?.id ?? "") > (state.seen.get(channel) ?? "");
}

/** mentions tells whether a message calls somebody: by name, by role, or with everyone. */
export function mentions(m: Message, user: string): boolean {
  if (m.mention_everyone || m.mentions.some((u) => u.id === user)) return true;
  return m.mention_roles.length > 0 && (memberOf(m.channel_id, user)?.roles ?? []).some((r) => m.mention_roles.includes(r));
}

/** calls are how many messages of a channel that was not looked at call the one who acts. */
export function calls(channel: string): number {
  if (!unread(channel)) return 0;
  const seen = state.seen.get(channel) ?? "";
  return shown(channel).filter((m) => m.id > seen && m.author.id !== state.me && mentions(m, state.me)).length;
}

/** commands are what Discord offers in the channel: a guild's own before global ones of the same name. */
export function commands(type: number): Command[] {
  if (!may(bit.commands)) return [];
  const guild = guildOf(state.channel)?.guild.id;
  const offered = (state.world?.commands ?? []).filter((c) => {
    if (c.type !== type || (c.guild_id && c.guild_id !== guild)) return false;
    if (!c.guild_id && c.contexts && !c.contexts.includes(guild ? 0 : 1)) return false;
    const needs = c.default_member_permissions;
    if (!needs || !guild || may(bit.administrator)) return true;
    const access = BigInt(channelState(state.channel)?.access[state.me] ?? 0);
    return needs !== "0" && (access & BigInt(needs)) === BigInt(needs);
  });
  const own = new Set(offered.filter((c) => c.guild_id).map((c) => c.name));
  return offered.filter((c) => c.guild_id || !own.has(c.name)).sort((a, b) => a.name.localeCompare(b.name));
}
