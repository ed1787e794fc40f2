// Discord's objects, as far as the page looks into them.

export interface User {
  id: string;
  username: string;
  global_name: string | null;
  bot?: boolean;
}

export interface Member {
  user: User;
  nick: string | null;
  roles: string[];
}

export interface Role {
  id: string;
  name: string;
}

export interface Channel {
  id: string;
  type: number;
  name?: string;
  guild_id?: string;
  recipients?: User[];
  permission_overwrites?: { id: string; deny: string }[];
}

export interface Guild {
  id: string;
  name: string;
  roles: Role[];
}

export interface Emoji {
  id?: string | null;
  name?: string;
}

export interface Media {
  url: string;
  width?: number;
  height?: number;
  content_type?: string;
}

export interface SelectOption {
  label: string;
  value: string;
  description?: string;
  emoji?: Emoji;
  default?: boolean;
}

/** A component of a message or a modal. Which fields are there depends on type. */
export interface Component {
  type: number;
  id?: number;
  custom_id?: string;
  components?: Component[];
  component?: Component;
  accessory?: Component;
  content?: string;
  label?: string;
  description?: string;
  style?: number;
  url?: string;
  emoji?: Emoji;
  disabled?: boolean;
  placeholder?: string;
  options?: SelectOption[];
  min_values?: number;
  max_values?: number;
  channel_types?: number[];
  default_values?: { id: string; type: string }[];
  items?: { media: Media; description?: string; spoiler?: boolean }[];
  media?: Media;
  file?: Media;
  name?: string;
  size?: number;
  spoiler?: boolean;
  accent_color?: number | null;
  divider?: boolean;
  spacing?: number;
  required?: boolean;
  min_length?: number;
  max_length?: number;
  value?: string;
  default?: boolean;
}

export interface Attachment {
  id: string;
  filename: string;
  description?: string;
  content_type?: string;
  size: number;
  url: string;
  width?: number;
  height?: number;
  flags: number;
}

export interface Embed {
  title?: string;
  description?: string;
  url?: string;
  color?: number;
  timestamp?: string;
  author?: { name: string; url?: string; icon_url?: string };
  footer?: { text: string; icon_url?: string };
  image?: Media;
  thumbnail?: Media;
  fields?: { name: string; value: string; inline?: boolean }[];
}

/** The interaction that a message answers; of a form's answer also the one that opened the form. */
export interface Origin {
  id: string;
  type: number;
  name?: string;
  user: User;
  triggering_interaction_metadata?: Origin;
}

export interface Message {
  id: string;
  channel_id: string;
  author: User;
  type: number;
  content: string;
  timestamp: string;
  edited_timestamp: string | null;
  flags: number;
  mentions: User[];
  mention_roles: string[];
  mention_everyone: boolean;
  attachments: Attachment[];
  embeds: Embed[];
  components: Component[];
  message_reference?: { type?: number; message_id: string };
  message_snapshots?: { message: Message }[];
  interaction_metadata?: Origin;
  /** Who alone sees an ephemeral message. */
  viewer?: string;
  deleted?: boolean;
}

export interface CommandOption {
  type: number;
  name: string;
  description: string;
  required?: boolean;
  autocomplete?: boolean;
  choices?: { name: string; value: string | number }[];
  options?: CommandOption[];
  min_value?: number;
  max_value?: number;
  min_length?: number;
  max_length?: number;
  channel_types?: number[];
}

export interface Command {
  id: string;
  type: number;
  name: string;
  description: string;
  guild_id?: string;
  options?: CommandOption[];
  contexts?: number[] | null;
  default_member_permissions?: string | null;
}

export interface Modal {
  custom_id: string;
  title: string;
  components: Component[];
}

/** An interaction as its user's client sees it. */
export interface Interaction {
  id: string;
  kind: number;
  name?: string;
  user: string;
  channel: string;
  source?: string;
  phase: "waiting" | "answered" | "failed";
  original?: string;
  modal?: Modal;
  /** Why the client would not send it. */
  refusal?: string;
}

export interface RequestFile {
  field: string;
  name: string;
  type: string;
  size: number;
}

/** A REST request that the application made. */
export interface Request {
  id: number;
  at: string;
  duration: number;
  method: string;
  path: string;
  version: number;
  payload?: Record<string, unknown>;
  array?: unknown[];
  files?: RequestFile[];
  status: number;
  code?: number;
  error?: string;
  fault?: string;
  interaction?: string;
  message?: string;
}

export interface Violation {
  request: number;
  method: string;
  path: string;
  status: number;
  code: number;
  detail: string;
}

export interface ChannelState {
  channel: Channel;
  messages: Message[] | null;
  access: Record<string, number>;
}

export interface GuildState {
  guild: Guild;
  members: Member[];
  channels: ChannelState[] | null;
}

export interface World {
  seq: number;
  application: { id: string; name: string; bot: User };
  online: boolean;
  guilds: GuildState[] | null;
  dms: ChannelState[] | null;
  commands: Command[] | null;
}

export interface Change {
  seq: number;
  kind: string;
  channel?: string;
  interaction?: string;
  message?: Message;
  request?: Request;
  violation?: Violation;
  view?: Interaction;
  world?: World;
}

export type Frame =
  | { type: "hello"; cdn: string; snapshot: World; requests: Request[] | null }
  | { type: "changes"; changes: Change[] };

/** What stands beside Discord: who is who, and what can be made to happen. */
export interface Stage {
  cast: Record<string, string>;
  as: string;
  open: string;
  service: string;
  tries: string[];
  scenes: { id: string; group: string; label: string; about: string }[];
}

export const flag = { ephemeral: 1 << 6, loading: 1 << 7, v2: 1 << 15 };

export const kind = {
  row: 1, button: 2, select: 3, input: 4, userSelect: 5, roleSelect: 6, mentionableSelect: 7, channelSelect: 8, section: 9,
  text: 10, thumbnail: 11, gallery: 12, file: 13, separator: 14, container: 17, label: 18, upload: 19, radio: 21,
  checkboxes: 22, checkbox: 23,
};

export const option = {
  subcommand: 1, group: 2, string: 3, integer: 4, boolean: 5, user: 6, channel: 7, role: 8, mentionable: 9, number: 10,
  attachment: 11,
};
