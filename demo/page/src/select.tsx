// Select menus of all kinds, in messages and in modals.

import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { Layer, type Place, placeOf } from "./layer";
import { Avatar, EmojiView, useStable, useID } from "./parts";
import { state } from "./store";
import { type Component, type Emoji, type User, kind } from "./types";
import { guildOf, nameOf, usersIn, visible } from "./world";

export interface Row {
  value: string;
  label: string;
  description?: string;
  emoji?: Emoji;
  user?: User;
  mark?: string; // @ or # before the label
}

/** rowsOf are the choices of a select menu in a channel. */
export function rowsOf(c: Component, channel: string): Row[] {
  const guild = guildOf(channel);
  const rows: Row[] = [];
  if (c.type === kind.select) {
    rows.push(...(c.options ?? []).map((o) => ({ value: o.value, label: o.label, description: o.description, emoji: o.emoji })));
  }
  if (c.type === kind.userSelect || c.type === kind.mentionableSelect) {
    rows.push(...usersIn(channel).map((u) => ({ value: u.id, label: nameOf(u, channel), user: u })));
  }
  if (c.type === kind.roleSelect || c.type === kind.mentionableSelect) {
    rows.push(...(guild?.guild.roles ?? []).map((r) => ({ value: r.id, label: r.name.replace(/^@/, ""), mark: "@" })));
  }
  if (c.type === kind.channelSelect) {
    rows.push(...(guild?.channels ?? [])
      .filter((s) => visible(s.channel.id) && (!c.channel_types?.length || c.channel_types.includes(s.channel.type)))
      .map((s) => ({ value: s.channel.id, label: s.channel.name ?? "", mark: "#" })));
  }
  return rows;
}

/** preset are the values that a menu starts with. */
export function preset(c: Component): string[] {
  const own = (c.options ?? []).filter((o) => o.default).map((o) => o.value);
  return own.length > 0 ? own : (c.default_values ?? []).map((d) => d.id);
}

interface SelectProps {
  component: Component;
  channel: string;
  values: string[];
  /** Tells what is chosen, once the list closes or at once when there is only one to choose. */
  onChoose: (values: string[]) => void;
  busy?: boolean;
  labelledBy?: string;
  invalid?: boolean;
}

export function Select({ component: c, channel, values, onChoose, busy, labelledBy, invalid }: SelectProps) {
  const [open, setOpen] = useState<Place | null>(null);
  const rows = useMemo(() => rowsOf(c, channel), [c, channel, state.world]);
  const button = useRef<HTMLButtonElement>(null);
  const id = useID();
  const chosen = values.map((v) => rows.find((r) => r.value === v)).filter((r) => r !== undefined);
  const close = (next?: string[]) => {
    setOpen(null);
    button.current?.focus({ preventScroll: true });
    if (next) onChoose(next);
  };
  const placeholder = c.placeholder ?? (c.type === kind.select ? "Make a selection" : "Select");
  return (
    <>
      <button
        ref={button} type="button" id={id} class={`select${invalid ? " invalid" : ""}`} disabled={c.disabled || busy}
        aria-haspopup="listbox" aria-expanded={open !== null}
        aria-labelledby={labelledBy ? `${labelledBy} ${id}` : undefined}
        onClick={(e) => setOpen(open ? null : placeOf(e.currentTarget))}
        onKeyDown={(e) => {
          if (e.key === "ArrowDown" || e.key === "ArrowUp") {
            e.preventDefault();
            setOpen(placeOf(e.currentTarget));
          }
        }}
      >
        <span class={chosen.length > 0 ? "chosen" : "placeholder"}>
          {chosen.length === 0 ? placeholder : chosen.map((r) => <span class="pick" key={r.value}><EmojiView emoji={r.emoji} />{r.mark}{r.label}</span>)}
        </span>
        <span class="i i-down" />
      </button>
      {open && <List component={c} rows={rows} channel={channel} values={values} at={open} onClose={close} />}
    </>
  );
}

