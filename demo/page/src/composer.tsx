// The message field: words, files, and the way into slash commands.

import { useEffect, useRef, useState } from "preact/hooks";
import { write } from "./api";
import { title } from "./chat";
import { bytes } from "./media";
import { Avatar, useID } from "./parts";
import { type Entry, entries, typed } from "./options";
import { SlashForm } from "./slash";
import { type Draft, set, state } from "./store";
import { bit, may, nameOf } from "./world";

/** focusField puts the cursor where one writes: into the message field, or the option that is being filled in. */
export function focusField(): void {
  document.querySelector<HTMLElement>(".composer :is(textarea, .chip.at input, .chip input, .send-command)")?.focus();
}

/** typing takes what is typed anywhere but in a field or a list to the message field. */
function typing(e: KeyboardEvent): void {
  const sign = e.key.length === 1 && e.key !== " " && !e.ctrlKey && !e.metaKey && !e.altKey;
  if (sign && !(e.target as Element).closest("input, textarea, dialog, [popover], [role=tablist]")) focusField();
}

export function Composer() {
  useEffect(() => {
    document.addEventListener("keydown", typing);
    return () => document.removeEventListener("keydown", typing);
  }, []);
  // Words and a half-filled command belong to one person in one channel, and wait there for them.
  const place = `${state.channel} ${state.me}`;
  return <Field key={place} place={place} />;
}

function Field({ place }: { place: string }) {
  const [draft] = useState<Draft>(() => state.drafts.get(place) ?? { text: "", files: [], command: null });
  const [text, setText] = useState(draft.text);
  const [files, setFiles] = useState(draft.files);
  const [command, setCommand] = useState(draft.command);
  const [active, setActive] = useState(0);
  const [shut, setShut] = useState(false); // the list of commands was closed
  const field = useRef<HTMLTextAreaElement>(null);
  const picker = useRef<HTMLInputElement>(null);
  const id = useID();
  const maySend = may(bit.send);

  state.drafts.set(place, { text, files, command });
  useEffect(() => {
    const mention = (e: Event) => {
      setText((t) => `${t}${t && !t.endsWith(" ") ? " " : ""}<@${(e as CustomEvent<string>).detail}> `);
      field.current?.focus();
    };
    document.addEventListener("mention", mention);
    const begin = (e: Event) => pick(entries().find((o) => o.path === (e as CustomEvent<string>).detail));
    document.addEventListener("command", begin);
    return () => {
      document.removeEventListener("mention", mention);
      document.removeEventListener("command", begin);
    };
  }, []);
  useEffect(() => {
    if (state.replyTo) field.current?.focus();
  }, [state.replyTo]);
  useEffect(() => grow(field.current), [text, command]);
  const pick = (entry: Entry | undefined, values: Record<string, string> = {}) => entry && setCommand({ entry, values });

  if (command) {
    return <SlashForm key={command.entry.path} entry={command.entry} start={command.values} kept={command.slots} onFill={(slots) => { command.slots = slots; }} onClose={(keep) => { setCommand(null); setText(keep ?? ""); setTimeout(() => field.current?.focus()); }} />;
  }

  const query = /^\/[^\n]*$/.test(text) ? text.slice(1).toLowerCase() : null;
  const all = query === null ? [] : entries();
  const found = all.filter((e) => e.path.includes(query ?? "")).sort((a, b) => a.path.indexOf(query ?? "") - b.path.indexOf(query ?? ""));
  const listed = query !== null && !shut && found.length > 0;
  const at = Math.min(active, Math.max(0, found.length - 1));
  const change = (next: string) => {
    setShut(false);
    setActive(0);
    const known = typed(next);
    if (known) pick(known.entry, known.values);
    else setText(next);
  };
  const send = () => {
    const words = text.trim();
    if (!words && files.length === 0) return;
    setText("");
    setFiles([]);
    void write(words, files).then((ok) => {
      if (!ok) setText(words);
    });
  };
  const take = (list: FileList | null | undefined) => list && setFiles((old) => [...old, ...list].slice(0, 10));
  const key = (e: KeyboardEvent) => {
    if (listed) {
      if (e.key === "ArrowDown") setActive((at + 1) % found.length);
      else if (e.key === "ArrowUp") setActive((at - 1 + found.length) % found.length);
      else if (e.key === "Enter" || e.key === "Tab") pick(found[at]);
      else if (e.key === "Escape") setShut(true);
      else return;
      e.preventDefault();
      return;
    }
    if (e.key === "Enter" && !e.shiftKey && !e.isComposing) {
      e.preventDefault();
      send();
    } else if (e.key === "Escape") set({ replyTo: null });
    else if (e.key === "ArrowUp" && text === "") {
      const mine = (state.messages.get(state.channel) ?? []).findLast((m) => m.author.id === state.me);
      if (mine) set({ editing: mine.id });
    }
  };
  const name = title(state.channel);
  return (
    <div class="composer" onDragOver={(e) => e.preventDefault()} onDrop={(e) => { e.preventDefault(); take(e.dataTransfer?.files); }}>
      {listed && <CommandList id={id} found={found} at={at} onPick={pick} onActive={setActive} />}
      {query !== null && all.length === 0 && <div class="suggest"><p class="nothing">{state.world?.online ? "There are no commands here." : "The app is not connected and has registered no commands yet."}</p></div>}
      {state.replyTo && (
        <div class="replying">
          <span>Replying to <strong>{nameOf(state.replyTo.author, state.channel)}</strong></span>
          <button type="button" class="plain" aria-label="Do not reply" onClick={() => set({ replyTo: null })}><span class="i i-x" /></button>
        </div>
      )}
      {files.length > 0 && (
        <ul class="tray" aria-label="Files to send">
          {files.map((f, n) => <li key={n}><span class="i i-file" /><span class="name">{f.name}</span><small>{bytes(f.size)}</small><button type="button" class="plain" aria-label={`Remove ${f.name}`} onClick={() => setFiles(files.filter((o) => o !== f))}><span class="i i-x" /></button></li>)}
        </ul>
      )}
      <div class="bar">
        <button type="button" class="plain plus" aria-label="Add a file" disabled={!maySend || !may(bit.attach)} onClick={() => picker.current?.click()}><span class="i i-plus" /></button>
        <input ref={picker} type="file" multiple hidden aria-label="Files" onChange={(e) => { take(e.currentTarget.files); e.currentTarget.value = ""; }} />
        <textarea
          ref={field} rows={1} value={text} maxLength={2000} disabled={!maySend} spellcheck={false}
          placeholder={maySend ? `Message ${name.startsWith("#") ? name : `@${name}`}` : "You do not have permission to send messages in this channel."}
          aria-label={`Message ${name}`} aria-controls={listed ? id : undefined}
          aria-activedescendant={listed ? `${id}-${at}` : undefined} aria-autocomplete={listed ? "list" : undefined}
          onInput={(e) => change(e.currentTarget.value)} onKeyDown={key}
          onPaste={(e) => { if (e.clipboardData?.files.length) { e.preventDefault(); take(e.clipboardData.files); } }}
        />
        <button type="button" class="plain slash" aria-label="Use a command" title="Use a command" onClick={() => { change("/"); field.current?.focus(); }}>/</button>
        <button type="button" class="plain send" aria-label="Send" disabled={!text.trim() && files.length === 0} onClick={send}><span class="i i-send" /></button>
      </div>
    </div>
  );
}

