// Embeds.

import { Gallery } from "./media";
import { local } from "./store";
import { Markdown } from "./text";
import { shortTime } from "./time";
import type { Embed } from "./types";

export function EmbedView({ embed: e, channel }: { embed: Embed; channel: string }) {
  const colour = e.color === undefined ? undefined : `#${e.color.toString(16).padStart(6, "0")}`;
  const name = (text: string, url?: string) => (url ? <a href={url} target="_blank" rel="noreferrer noopener">{text}</a> : text);
  return (
    <article class="embed" style={colour ? { borderLeftColor: colour } : undefined}>
      <div class="embed-text">
        {e.author && <div class="embed-author">{e.author.icon_url && <img src={local(e.author.icon_url)} alt="" />}{name(e.author.name, e.author.url)}</div>}
        {e.title && <div class="embed-title">{name(e.title, e.url)}</div>}
        {e.description && <Markdown text={e.description} channel={channel} />}
        {e.fields && e.fields.length > 0 && (
          <dl class="fields">
            {e.fields.map((f, n) => (
              <div key={n} class={f.inline ? "inline" : ""}>
                <dt><Markdown text={f.name} channel={channel} /></dt>
                <dd><Markdown text={f.value} channel={channel} /></dd>
              </div>
            ))}
          </dl>
        )}
      </div>
      {e.thumbnail && <div class="embed-thumb"><Gallery pictures={[{ media: e.thumbnail, alt: "", spoiler: false }]} /></div>}
      {e.image && <div class="embed-image"><Gallery pictures={[{ media: e.image, alt: "", spoiler: false }]} /></div>}
      {(e.footer || e.timestamp) && (
        <div class="embed-foot">
          {e.footer?.icon_url && <img src={local(e.footer.icon_url)} alt="" />}
          {e.footer?.text}{e.footer && e.timestamp ? " • " : ""}{e.timestamp && <time dateTime={e.timestamp}>{shortTime(e.timestamp)}</time>}
        </div>
      )}
    </article>
  );
}
