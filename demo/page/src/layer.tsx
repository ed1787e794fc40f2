// What lies over the page and is tied to a place in it: menus and lists. The browser's own top layer keeps them above
// everything, dialogs too.

import type { ComponentChildren } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { useStable } from "./parts";

export interface Place {
  x: number;
  y: number;
  width?: number; // of what it is tied to; it is placed below, or above where there is no room
  height?: number;
}

export const placeOf = (e: Element): Place => {
  const r = e.getBoundingClientRect();
  return { x: r.left, y: r.top, width: r.width, height: r.height };
};

interface Watcher extends EventTarget {
  destroy(): void;
}

/** useBack lets Escape and a phone's way back close what is open, where the browser has a CloseWatcher for that. */
export function useBack(open: boolean, close: () => void): void {
  const latest = useStable(close);
  useEffect(() => {
    const { CloseWatcher } = window as { CloseWatcher?: new () => Watcher };
    if (!open || !CloseWatcher) return;
    const watcher = new CloseWatcher();
    watcher.addEventListener("close", latest);
    return () => watcher.destroy();
  }, [open]);
}

interface LayerProps {
  at: Place;
  onClose: () => void;
  children: ComponentChildren;
  class?: string;
  wide?: boolean; // as wide as what it is tied to
  above?: boolean; // rather above
}

const margin = 8;

/** Layer shows its children at a place, puts the focus on the one with autoFocus, and stays until something outside is pressed. */
export function Layer({ at, onClose, children, class: name = "", wide, above }: LayerProps) {
  const ref = useRef<HTMLDivElement>(null);
  useBack(true, onClose);
  useLayoutEffect(() => {
    const e = ref.current;
    if (!e) return;
    if (!e.matches(":popover-open")) e.showPopover();
    if (wide && at.width) e.style.width = `${at.width}px`;
    const { width, height } = e.getBoundingClientRect();
    const w = document.documentElement.clientWidth;
    const h = document.documentElement.clientHeight;
    const below = at.y + (at.height ?? 0) + (at.height ? 4 : 0);
    const over = at.y - height - 4;
    const top = above ? (over >= margin ? over : below) : below + height > h - margin && at.height && over >= margin ? over : below;
    e.style.left = `${Math.max(margin, Math.min(at.x, w - width - margin))}px`;
    e.style.top = `${Math.max(margin, Math.min(top, h - height - margin))}px`;
  });
  useEffect(() => {
    const outside = (ev: Event) => {
      const target = ev.target as Element;
      const menus = name === "menu" && target.closest?.(".menu"); // a menu beside a menu belongs to it
      if (ref.current && !ref.current.contains(target) && !menus) onClose();
    };
    // Not the press that opened it.
    const timer = setTimeout(() => {
      document.addEventListener("pointerdown", outside, true);
      document.addEventListener("contextmenu", outside, true);
    });
    // A keyboard that comes up on a phone changes the height alone.
    const width = window.innerWidth;
    const resized = () => window.innerWidth !== width && onClose();
    window.addEventListener("resize", resized);
    return () => {
      clearTimeout(timer);
      document.removeEventListener("pointerdown", outside, true);
      document.removeEventListener("contextmenu", outside, true);
      window.removeEventListener("resize", resized);
    };
  }, [onClose, name]);
  return <div ref={ref} popover="manual" class={`layer ${name}`}>{children}</div>;
}
