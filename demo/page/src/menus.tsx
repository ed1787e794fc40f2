// The menus of messages and members, by right-click, long press, keyboard or button.

import { useEffect, useRef, useState } from "preact/hooks";
import { copy, link, remove, use } from "./api";
import { Layer, type Place, placeOf } from "./layer";
import { changed, set, state } from "./store";
import { type Message, type User, flag } from "./types";
import { bit, commands, memberOf, may, nameOf } from "./world";

interface Item {
  label: string;
  hint?: string;
  icon?: string;
  danger?: boolean;
  do?: () => void;
  more?: Item[]; // a menu beside this one
  empty?: string; // shown when more is empty
}

let open: { at: Place; items: Item[]; label: string; from: Element | null } | null = null;

function show(at: Place, label: string, items: Item[]): void {
  open = { at, items, label, from: document.activeElement };
  changed();
}

export function closeMenu(): void {
  const from = open?.from;
  open = null;
  changed();
  if (from instanceof HTMLElement && from.isConnected) from.focus({ preventScroll: true });
}

/** where is the place of an event: of the pointer, or of the element when it came by the keyboard. */
function where(e: Event): Place {
  const target = e.currentTarget as Element;
  if (e instanceof MouseEvent && (e.clientX || e.clientY) && e.detail !== 0) return { x: e.clientX, y: e.clientY };
  if (e instanceof PointerEvent && e.type === "contextmenu" && (e.clientX || e.clientY)) return { x: e.clientX, y: e.clientY };
  return placeOf(target);
}

function apps(type: number, target: { message?: string; user?: string }): Item {
  const app = state.world?.application.name ?? "";
  return {
    label: "Apps", icon: "apps", empty: "No app offers anything here",
    more: commands(type).map((c) => ({ label: c.name, hint: app, do: () => void use(c.name, target) })),
  };
}

/** openMessageMenu opens the menu of a message at the place of an event, or at a place. */
export function openMessageMenu(e: Event, m: Message, at = where(e)): void {
  e.preventDefault();
  e.stopPropagation();
  const items: Item[] = [apps(3, { message: m.id })];
  const hidden = (m.flags & flag.ephemeral) !== 0;
  if (!hidden && may(bit.send)) items.push({ label: "Reply", icon: "reply", do: () => set({ replyTo: m }) });
  if (m.author.id === state.me) items.push({ label: "Edit Message", icon: "edit", do: () => set({ editing: m.id }) });
  items.push({ label: "Inspect Requests", icon: "inspect", do: () => set({ panel: "inspector", selected: m.id }) });
  if (m.content) items.push({ label: "Copy Text", icon: "copy", do: () => void copy(m.content, "Text") });
  items.push({ label: "Copy Message Link", icon: "link", do: () => void copy(link(m), "Link") });
  items.push({ label: "Copy Message ID", icon: "id", do: () => void copy(m.id, "ID") });
  if (hidden) items.push({ label: "Dismiss Message", icon: "trash", danger: true, do: () => void remove(m) });
  else if (m.author.id === state.me || may(bit.manageMessages)) {
    items.push({ label: "Delete Message", icon: "trash", danger: true, do: () => void remove(m) });
  }
  show(at, "Message", items);
}

/** openUserMenu opens the menu of a user, member or not. */
export function openUserMenu(e: Event, user: User): void {
  e.preventDefault();
  e.stopPropagation();
  const items: Item[] = [apps(2, { user: user.id })];
  if (may(bit.send)) {
    items.push({ label: "Mention", icon: "reply", do: () => document.dispatchEvent(new CustomEvent("mention", { detail: user.id })) });
  }
  items.push({ label: "Copy User ID", icon: "id", do: () => void copy(user.id, "ID") });
  const name = nameOf(user, state.channel);
  show(where(e), memberOf(state.channel, user.id) ? name : `${name} (not a member here)`, items);
}

/** Menus shows the menu that is open. */
export function Menus() {
  return open && <MenuLayer key={`${open.at.x},${open.at.y},${open.label}`} {...open} />;
}

function MenuLayer({ at, items, label }: { at: Place; items: Item[]; label: string }) {
  const [inner, setInner] = useState<{ item: Item; at: Place } | null>(null);
  useEffect(() => {
    // While the focus is on its way from one menu to the other.
    const escape = (e: KeyboardEvent) => {
      if (e.key === "Escape" && !(e.target as Element).closest(".menu")) closeMenu();
    };
    document.addEventListener("keydown", escape);
    return () => document.removeEventListener("keydown", escape);
  }, []);
  const narrow = document.documentElement.clientWidth < 560;
  if (inner && narrow) {
    return (
      <Layer at={at} onClose={closeMenu} class="menu">
        <MenuList label={inner.item.label} items={inner.item.more ?? []} empty={inner.item.empty} onBack={() => setInner(null)} back />
      </Layer>
    );
  }
  return (
    <>
      <Layer at={at} onClose={inner ? nothing : closeMenu} class="menu">
        <MenuList
          label={label} items={items} opened={inner?.item}
          onMore={(item, from) => setInner({ item, at: beside(from) })} onOther={() => setInner(null)} inPlace={narrow}
        />
      </Layer>
      {inner && (
        <Layer at={inner.at} onClose={closeMenu} class="menu">
          <MenuList label={inner.item.label} items={inner.item.more ?? []} empty={inner.item.empty} onBack={() => setInner(null)} />
        </Layer>
      )}
    </>
  );
}

