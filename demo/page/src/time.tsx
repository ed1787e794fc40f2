// Moments, as Discord writes them. Relative ones go on counting.

import { useEffect, useState } from "preact/hooks";

const locale = navigator.language || "en";
const form = (o: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, o);
const styles: Record<string, Intl.DateTimeFormat> = {
  t: form({ timeStyle: "short" }),
  T: form({ timeStyle: "medium" }),
  d: form({ dateStyle: "short" }),
  D: form({ dateStyle: "long" }),
  f: form({ dateStyle: "long", timeStyle: "short" }),
  F: form({ dateStyle: "full", timeStyle: "short" }),
  s: form({ dateStyle: "short", timeStyle: "short" }),
  S: form({ dateStyle: "short", timeStyle: "medium" }),
};
const relative = new Intl.RelativeTimeFormat(locale, { numeric: "always" }); // no "yesterday", as Discord
const now = new Intl.RelativeTimeFormat(locale, { numeric: "auto" }).format(0, "second");
const steps: [Intl.RelativeTimeFormatUnit, number][] = [
  ["year", 31536000], ["month", 2592000], ["day", 86400], ["hour", 3600], ["minute", 60],
];

export function ago(seconds: number): string {
  const d = Math.round(seconds - Date.now() / 1000);
  for (const [unit, size] of steps) {
    if (Math.abs(d) >= size) return relative.format(Math.trunc(d / size), unit);
  }
  return Math.abs(d) < 2 ? now : relative.format(d, "second");
}

// One clock for all that count.
const listeners = new Set<() => void>();
setInterval(() => listeners.forEach((tick) => tick()), 1000);

function Relative({ at }: { at: number }) {
  const [text, setText] = useState(() => ago(at));
  useEffect(() => {
    const tick = () => setText(ago(at));
    tick();
    listeners.add(tick);
    return () => void listeners.delete(tick);
  }, [at]);
  return <>{text}</>;
}

/** Stamp is a <t:…> of a text. */
export function Stamp({ at, style }: { at: number; style: string }) {
  const date = new Date(at * 1000);
  if (Number.isNaN(date.getTime())) return <span class="stamp">Invalid date</span>;
  return (
    <time class="stamp" dateTime={date.toISOString()} title={styles.F?.format(date)}>
      {style === "R" ? <Relative at={at} /> : (styles[style] ?? styles.f)?.format(date)}
    </time>
  );
}

/** dayOf is the day of a moment, for the line between days. */
export const dayOf = (iso: string) => styles.D?.format(new Date(iso)) ?? "";

/** shortTime is the time of the day, with the day when it is not today. */
export function shortTime(iso: string): string {
  const date = new Date(iso);
  const today = date.toDateString() === new Date().toDateString();
  return (today ? styles.t : styles.s)?.format(date) ?? "";
}

export const clock = (iso: string) => styles.t?.format(new Date(iso)) ?? "";
export const exact = (iso: string) => styles.F?.format(new Date(iso)) ?? "";
