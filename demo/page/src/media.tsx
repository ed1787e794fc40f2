// Pictures, files and the lightbox.

import { useEffect, useRef, useState } from "preact/hooks";
import { local, set, state } from "./store";
import type { Attachment, Media } from "./types";

export interface Picture {
  media: Media;
  alt: string;
  spoiler: boolean;
}

const isPicture = (m: Media) => (m.content_type?.startsWith("image/") ?? true) && (m.width ?? 1) > 0;

function show(pictures: Picture[], at: number): void {
  set({ lightbox: { items: pictures.map((p) => ({ src: local(p.media.url), alt: p.alt })), at } });
}

/** Gallery is one to ten pictures as Discord lays them out. */
export function Gallery({ pictures }: { pictures: Picture[] }) {
  return (
    <ul class={`gallery n${Math.min(pictures.length, 10)}`} aria-label={pictures.length > 1 ? `${pictures.length} pictures` : "Picture"}>
      {pictures.map((p, n) => <li key={`${n} ${p.media.url}`}><Tile picture={p} single={pictures.length === 1} onOpen={() => show(pictures, n)} /></li>)}
    </ul>
  );
}

function Tile({ picture: p, single, onOpen }: { picture: Picture; single: boolean; onOpen: () => void }) {
  const [hidden, setHidden] = useState(p.spoiler);
  const [broken, setBroken] = useState(false);
  const { width = 400, height = 300 } = p.media;
  const shrink = Math.min(1, 550 / width, 350 / height);
  const size = single ? { width: `${Math.round(width * shrink)}px`, aspectRatio: `${width} / ${height}` } : undefined;
  if (broken || !isPicture(p.media)) {
    return <div class="tile broken" style={size} role="img" aria-label={p.alt || "A picture that cannot be shown"}><span class="i i-broken" />{p.alt}</div>;
  }
  return (
    <button
      type="button" class={`tile${hidden ? " hidden" : ""}`} style={size}
      aria-label={hidden ? "Spoiler. Show the picture" : `Open picture: ${p.alt || "no description"}`}
      onClick={() => (hidden ? setHidden(false) : onOpen())}
    >
      <img src={local(p.media.url)} alt="" width={width} height={height} decoding="async" onError={() => setBroken(true)} />
      {hidden && <span class="cover" aria-hidden="true" />}
      {!hidden && p.alt && <span class="alt" aria-hidden="true" title={p.alt} />}
    </button>
  );
}

/** Attachments are the files of a message that no component shows. */
export function Attachments({ attachments }: { attachments: Attachment[] }) {
  const pictures = attachments.filter((a) => a.content_type?.startsWith("image/") && (a.width ?? 0) > 0);
  const others = attachments.filter((a) => !pictures.includes(a));
  return (
    <>
      {pictures.length > 0 && <Gallery pictures={pictures.map((a) => ({ media: a, alt: a.description ?? "", spoiler: (a.flags & 32) !== 0 }))} />}
      {others.map((a) => <FileCard key={a.id} url={a.url} name={a.filename} size={a.size} spoiler={(a.flags & 32) !== 0} />)}
    </>
  );
}

export function FileCard({ url, name, size, spoiler = false }: { url: string; name: string; size: number; spoiler?: boolean }) {
  const [hidden, setHidden] = useState(spoiler);
  return (
    <div class={`file${hidden ? " hidden" : ""}`}>
      {hidden && <button type="button" class="cover" aria-label="Spoiler. Show the file" onClick={() => setHidden(false)}>SPOILER</button>}
      <span class="i i-file" />
      <div inert={hidden}>
        <a href={local(url)} download={name} target="_blank" rel="noreferrer noopener">{name}</a>
        <small>{bytes(size)}</small>
      </div>
    </div>
  );
}

export function bytes(n: number): string {
  if (n < 1024) return `${n} bytes`;
  return n < 1024 * 1024 ? `${(n / 1024).toFixed(2)} KB` : `${(n / 1024 / 1024).toFixed(2)} MB`;
}

/** Lightbox shows the picture that was opened, over everything. */
export function Lightbox() {
  const box = state.lightbox;
  const ref = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const d = ref.current;
    if (d && !d.open) d.showModal();
  }, [box !== null]);
  if (!box) return null;
  const { items, at } = box;
  const now = items[at];
  if (!now) return null;
  const close = () => set({ lightbox: null });
  const turn = (by: number) => set({ lightbox: { items, at: (at + by + items.length) % items.length } });
  return (
    <dialog
      ref={ref} class="lightbox" aria-label={`Picture ${at + 1} of ${items.length}`} onClose={close}
      onClick={(e) => { if (!(e.target as Element).closest("img, button, a, figcaption")) close(); }}
      onKeyDown={(e) => {
        if (items.length > 1 && (e.key === "ArrowRight" || e.key === "ArrowLeft")) turn(e.key === "ArrowRight" ? 1 : -1);
      }}
    >
      <figure>
        <img key={now.src} src={now.src} alt={now.alt} />
        <figcaption>
          {now.alt && <span class="caption">{now.alt}</span>}
          <span>{items.length > 1 && `${at + 1} of ${items.length} · `}<a href={now.src} target="_blank" rel="noreferrer noopener">Open in browser</a></span>
        </figcaption>
      </figure>
      {items.length > 1 && <button type="button" class="turn left" aria-label="Previous picture" onClick={() => turn(-1)}><span class="i i-back" /></button>}
      {items.length > 1 && <button type="button" class="turn right" aria-label="Next picture" onClick={() => turn(1)}><span class="i i-right" /></button>}
      <button type="button" class="close" aria-label="Close" autoFocus onClick={close}><span class="i i-x" /></button>
    </dialog>
  );
}
