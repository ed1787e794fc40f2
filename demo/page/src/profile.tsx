// The profile of a user, by a press on their name or face.

import { Layer, type Place, placeOf } from "./layer";
import { openUserMenu } from "./menus";
import { Avatar, Badge, colourOf } from "./parts";
import { changed, state } from "./store";
import type { User } from "./types";
import { bit, guildOf, may, memberOf, nameOf, present, roleOf } from "./world";

let open: { at: Place; user: User; from: Element } | null = null;

/** openProfile shows who somebody is, beside what was pressed. */
export function openProfile(e: Event, user: User): void {
  e.preventDefault();
  e.stopPropagation();
  const from = e.currentTarget as Element;
  open = { at: placeOf(from), user, from };
  changed();
}

function close(): void {
  const from = open?.from;
  open = null;
  changed();
  if (from instanceof HTMLElement && from.isConnected) from.focus({ preventScroll: true });
}

/** Profile shows the profile that is open. */
export function Profile() {
  if (!open) return null;
  const { at, user } = open;
  const here = state.channel;
  const member = memberOf(here, user.id);
  const name = nameOf(user, here);
  const roles = (member?.roles ?? []).map((id) => roleOf(here, id)?.name ?? "").filter(Boolean);
  const about = state.stage?.cast[user.id] ?? (user.bot ? "app" : "");
  return (
    <Layer key={user.id} at={at} onClose={close} class="profile">
      <div
        role="dialog" aria-label={`Profile of ${name}`}
        onKeyDown={(e) => {
          if (e.key !== "Escape") return;
          e.stopPropagation();
          e.preventDefault();
          close();
        }}
      >
        <div class="strip" style={{ background: colourOf(user) }} />
        <span class={`presence${present(user) ? " on" : ""}`}><Avatar user={user} name={name} large /></span>
        <p class="who"><strong>{name}</strong> <Badge user={user} /></p>
        <p class="handle">{user.username}{about && ` • ${about}`}</p>
        {roles.length > 0 && <><h2>Roles</h2><ul class="roles">{roles.map((r) => <li key={r}>{r}</li>)}</ul></>}
        {!member && guildOf(here) && <p class="handle">Not a member of this server</p>}
        <footer>
          {may(bit.send) && <button autoFocus type="button" class="btn primary small" onClick={() => { close(); document.dispatchEvent(new CustomEvent("mention", { detail: user.id })); }}>Mention</button>}
          <button
            autoFocus={!may(bit.send)} type="button" class="btn secondary small" aria-haspopup="menu"
            onClick={(e) => {
              close();
              openUserMenu(e, user);
            }}
          >More, and apps</button>
        </footer>
      </div>
    </Layer>
  );
}
