// The page: places on the left, the channel in the middle, what stands beside Discord on the right.

import { render } from "preact";
import { useRef, useState } from "preact/hooks";
import { become, go, readStage } from "./api";
import { Chat, title } from "./chat";
import { Composer, focusField } from "./composer";
import { Layer, type Place, placeOf, useBack } from "./layer";
import { Lightbox } from "./media";
import { Menus } from "./menus";
import { ModalDialog } from "./modal";
import { SidePanel } from "./panel";
import { Avatar } from "./parts";
import { Profile } from "./profile";
import { type Panel, follow, onChange, remember, remembered, set, state } from "./store";
import type { ChannelState, GuildState } from "./types";
import { bit, calls, guildOf, may, nameOf, people, unread, visible } from "./world";

function App() {
  useBack(state.drawer, () => set({ drawer: false }));
  if (!state.world) return <p class="boot" role="status">{state.lost ? "The playground has gone. Waiting for it …" : "Connecting …"}</p>;
  return (
    <div class={`page${state.panel ? " with-panel" : ""}${state.drawer ? " with-drawer" : ""}`}>
      <button type="button" class="skip" onClick={focusField}>Skip to the message field</button>
      <Places />
      {state.drawer && <button type="button" class="shade" aria-label="Close the channel list" onClick={() => set({ drawer: false })} />}
      <main class="main" aria-label={title(state.channel)}>
        <Head />
        {state.lost && <p class="banner" role="alert">The playground does not answer. Trying again …</p>}
        {!state.lost && !state.world.online && <p class="banner" role="status">{state.world.application.name} is offline just now.</p>}
        <Chat />
        <Composer />
        <Menus />
        <Profile />
      </main>
      <SidePanel />
      <ModalDialog />
      <Lightbox />
      <div class="toast" role="status" aria-live="polite">{state.toast && <span>{state.toast}</span>}</div>
    </div>
  );
}

