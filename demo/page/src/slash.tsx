// A slash command that is being filled in: a chip for each option, suggestions above, and what is wrong with it.

import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { complete, plain, slash } from "./api";
import { type Entry, type Slot, type Suggestion, fixed, given, pickedBy, problem } from "./options";
import { Avatar, Dots, useID } from "./parts";
import { type CommandOption, option } from "./types";
import { bit, may } from "./world";

interface FormProps {
  entry: Entry;
  start: Record<string, string>;
  kept?: Record<string, Slot>; // as it was left
  onFill: (slots: Record<string, Slot>) => void;
  onClose: (keep?: string) => void;
}

export function SlashForm({ entry, start, kept, onFill, onClose }: FormProps) {
  const [slots, setSlots] = useState<Record<string, Slot>>(() => {
    if (kept) return kept;
    const out: Record<string, Slot> = {};
    for (const o of entry.options) if (o.required || o.name in start) out[o.name] = pickedBy(o, start[o.name] ?? "");
    return out;
  });
  const [at, setAt] = useState(entry.options[0]?.required ? entry.options[0].name : ""); // the option that is being filled in
  const [told, setTold] = useState<Record<string, string>>({});
  const [trouble, setTrouble] = useState("");
  const [sending, setSending] = useState(false);
  const [active, setActive] = useState(-1);
  const [shut, setShut] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const id = useID();
  const open = entry.options.filter((o) => o.name in slots);
  const rest = entry.options.filter((o) => !(o.name in slots));
  const current = entry.options.find((o) => o.name === at);
  const { list, state: asked } = useSuggestions(entry, current, slots);
  const listed = !shut && current !== undefined && list.length > 0;

  useLayoutEffect(() => {
    const chip = root.current?.querySelector<HTMLElement>(at ? `[data-option="${CSS.escape(at)}"] :is(input, button)` : ".send-command");
    chip?.focus();
  }, [at]);
  useEffect(() => onFill(slots), [slots]);
  useEffect(() => setActive(current && fixed(current) ? 0 : -1), [at, list.length]);

  useEffect(() => document.getElementById(`${id}-${active}`)?.scrollIntoView({ block: "nearest" }), [active, id]);

  const fill = (name: string, slot: Slot) => {
    setSlots((old) => ({ ...old, [name]: slot }));
    setTold((old) => ({ ...old, [name]: "" }));
    setTrouble("");
    setShut(false);
  };
  const next = () => {
    const n = open.findIndex((o) => o.name === at);
    const empty = open.slice(n + 1).find((o) => !slots[o.name]?.text);
    setAt(empty?.name ?? at);
    setShut(!empty); // the next one shows its values at once
  };
  const pick = (s: Suggestion | undefined) => {
    if (!current || !s) return;
    fill(current.name, { text: s.label, picked: s.value });
    next();
  };
  const add = (o: CommandOption) => {
    setSlots((old) => ({ ...old, [o.name]: { text: "" } }));
    setAt(o.name);
    setShut(false);
  };
  const drop = (name: string) => {
    setSlots(({ [name]: _, ...others }) => others);
    const n = open.findIndex((o) => o.name === name);
    setAt(open[n - 1]?.name ?? open[n + 1]?.name ?? "");
  };
  const send = async () => {
    const bad = Object.fromEntries(open.map((o) => [o.name, problem(o, slots[o.name])]));
    setTold(bad);
    const first = open.find((o) => bad[o.name]);
    if (first || sending) {
      if (first) setAt(first.name);
      return;
    }
    const files: File[] = [];
    const values = open.filter((o) => slots[o.name]?.text || slots[o.name]?.file).map((o) => given(o, slots[o.name] ?? { text: "" }, files));
    setSending(true);
    try {
      const refusal = await slash(entry.path, values, files);
      if (!refusal) {
        onClose();
        return;
      }
      setTrouble(refusal);
    } catch (e) {
      setTrouble(plain(e));
    }
    setSending(false);
  };
  const key = (e: KeyboardEvent, o?: CommandOption) => {
    const slot = o && slots[o.name];
    if (listed && (e.key === "ArrowDown" || e.key === "ArrowUp")) {
      setActive((active + (e.key === "ArrowDown" ? 1 : -1) + list.length) % list.length);
    } else if (listed && (e.key === "Enter" || (e.key === "Tab" && !e.shiftKey)) && active >= 0) pick(list[active]);
    else if (e.key === "Enter") void send();
    else if (e.key === "Escape") {
      if (listed) setShut(true);
      else onClose();
    } else if (e.key === "Backspace" && o && !slot?.text && !slot?.file) {
      if (o.required) onClose(`/${entry.path}`);
      else drop(o.name);
    } else if (e.key === "Backspace" && !o && open.length === 0) onClose(`/${entry.path}`);
    else return;
    e.preventDefault();
  };
  const error = trouble || (at && told[at]) || Object.values(told).find(Boolean) || "";
  return (
    <div class="composer" ref={root}>
      <div class="suggest" tabIndex={0}>
        <div class="suggest-about">
          <strong>/{entry.path}</strong>
          <span>{current ? <><b>{current.name}</b> {current.description}{!current.required && <em> (optional)</em>}</> : entry.description}</span>
        </div>
        {error && <p class="trouble" role="alert" id={`${id}-bad`}><span class="i i-warn" />{error}</p>}
        {asked === "asking" && list.length === 0 && <p class="nothing"><Dots /> Loading options…</p>}
        {asked === "failed" && <p class="nothing trouble">Loading options failed</p>}
        {listed && (
          <div role="listbox" id={id} aria-label={`Values for ${current.name}`}>
            {list.map((s, n) => (
              <div
                key={`${s.label} ${String(s.value)}`} id={`${id}-${n}`} role="option" aria-selected={n === active} class={`option${n === active ? " active" : ""}`}
                onPointerMove={() => n !== active && setActive(n)} onPointerDown={(e) => e.preventDefault()} onClick={() => pick(s)}
              >
                {s.user && <Avatar user={s.user} name={s.label.slice(1)} small />}
                <span class="words">{s.label}</span>
              </div>
            ))}
          </div>
        )}
        {rest.length > 0 && (
          <div class="more-options" role="group" aria-label="Optional">
            <small>Optional</small>
            {rest.map((o) => <button type="button" key={o.name} title={o.description} onPointerDown={(e) => e.preventDefault()} onClick={() => add(o)}>+ {o.name}</button>)}
          </div>
        )}
      </div>
      <div class="bar command-bar" role="group" aria-label={`Command /${entry.path}`}>
        <span class="chip name">/{entry.path}</span>
        {open.map((o) => {
          const s = slots[o.name] ?? { text: "" };
          const bad = told[o.name];
          return (
            <span key={o.name} class={`chip${o.name === at ? " at" : ""}${bad ? " bad" : ""}`} data-option={o.name} onFocusIn={() => { if (at !== o.name) { setAt(o.name); setShut(false); } }}>
              <span class="key">{o.name}</span>
              {o.type === option.attachment ? <FileSlot o={o} slot={s} bad={bad} onFile={(file) => fill(o.name, { text: file?.name ?? "", file })} onKey={(e) => key(e, o)} /> : (
                <input
                  type="text" value={s.text} size={Math.max(2, Math.min(60, [...s.text].length + 1))} autoComplete="off" spellcheck={false}
                  inputMode={o.type === option.integer ? "numeric" : o.type === option.number ? "decimal" : undefined}
                  aria-label={`${o.name}: ${o.description}`} aria-invalid={Boolean(bad)} aria-required={o.required} aria-describedby={bad ? `${id}-bad` : undefined}
                  role="combobox" aria-autocomplete="list" aria-expanded={listed && o.name === at} aria-controls={listed && o.name === at ? id : undefined}
                  aria-activedescendant={listed && o.name === at && active >= 0 ? `${id}-${active}` : undefined}
                  onInput={(e) => fill(o.name, { text: e.currentTarget.value })} onKeyDown={(e) => key(e, o)} onBlur={(e) => {
                    if (s.picked === undefined && s.text && fixed(o)) setSlots((old) => ({ ...old, [o.name]: pickedBy(o, e.currentTarget.value) }));
                  }}
                />
              )}
            </span>
          );
        })}
        <span class="grow" />
        <button type="button" class="plain send-command" aria-label="Send the command" aria-busy={sending} disabled={!may(bit.commands)} onKeyDown={(e) => e.key !== "Enter" && key(e)} onClick={() => void send()}><span class="i i-send" /></button>
        <button type="button" class="plain" aria-label="Cancel the command" onClick={() => onClose()}><span class="i i-x" /></button>
      </div>
    </div>
  );
}