function grow(e: HTMLTextAreaElement | null): void {
  if (!e) return;
  e.style.height = "auto";
  e.style.height = `${Math.min(e.scrollHeight, 220)}px`;
}

interface CommandListProps {
  id: string;
  found: Entry[];
  at: number;
  onPick: (e: Entry) => void;
  onActive: (n: number) => void;
}

function CommandList({ id, found, at, onPick, onActive }: CommandListProps) {
  const app = state.world?.application;
  useEffect(() => document.getElementById(`${id}-${at}`)?.scrollIntoView({ block: "nearest" }), [at, id]);
  return (
    <div class="suggest" tabIndex={0}>
      <p class="suggest-head">{app && <Avatar user={app.bot} name={app.name} small />}{app?.name}</p>
      <div role="listbox" id={id} aria-label="Commands">
        {found.map((e, n) => (
          <div
            key={e.path} id={`${id}-${n}`} role="option" aria-selected={n === at} class={`option${n === at ? " active" : ""}`}
            onPointerMove={() => n !== at && onActive(n)} onPointerDown={(ev) => ev.preventDefault()} onClick={() => onPick(e)}
          >
            <span class="words">
              <span class="command">/{e.path}{e.options.map((o) => <>{" "}<code class={o.required ? "need" : ""}>{o.name}</code></>)}</span>
              <small>{e.description}</small>
            </span>
          </div>
        ))}
      </div>
    </div>
  );
}