function Head() {
  const dm = !guildOf(state.channel);
  const toggle = (panel: Panel) => set({ panel: state.panel === panel ? "" : panel });
  const button = (panel: Panel, icon: string, label: string) => (
    <button type="button" class={`plain${state.panel === panel ? " on" : ""}`} aria-label={label} title={label} aria-pressed={state.panel === panel} onClick={() => toggle(panel)}><span class={`i i-${icon}`} /></button>
  );
  return (
    <header class="head">
      <button type="button" class="plain burger" aria-label="Channels" aria-expanded={state.drawer} onClick={() => set({ drawer: !state.drawer })}><span class="i i-menu" /></button>
      <span class="hash" aria-hidden="true">{dm ? "@" : "#"}</span>
      <h1>{title(state.channel).replace(/^#/, "")}</h1>
      <span class="grow" />
      {button("stage", "stage", "What happens next")}
      {button("inspector", "inspect", "Inspector")}
      {button("members", "members", "Members")}
    </header>
  );
}

/** first is the channel to open of several. */
function first(channels: ChannelState[] | null): string {
  return (channels ?? []).find((c) => visible(c.channel.id))?.channel.id ?? "";
}

const initials = (name: string) => name.split(/\s+/).map((w) => [...w][0]).join("").slice(0, 3);

function Places() {
  const here = guildOf(state.channel);
  const dms = (state.world?.dms ?? []).filter((c) => visible(c.channel.id));
  const mine = (state.world?.guilds ?? []).filter((g) => g.members.some((m) => m.user.id === state.me));
  return (
    <nav class="places" aria-label="Servers and channels">
      <ul class="rail" aria-label="Servers">
        <li>
          <button type="button" class={`guild${here ? "" : " on"}`} aria-label="Direct messages" title="Direct messages" aria-current={here ? undefined : "true"} disabled={dms.length === 0} onClick={() => go(dms[0]?.channel.id ?? "")}><span class="i i-chat" /></button>
        </li>
        {mine.map((g) => (
          <li key={g.guild.id}>
            <button type="button" class={`guild${here === g ? " on" : ""}`} aria-label={g.guild.name} title={g.guild.name} aria-current={here === g ? "true" : undefined} onClick={() => here !== g && go(first(g.channels))}>{initials(g.guild.name)}</button>
          </li>
        ))}
      </ul>
      <div class="sidebar">
        <div class="server">{here?.guild.name ?? "Direct Messages"}</div>
        <Channels here={here} dms={dms} />
        <Me />
      </div>
    </nav>
  );
}

function Channels({ here, dms }: { here: GuildState | undefined; dms: ChannelState[] }) {
  const app = state.world?.application;
  const row = (c: ChannelState, label: string, icon: preact.ComponentChild, called = calls(c.channel.id)) => (
    <li key={c.channel.id}>
      <button type="button" class={`channel${c.channel.id === state.channel ? " on" : ""}${unread(c.channel.id) ? " unread" : ""}`} aria-current={c.channel.id === state.channel ? "page" : undefined} onClick={() => go(c.channel.id)}>{icon}<span>{label}</span>{unread(c.channel.id) && <span class="sr">unread</span>}{called > 0 && <span class="calls" role="img" aria-label={`${called} mention${called > 1 ? "s" : ""}`}>{called}</span>}</button>
    </li>
  );
  if (!here) {
    return (
      <ul class="channels" aria-label="Direct messages">
        {dms.map((c) => row(c, app?.name ?? "app", app && <span class={`presence${state.world?.online ? " on" : ""}`}><Avatar user={app.bot} name={app.name} small /></span>))}
      </ul>
    );
  }
  const seen = (here.channels ?? []).filter((c) => may(bit.view, c.channel.id));
  const shut = (c: ChannelState) => c.channel.permission_overwrites?.some((o) => o.id === here.guild.id && (BigInt(o.deny) >> 10n) % 2n === 1n);
  return (
    <div class="channels">
      <h2>Text channels</h2>
      <ul aria-label="Text channels">
        {seen.map((c) => row(c, c.channel.name ?? "", <span class={`i ${c.channel.type >= 10 && c.channel.type <= 12 ? "i-thread" : shut(c) ? "i-lock" : "i-hash"}`} role="img" aria-label={shut(c) ? "private" : "text"} />))}
      </ul>
    </div>
  );
}

/** Me shows as whom the visitor acts, and lets them be somebody else. */
function Me() {
  const [open, setOpen] = useState<Place | null>(null);
  const all = people();
  const me = all.find((m) => m.user.id === state.me)?.user;
  if (!me) return null;
  const name = nameOf(me, state.channel);
  return (
    <div class="me">
      <button type="button" class="me-button" aria-haspopup="menu" aria-expanded={open !== null} onClick={(e) => setOpen(placeOf(e.currentTarget))}>
        <span class="presence on"><Avatar user={me} name={name} small /></span>
        <span class="words"><span>{name}</span><small>{state.stage?.cast[me.id] ?? "acts"}</small></span>
        <span class="i i-up" />
        <span class="sr">. Act as somebody else</span>
      </button>
      <Theme />
      {open && <Switcher at={open} onClose={() => setOpen(null)} />}
    </div>
  );
}

function Switcher({ at, onClose }: { at: Place; onClose: () => void }) {
  const ref = useRef<HTMLDivElement>(null);
  const key = (e: KeyboardEvent) => {
    const all = [...(ref.current?.querySelectorAll<HTMLElement>("button") ?? [])];
    const n = all.indexOf(document.activeElement as HTMLElement);
    if (e.key === "ArrowDown") all[(n + 1) % all.length]?.focus();
    else if (e.key === "ArrowUp") all.at(n - 1)?.focus();
    else if (e.key === "Escape" || e.key === "Tab") onClose();
    else return;
    e.preventDefault();
    e.stopPropagation(); // what lies below stays open
  };
  return (
    <Layer at={at} onClose={onClose} class="menu switcher" above>
      <div ref={ref} role="menu" aria-label="Act as" tabIndex={-1} onKeyDown={key}>
        <p class="menu-head" role="presentation">Act as</p>
        {people().map((m) => (
          <button
            key={m.user.id} autoFocus={m.user.id === state.me} type="button" role="menuitemradio" aria-checked={m.user.id === state.me} class="menu-item"
            onClick={() => { become(m.user.id); onClose(); }}
          >
            <Avatar user={m.user} name={nameOf(m.user, state.channel)} small />
            <span class="menu-label">{nameOf(m.user, state.channel)}<small>{state.stage?.cast[m.user.id]}</small></span>
            {m.user.id === state.me && <span class="i i-check" />}
          </button>
        ))}
      </div>
    </Layer>
  );
}

function Theme() {
  const dark = document.documentElement.dataset.theme === "dark";
  const flip = () => {
    const theme = dark ? "light" : "dark";
    remember("theme", theme);
    document.documentElement.dataset.theme = theme;
    set({});
  };
  return <button type="button" class="plain" aria-label={dark ? "Light theme" : "Dark theme"} title={dark ? "Light theme" : "Dark theme"} onClick={flip}><span class={`i ${dark ? "i-sun" : "i-moon"}`} /></button>;
}

const wide = matchMedia("(min-width: 1100px)").matches;
const light = matchMedia("(prefers-color-scheme: light)");
/** dress follows the system, until the visitor has chosen a theme. */
function dress(): void {
  document.documentElement.dataset.theme = remembered("theme") || (light.matches ? "light" : "dark");
  set({});
}
document.addEventListener("keydown", (e) => {
  if (e.key === "Escape" && state.drawer) set({ drawer: false });
});

const root = document.getElementById("app");
if (root) {
  onChange(() => {
    document.title = state.world ? `${title(state.channel)} · ${state.world.application.name}` : "Playground";
    render(<App />, root);
  });
}
state.panel = wide ? "stage" : "";
dress();
light.addEventListener("change", dress);
follow(readStage);