interface FileSlotProps {
  o: CommandOption;
  slot: Slot;
  bad?: string;
  onFile: (f: File | undefined) => void;
  onKey: (e: KeyboardEvent) => void;
}

function FileSlot({ o, slot, bad, onFile, onKey }: FileSlotProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button type="button" class="file-slot" aria-label={`${slot.file?.name ?? "Choose a file"}. ${o.name}: ${o.description}`} aria-invalid={Boolean(bad)} onKeyDown={(e) => e.key !== "Enter" && onKey(e)} onClick={() => input.current?.click()}>
        {slot.file?.name ?? "Choose a file"}
      </button>
      <input ref={input} type="file" hidden aria-label={o.name} onChange={(e) => onFile(e.currentTarget.files?.[0])} />
    </>
  );
}

const patience = 180; // milliseconds without a key before the application is asked

/** useSuggestions are the values for the option that is being filled in: its own, or those that the application gives. */
function useSuggestions(entry: Entry, o: CommandOption | undefined, slots: Record<string, Slot>): { list: Suggestion[]; state: "" | "asking" | "failed" } {
  const [answer, setAnswer] = useState<{ key: string; list: Suggestion[]; failed?: boolean }>({ key: "", list: [] });
  const slot = o ? slots[o.name] : undefined;
  const text = slot?.text ?? "";
  const live = o?.autocomplete === true;
  const key = live ? `${o.name} ${text}` : "";
  useEffect(() => {
    if (!live || slot?.picked !== undefined) return;
    const stop = new AbortController();
    const others = entry.options.filter((p) => p !== o && p.type !== option.attachment && slots[p.name]?.text && !problem(p, slots[p.name])).map((p) => given(p, slots[p.name] ?? { text: "" }, []));
    const timer = setTimeout(() => {
      complete(entry.path, o.name, text, others, stop.signal)
        .then((choices) => setAnswer({ key, list: choices.map((c) => ({ label: c.name, value: o.type === option.string ? c.value : Number(c.value) })) }))
        .catch(() => { if (!stop.signal.aborted) setAnswer({ key, list: [], failed: true }); });
    }, patience);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [key, live, slot?.picked]);
  if (!o || slot?.picked !== undefined) return { list: [], state: "" };
  if (live) {
    const same = answer.key === key;
    const of = answer.key.startsWith(`${o.name} `);
    return { list: of ? answer.list : [], state: same ? (answer.failed ? "failed" : "") : "asking" };
  }
  const wanted = text.replace(/^[@#]/, "").toLowerCase();
  return { list: (fixed(o) ?? []).filter((s) => s.label.toLowerCase().includes(wanted)), state: "" };
}
