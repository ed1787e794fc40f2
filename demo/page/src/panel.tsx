// What stands beside Discord: the members, the requests that made a message, and what can be made to happen.

import { useEffect, useMemo, useState } from "preact/hooks";
import { type ServiceRequest, scene, serviceRequests } from "./api";
import { useBack } from "./layer";
import { onLongPress, openUserMenu } from "./menus";
import { Avatar, Badge } from "./parts";
import { openProfile } from "./profile";
import { type Panel, set, state } from "./store";
import { Markdown, preview } from "./text";
import type { Message, Origin, Request, User } from "./types";
import { bit, guildOf, may, nameOf, present, usersIn } from "./world";

const tabs: [Panel, string][] = [["stage", "What next"], ["inspector", "Inspector"], ["members", "Members"]];

/** isOver tells whether the panel covers the whole page, as on a phone. */
const isOver = () => document.documentElement.clientWidth <= 760;

export function SidePanel() {
  useBack(state.panel !== "" && isOver(), () => set({ panel: "" }));
  if (!state.panel) return null;
  return (
    <aside class="panel" aria-label="Beside Discord">
      <div class="tabs">
        <div role="tablist" aria-label="Beside Discord">
        {tabs.map(([id, label]) => (
          <button
            key={id} type="button" role="tab" id={`tab-${id}`} aria-selected={state.panel === id} aria-controls="panel" tabIndex={state.panel === id ? 0 : -1}
            onClick={() => set({ panel: id })} onKeyDown={turn}
          >{label}</button>
        ))}
        </div>
        <button type="button" class="plain" aria-label="Close the panel" onClick={() => set({ panel: "" })}><span class="i i-x" /></button>
      </div>
      <div id="panel" role="tabpanel" aria-labelledby={`tab-${state.panel}`} class="panel-body" tabIndex={0}>
        {state.panel === "stage" && <StageView />}
        {state.panel === "inspector" && <Inspector />}
        {state.panel === "members" && <Members />}
      </div>
    </aside>
  );
}

function turn(e: KeyboardEvent): void {
  const step = e.key === "ArrowRight" ? 1 : e.key === "ArrowLeft" ? -1 : 0;
  if (!step) return;
  const at = tabs.findIndex(([id]) => id === state.panel);
  const next = tabs[(at + step + tabs.length) % tabs.length]?.[0] ?? "stage";
  set({ panel: next });
  document.getElementById(`tab-${next}`)?.focus();
}

function Members() {
  const all = usersIn(state.channel).filter((u) => !guildOf(state.channel) || may(bit.view, state.channel, u.id));
  const groups = [["Online", all.filter(present)], ["Offline", all.filter((u) => !present(u))]] as const;
  return (
    <>
      {groups.map(([label, users]) => users.length > 0 && (
        <section key={label} aria-label={label}>
          <h2>{label} — {users.length}</h2>
          <ul class="members">{users.map((u) => <MemberRow key={u.id} user={u} />)}</ul>
        </section>
      ))}
    </>
  );
}

function MemberRow({ user }: { user: User }) {
  const name = nameOf(user, state.channel);
  const press = useMemo(() => onLongPress((e) => openUserMenu(e, user)), [user]);
  const here = present(user);
  return (
    <li>
      <button type="button" class={`member${here ? "" : " away"}`} aria-haspopup="dialog" onClick={(e) => openProfile(e, user)} onContextMenu={(e) => openUserMenu(e, user)} {...press}>
        <span class={`presence${here ? " on" : ""}`}><Avatar user={user} name={name} small /></span>
        <span class="words"><span>{name} <Badge user={user} /></span><small>{user.id === state.world?.application.id ? (here ? "online" : "offline") : (state.stage?.cast[user.id] ?? "")}</small></span>
      </button>
    </li>
  );
}

function StageView() {
  const [busy, setBusy] = useState("");
  const stage = state.stage;
  if (!stage) return <p class="dim">Nothing can be made to happen here.</p>;
  const groups = [...new Set(stage.scenes.map((s) => s.group))];
  const play = async (id: string) => {
    setBusy(id);
    await scene(id);
    setBusy("");
    if (isOver()) set({ panel: "" });
  };
  return (
    <>
      {stage.tries.length > 0 && <h2>Try it</h2>}
      <ol class="tries">{stage.tries.map((t) => <li key={t}><Markdown text={t} channel={state.channel} /></li>)}</ol>
      {groups.map((g) => (
        <section key={g} aria-label={g}>
          <h2>{g}</h2>
          {stage.scenes.filter((s) => s.group === g).map((s) => (
            <button key={s.id} type="button" class="scene" data-scene={s.id} disabled={busy !== ""} onClick={() => void play(s.id)}>
              <span>{s.label}</span><small>{s.about}</small>
            </button>
          ))}
        </section>
      ))}
    </>
  );
}

