// Small things that stand in many places.

import type { ComponentChildren } from "preact";
import { useRef, useState } from "preact/hooks";
import { state } from "./store";
import type { User } from "./types";
import { people } from "./world";

const hues = ["#5865f2", "#3a7c4f", "#a3572c", "#9b3f7c", "#2f7a8c", "#7a4fc0", "#8a6d1a", "#b0413e"];

/** hue is a colour that belongs to an id: each person has their own, as far as the colours go. */
function hue(id: string): string {
  const at = people().findIndex((m) => m.user.id === id);
  if (at >= 0) return hues[(at + 1) % hues.length] ?? "#5865f2";
  let sum = 0;
  for (const c of id) sum = (sum * 31 + c.charCodeAt(0)) % 9973;
  return hues[sum % hues.length] ?? "#5865f2";
}

export const colourOf = (user: User) => (isApp(user) ? "#248046" : hue(user.id));

/** Avatar is a round with a letter: nobody here has a picture. */
export function Avatar({ user, name, small, large }: { user: User; name: string; small?: boolean; large?: boolean }) {
  return (
    <span class={`avatar${small ? " small" : ""}${large ? " large" : ""}${user.bot ? " bot" : ""}`} style={{ background: colourOf(user) }} aria-hidden="true">
      {[...name][0]?.toUpperCase()}
    </span>
  );
}

export function Badge({ user }: { user: User }) {
  return user.bot ? <span class="badge">APP</span> : null;
}

interface PressProps {
  class: string;
  label?: string; // what it is called, unless its words say so
  title?: string;
  onPress: (e: Event) => void;
  onMenu?: (e: Event) => void;
  children: ComponentChildren;
}

/** Press is a button among the words of a text: it breaks into lines as they do, which a real one would not. */
export function Press({ class: name, label, title, onPress, onMenu, children }: PressProps) {
  return (
    <span
      role="button" tabIndex={0} class={`press ${name}`} aria-label={label} title={title} onClick={onPress} onContextMenu={onMenu}
      onKeyDown={(e) => {
        if (e.key !== "Enter" && e.key !== " ") return;
        e.preventDefault();
        e.stopPropagation();
        onPress(e);
      }}
    >{children}</span>
  );
}

export const isApp = (user: User) => user.id === state.world?.application.id;

export function Dots() {
  return <span class="dots" aria-hidden="true"><i /><i /><i /></span>;
}

/** EmojiView shows an emoji of a button or an option; ones of a server have no picture here. */
export function EmojiView({ emoji }: { emoji?: { name?: string; id?: string | null } }) {
  if (!emoji?.name) return null;
  return <span class="emoji" aria-hidden="true">{emoji.id ? "▢" : emoji.name}</span>;
}

let ids = 0;

/** useID gives an id that nothing else on the page has. */
export function useID(): string {
  return useState(() => `u${++ids}`)[0];
}

/** useStable gives a function that never changes and does what the latest one does. */
export function useStable<A extends unknown[], R>(f: (...a: A) => R): (...a: A) => R {
  const latest = useRef(f);
  latest.current = f;
  return useRef((...a: A) => latest.current(...a)).current;
}
