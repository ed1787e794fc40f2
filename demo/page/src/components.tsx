// Components of messages, old and new.

import { useEffect, useState } from "preact/hooks";
import { choose, press } from "./api";
import { FileCard, Gallery, type Picture } from "./media";
import { Dots, EmojiView, isApp } from "./parts";
import { Select, preset } from "./select";
import { say, state } from "./store";
import { Markdown } from "./text";
import { type Component, type Message, kind } from "./types";

const styles = ["", "primary", "secondary", "success", "danger", "link-button", "primary"];

export function Components({ message: m, of }: { message: Message; of: Component[] }) {
  return (
    <div class="components">
      {of.map((c, n) => <One key={c.id ?? n} c={c} m={m} />)}
      {state.troubles.has(m.id) && <p class="trouble" role="alert"><span class="i i-warn" />{state.troubles.get(m.id)}</p>}
    </div>
  );
}

function One({ c, m }: { c: Component; m: Message }) {
  switch (c.type) {
    case kind.row:
      return <div class="row">{(c.components ?? []).map((p, n) => <Part key={p.custom_id ?? n} c={p} m={m} />)}</div>;
    case kind.container:
      return <Container c={c} m={m} />;
    case kind.section:
      return (
        <div class="section">
          <div>{(c.components ?? []).map((p, n) => <One key={n} c={p} m={m} />)}</div>
          {c.accessory && <Part c={c.accessory} m={m} />}
        </div>
      );
    case kind.text:
      return <Markdown text={c.content ?? ""} channel={m.channel_id} />;
    case kind.gallery:
      return <Gallery pictures={(c.items ?? []).map((i): Picture => ({ media: i.media, alt: i.description ?? "", spoiler: i.spoiler ?? false }))} />;
    case kind.file:
      return <FileCard url={c.file?.url ?? ""} name={c.name ?? "file"} size={c.size ?? 0} spoiler={c.spoiler} />;
    case kind.separator:
      return <div class={`separator s${c.spacing ?? 1}`} role={c.divider === false ? "presentation" : "separator"} data-line={c.divider !== false} />;
    default:
      return <Part c={c} m={m} />;
  }
}

function Container({ c, m }: { c: Component; m: Message }) {
  const [hidden, setHidden] = useState(c.spoiler ?? false);
  const colour = c.accent_color == null ? undefined : `#${c.accent_color.toString(16).padStart(6, "0")}`;
  return (
    <div class={`container${colour ? " accent" : ""}${hidden ? " hidden" : ""}`} style={colour ? { borderLeftColor: colour } : undefined}>
      {hidden && <button type="button" class="cover" onClick={() => setHidden(false)}>SPOILER</button>}
      <div class="inside" inert={hidden}>{(c.components ?? []).map((p, n) => <One key={p.id ?? n} c={p} m={m} />)}</div>
    </div>
  );
}

/** Part is what stands in a row or beside a section. */
function Part({ c, m }: { c: Component; m: Message }) {
  switch (c.type) {
    case kind.button:
      return <Button c={c} m={m} />;
    case kind.thumbnail:
      return <div class="thumb"><Gallery pictures={[{ media: c.media ?? { url: "" }, alt: c.description ?? "", spoiler: c.spoiler ?? false }]} /></div>;
    case kind.select: case kind.userSelect: case kind.roleSelect: case kind.mentionableSelect: case kind.channelSelect:
      return <Menu c={c} m={m} />;
    default:
      return <p class="unknown">This kind of component ({c.type}) cannot be shown here.</p>;
  }
}

function Button({ c, m }: { c: Component; m: Message }) {
  const busy = state.busy.get(m.id);
  const mine = busy !== undefined && busy === c.custom_id;
  const label = <><EmojiView emoji={c.emoji} />{c.label && <span>{c.label}</span>}</>;
  if (c.style === 5) {
    return <a class="btn link-button" href={c.url} target="_blank" rel="noreferrer noopener">{label}<span class="i i-out" /></a>;
  }
  const foreign = !isApp(m.author);
  return (
    <button
      type="button" class={`btn ${styles[c.style ?? 2] ?? "secondary"}${mine ? " busy" : ""}`} disabled={c.disabled || (busy !== undefined && !mine)}
      aria-busy={mine} onClick={() => (foreign ? say("This button belongs to another app, which is not played here.") : void press(m, c))}
    >
      <span class="label">{label}</span>
      {mine && <Dots />}
    </button>
  );
}

function Menu({ c, m }: { c: Component; m: Message }) {
  const [values, setValues] = useState<string[] | null>(null);
  useEffect(() => setValues(null), [c]); // an edit says what is chosen
  return (
    <Select
      component={c} channel={m.channel_id} values={values ?? preset(c)} busy={state.busy.has(m.id)}
      onChoose={(v) => {
        setValues(v);
        void choose(m, c, v);
      }}
    />
  );
}