function Inspector() {
  const m = [...state.messages.values()].flat().find((m) => m.id === state.selected);
  const own = m ? [...state.requests.values()].filter((r) => r.message === m.id || (m.interaction_metadata && madeBy(m.interaction_metadata, r.interaction))) : [];
  const service = useService(m, own.length);
  if (!m) {
    return (
      <>
        <h2>Inspector</h2>
        <p class="dim">Choose a message: its menu has <strong>Inspect Requests</strong>. Here you see the requests of the app that made it. Tokens are masked.</p>
      </>
    );
  }
  return (
    <>
      <h2>{nameOf(m.author, m.channel_id)}</h2>
      <p class="dim excerpt">{preview(m.content, m.channel_id) || `Message ${m.id}`}</p>
      <h3>Requests to Discord — {own.length}</h3>
      {own.length === 0 && <p class="dim">None: no request of the app made this message.</p>}
      <ul class="requests">{own.map((r, n) => <RequestRow key={r.id} r={r} start={Date.parse(own[0]?.at ?? r.at)} open={n === own.length - 1} />)}</ul>
      {service.length > 0 && (
        <>
          <h3>Meanwhile at {state.stage?.service} — {service.length}</h3>
          <ul class="requests">{service.map((r, n) => <ServiceRow key={n} r={r} start={Date.parse(own[0]?.at ?? r.at)} />)}</ul>
        </>
      )}
      <h3>The message itself</h3>
      <details class="request"><summary><b>JSON</b><code>{m.id}</code></summary><Json value={m} /></details>
    </>
  );
}

/** madeBy tells whether an interaction led to an answer: it is answered, or it opened the form that is. */
const madeBy = (o: Origin, interaction?: string) => interaction === o.id || (interaction !== undefined && interaction === o.triggering_interaction_metadata?.id);

/** useService are the requests to the service while the message was made. */
function useService(m: Message | undefined, version: number): ServiceRequest[] {
  const [list, setList] = useState<ServiceRequest[]>([]);
  const from = m?.interaction_metadata ? Date.parse(m.timestamp) - 3000 : 0;
  const to = m ? Date.parse(m.edited_timestamp ?? m.timestamp) + 1500 : 0;
  useEffect(() => {
    setList([]);
    if (!from) return;
    let gone = false;
    void serviceRequests(from, to).then((all) => { if (!gone) setList(all); });
    return () => { gone = true; };
  }, [m?.id, from, to, version]);
  return list;
}

const since = (at: string, start: number) => `+${((Date.parse(at) - start) / 1000).toFixed(2)} s`;

function RequestRow({ r, start, open }: { r: Request; start: number; open: boolean }) {
  const good = r.status >= 200 && r.status < 300;
  const [method, path] = [r.method, r.path.replace(/\?.*$/, "")];
  return (
    <li>
      <details class="request" open={open}>
        <summary>
          <b>{method}</b><code>{path.replace(/\d{15,}/g, (id) => `…${id.slice(-4)}`)}</code>
          <span class={`status ${good ? "good" : "bad"}`}>{r.status || "lost"}</span>
          <small>{since(r.at, start)} · {(r.duration / 1e6).toFixed(1)} ms</small>
        </summary>
        {r.error && <p class="trouble"><span class="i i-warn" />{r.error}{r.code ? ` (code ${r.code})` : ""}</p>}
        {r.fault && <p class="dim">Scripted fault: {r.fault}</p>}
        <p class="dim path">{r.method} /api/v{r.version}{r.path}</p>
        {(r.payload ?? r.array) && <Json value={r.payload ?? r.array} />}
        {r.files?.map((f) => <p class="dim" key={f.field}>{f.field}: {f.name}, {f.type}, {f.size} bytes</p>)}
      </details>
    </li>
  );
}

function ServiceRow({ r, start }: { r: ServiceRequest; start: number }) {
  let body: unknown = r.body;
  try {
    body = JSON.parse(r.body);
  } catch {
    // It is shown as it is.
  }
  return (
    <li>
      <details class="request">
        <summary><b>{r.method}</b><code>{r.path}</code><small>{since(r.at, start)}</small></summary>
        <p class="dim path">{r.method} {r.path}</p>
        {r.body && <Json value={body} />}
      </details>
    </li>
  );
}

function Json({ value }: { value: unknown }) {
  return <pre class="json" tabIndex={0}><code>{JSON.stringify(value, null, 2)}</code></pre>;
}