interface ListProps {
  component: Component;
  rows: Row[];
  channel: string;
  values: string[];
  at: Place;
  onClose: (values?: string[]) => void;
}

function List({ component: c, rows, channel, values, at, onClose }: ListProps) {
  const low = c.required === false ? 0 : (c.min_values ?? 1);
  const high = c.max_values ?? 1;
  const several = high > 1 || low === 0;
  const [picked, setPicked] = useState(values);
  const [text, setText] = useState("");
  const [active, setActive] = useState(Math.max(0, rows.findIndex((r) => values.includes(r.value))));
  const id = useID();
  const field = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const found = rows.filter((r) => r.label.toLowerCase().includes(text.toLowerCase()));
  const search = c.type !== kind.select || rows.length > 10;

  useEffect(() => list.current?.querySelector(`#${CSS.escape(`${id}-${active}`)}`)?.scrollIntoView({ block: "nearest" }), [active, id]);

  const done = useStable(() => {
    const same = picked.length === values.length && picked.every((v) => values.includes(v));
    onClose(several && !same && picked.length >= low ? picked : undefined);
  });
  const toggle = (r: Row | undefined) => {
    if (!r) return;
    if (!several) {
      onClose([r.value]);
      return;
    }
    const has = picked.includes(r.value);
    if (has) setPicked(picked.filter((v) => v !== r.value));
    else if (high === 1) setPicked([r.value]);
    else if (picked.length < high) setPicked([...picked, r.value]);
  };
  const key = (e: KeyboardEvent) => {
    switch (e.key) {
      case "ArrowDown": setActive((active + 1) % Math.max(1, found.length)); break;
      case "ArrowUp": setActive((active - 1 + found.length) % Math.max(1, found.length)); break;
      case "Home": setActive(0); break;
      case "End": setActive(found.length - 1); break;
      case "Enter": toggle(found[active]); break;
      case " ": if (e.target === field.current) return; toggle(found[active]); break;
      case "Escape": case "Tab": done(); break;
      default: return;
    }
    e.preventDefault();
    e.stopPropagation();
  };
  const active_ = found[active] ? `${id}-${active}` : undefined;
  return (
    <Layer at={at} onClose={done} class="list" wide>
      {search && (
        <input
          ref={field} autoFocus class="search" type="text" role="combobox" aria-expanded="true" aria-controls={id} aria-activedescendant={active_}
          aria-label="Search" placeholder="Search" value={text} onKeyDown={key}
          onInput={(e) => { setText(e.currentTarget.value); setActive(0); }}
        />
      )}
      <div ref={list} autoFocus={!search} id={id} role="listbox" aria-label={c.placeholder ?? "Choices"} aria-multiselectable={several} tabIndex={search ? -1 : 0} aria-activedescendant={active_} onKeyDown={key}>
        {found.map((r, n) => {
          const on = picked.includes(r.value);
          return (
            <div
              key={r.value} id={`${id}-${n}`} role="option" aria-selected={on} class={`option${n === active ? " active" : ""}${on ? " on" : ""}`}
              onPointerMove={() => n !== active && setActive(n)} onClick={() => toggle(r)}
              aria-disabled={several && !on && high > 1 && picked.length >= high}
            >
              {r.user ? <Avatar user={r.user} name={nameOf(r.user, channel)} small /> : r.mark ? <span class="mark" aria-hidden="true">{r.mark}</span> : <EmojiView emoji={r.emoji} />}
              <span class="words"><span>{r.label}</span>{r.description && <small>{r.description}</small>}</span>
              {several && <span class={`box${on ? " on" : ""}`} aria-hidden="true" />}
            </div>
          );
        })}
        {found.length === 0 && <div class="nothing" role="option" aria-selected="false" aria-disabled="true">Nope! Nothing matches.</div>}
      </div>
      {several && <div class="foot"><span>{low === high ? `Choose ${low}` : `Choose ${low} to ${high}`}</span><button type="button" class="btn primary small" disabled={picked.length < low} onClick={done}>Done</button></div>}
    </Layer>
  );
}