function nothing(): void {}

function beside(from: Element): Place {
  const r = from.getBoundingClientRect();
  const right = r.right + 230 < document.documentElement.clientWidth;
  return { x: right ? r.right + 6 : Math.max(8, r.left - 226), y: r.top - 8 };
}

interface ListProps {
  label: string;
  items: Item[];
  empty?: string;
  opened?: Item;
  back?: boolean;
  inPlace?: boolean; // what opens takes this menu's place: only a press may do that
  onMore?: (item: Item, from: Element) => void;
  onOther?: () => void;
  onBack?: () => void;
}

function MenuList({ label, items, empty, opened, back, inPlace, onMore, onOther, onBack }: ListProps) {
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => {
    ref.current?.querySelector<HTMLElement>('[role="menuitem"]')?.focus();
  }, [label]);
  useEffect(() => {
    // The menu beside this one has closed.
    if (!opened && !ref.current?.contains(document.activeElement)) ref.current?.querySelector<HTMLElement>("[aria-haspopup]")?.focus();
  }, [opened]);
  const key = (e: KeyboardEvent) => {
    const all = [...(ref.current?.querySelectorAll<HTMLElement>('[role="menuitem"]') ?? [])];
    const at = all.indexOf(document.activeElement as HTMLElement);
    const focus = (n: number) => all.at(n % all.length)?.focus();
    switch (e.key) {
      case "ArrowDown": focus(at + 1); break;
      case "ArrowUp": focus(at - 1); break;
      case "Home": focus(0); break;
      case "End": focus(-1); break;
      case "ArrowRight": if (items[at]?.more) all[at]?.click(); break;
      case "ArrowLeft": onBack?.(); break;
      case "Escape": if (onBack) onBack(); else closeMenu(); break;
      case "Tab": closeMenu(); break;
      default: return;
    }
    e.preventDefault();
    e.stopPropagation();
  };
  const pick = (item: Item, from: Element) => {
    if (item.more) {
      onMore?.(item, from);
      return;
    }
    closeMenu();
    item.do?.();
  };
  return (
    <div ref={ref} role="menu" aria-label={label} tabIndex={-1} onKeyDown={key}>
      {back && <button autoFocus type="button" role="menuitem" class="menu-item back" onClick={onBack}><span class="i i-back" />Back</button>}
      {items.length === 0 && <div role="menuitem" tabIndex={-1} aria-disabled="true" class="menu-item empty">{empty}</div>}
      {items.map((i, n) => (
        <button
          autoFocus={n === 0 && !back} type="button" role="menuitem" key={i.label} class={`menu-item${i.danger ? " danger" : ""}`}
          aria-haspopup={i.more ? "menu" : undefined} aria-expanded={i.more ? opened === i : undefined}
          onClick={(e) => pick(i, e.currentTarget)}
          onPointerEnter={(e) => {
            if (e.pointerType !== "mouse" || inPlace) return;
            if (i.more && opened !== i) onMore?.(i, e.currentTarget);
            else if (!i.more) onOther?.();
          }}
        >
          <span class="menu-label">{i.label}{i.hint && <small>{i.hint}</small>}</span>
          {i.more ? <span class="i i-right" /> : i.icon && <span class={`i i-${i.icon}`} />}
        </button>
      ))}
    </div>
  );
}

/** onLongPress are the handlers that open a menu when a finger rests. */
export function onLongPress(act: (e: Event, at: Place) => void) {
  let timer = 0;
  const cancel = () => clearTimeout(timer);
  return {
    onPointerDown: (e: PointerEvent) => {
      if (e.pointerType !== "touch") return;
      const at = { x: e.clientX, y: e.clientY };
      timer = window.setTimeout(() => {
        swallowClick();
        act(e, at);
      }, 450);
    },
    onPointerMove: (e: PointerEvent) => {
      if (Math.hypot(e.movementX, e.movementY) > 6) cancel();
    },
    onPointerUp: cancel,
    onPointerCancel: cancel,
  };
}

/** swallowClick keeps the lifting of the finger from pressing what it was on, or the menu that is there now. */
function swallowClick(): void {
  const swallow = (e: Event) => {
    e.preventDefault();
    e.stopPropagation();
  };
  const lifted = () => setTimeout(() => {
    document.removeEventListener("click", swallow, true);
    document.removeEventListener("pointerup", lifted, true);
    document.removeEventListener("pointercancel", lifted, true);
  }, 100);
  document.addEventListener("click", swallow, true);
  document.addEventListener("pointerup", lifted, true);
  document.addEventListener("pointercancel", lifted, true);
}
