-- What a team does with its cards: stars, notes, tags, sheets, recipes, settings, an audit log; and what finds them again.
-- +goose Up

-- card is made anew. What is big moves into a table of its own, so that lists never read it and columns can be added
-- behind the others. owner may be NULL: a deleted card is nobody's, so that no query can find it and no index minds it.
CREATE TABLE card_new (
    id            INTEGER PRIMARY KEY, -- grows with number within a scope
    scope         TEXT    NOT NULL,
    number        INTEGER NOT NULL,
    owner         TEXT, -- the member who alone sees it; '' for everyone of the scope; NULL when it is deleted
    asker         TEXT    NOT NULL,
    ask           TEXT    NOT NULL, -- the ask that made it
    seed          INTEGER NOT NULL CHECK (seed BETWEEN 0 AND 4294967295),
    source        TEXT    NOT NULL,
    job           TEXT    NOT NULL,
    seed_job      TEXT    NOT NULL,
    midjourney_id TEXT    NOT NULL COLLATE NOCASE,
    version       TEXT    NOT NULL,
    aspect        TEXT    NOT NULL,
    channel       TEXT    NOT NULL,
    message       TEXT    NOT NULL,
    asked         INTEGER NOT NULL,
    created       INTEGER NOT NULL,
    stars         INTEGER NOT NULL DEFAULT 0, -- rows of star
    parent        INTEGER NOT NULL DEFAULT 0, -- number of the card it was made from
    action        TEXT    NOT NULL DEFAULT '',
    speed         TEXT    NOT NULL DEFAULT '',
    tags          TEXT    NOT NULL DEFAULT '', -- sorted, with a blank between
    deleted       INTEGER NOT NULL DEFAULT 0,
    deleted_by    TEXT    NOT NULL DEFAULT '',
    was           TEXT    NOT NULL DEFAULT '', -- owner of a deleted card, to give it back
    note          TEXT    NOT NULL DEFAULT '',
    prompt        TEXT    NOT NULL, -- as echoed
    typed         TEXT    NOT NULL,
    parameters    TEXT    NOT NULL  -- JSON of the caller's
) STRICT;

CREATE TABLE card_bulk (
    card     INTEGER PRIMARY KEY REFERENCES card_new (id) ON DELETE CASCADE,
    pictures TEXT NOT NULL, -- JSON array
    raw      TEXT NOT NULL
) STRICT;

CREATE TABLE message_new (
    scope   TEXT    NOT NULL,
    channel TEXT    NOT NULL,
    message TEXT    NOT NULL,
    card    INTEGER NOT NULL REFERENCES card_new (id) ON DELETE CASCADE,
    PRIMARY KEY (scope, channel, message)
) STRICT, WITHOUT ROWID;

INSERT INTO card_new (id, scope, number, owner, asker, ask, seed, source, job, seed_job, midjourney_id, version, aspect,
    channel, message, asked, created, prompt, typed, parameters)
SELECT id, scope, number, owner, asker, ask, seed, source, job, seed_job, midjourney_id, version, aspect,
    channel, message, asked, created, prompt, typed, parameters FROM card ORDER BY id;
INSERT INTO card_bulk (card, pictures, raw) SELECT id, pictures, raw FROM card ORDER BY id;
INSERT INTO message_new (scope, channel, message, card) SELECT scope, channel, message, card FROM message;
DROP TABLE message;
DROP TABLE card;
ALTER TABLE card_new RENAME TO card;
ALTER TABLE message_new RENAME TO message;

CREATE INDEX message_card ON message (card);
CREATE UNIQUE INDEX card_number ON card (scope, number);
-- The job first: whether any scope still has a card of it is asked too.
CREATE UNIQUE INDEX card_job ON card (job, scope, owner) WHERE job <> '';
CREATE UNIQUE INDEX card_ask ON card (scope, ask, owner) WHERE ask <> '';
CREATE INDEX card_owner ON card (scope, owner, number);
CREATE INDEX card_asker ON card (scope, asker, number);
CREATE INDEX card_seed ON card (scope, seed, number);
CREATE INDEX card_midjourney ON card (scope, midjourney_id, number) WHERE midjourney_id <> '';
CREATE INDEX card_created ON card (scope, created);
CREATE INDEX card_deleted ON card (deleted) WHERE deleted <> 0;

-- Cards above this id were all created in their order, none before mixed_until. Imports bring older ones.
ALTER TABLE scope ADD COLUMN mixed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE scope ADD COLUMN mixed_until INTEGER NOT NULL DEFAULT 0;

ALTER TABLE answer ADD COLUMN parent TEXT NOT NULL DEFAULT ''; -- the job it was made from
ALTER TABLE answer ADD COLUMN action TEXT NOT NULL DEFAULT '';

CREATE INDEX ask_scope ON ask (scope, at);
CREATE INDEX ask_member ON ask (scope, member);
CREATE INDEX ask_running ON ask (job) WHERE state = 'running';

CREATE TABLE star (
    card   INTEGER NOT NULL REFERENCES card (id) ON DELETE CASCADE,
    member TEXT    NOT NULL,
    at     INTEGER NOT NULL,
    PRIMARY KEY (card, member)
) STRICT, WITHOUT ROWID;

CREATE INDEX star_member ON star (member);

-- A small JPEG of a card's pictures, for when its message is gone.
CREATE TABLE sheet (
    card INTEGER PRIMARY KEY REFERENCES card (id) ON DELETE CASCADE,
    jpeg BLOB NOT NULL
) STRICT;

-- From here to card_indexed: what is derived from cards, to find them by. It is made anew when card_indexed is not what
-- the program wants; so is the full text index card_search, which the program makes itself.

-- The cards of a scope that the same people see: everyone, or one member.
CREATE TABLE space (
    id    INTEGER PRIMARY KEY,
    scope TEXT    NOT NULL,
    owner TEXT    NOT NULL, -- as in card
    cards INTEGER NOT NULL DEFAULT 0,
    UNIQUE (scope, owner)
) STRICT;

-- How often a tag or a version is on the cards of a space.
CREATE TABLE tally (
    space INTEGER NOT NULL,
    kind  TEXT    NOT NULL,
    value TEXT    NOT NULL,
    uses  INTEGER NOT NULL,
    last  INTEGER NOT NULL, -- the newest card that brought it
    PRIMARY KEY (space, kind, value)
) STRICT, WITHOUT ROWID;

-- Parts of the fingerprints of pictures.
CREATE TABLE picture_key (
    space    INTEGER NOT NULL,
    key      INTEGER NOT NULL,
    card     INTEGER NOT NULL,
    position INTEGER NOT NULL,
    hash     INTEGER NOT NULL, -- the whole perceptual hash
    PRIMARY KEY (space, key, card, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE card_indexed (
    id      INTEGER PRIMARY KEY CHECK (id = 1),
    version INTEGER NOT NULL
) STRICT;

CREATE TABLE recipe (
    id       INTEGER PRIMARY KEY,
    scope    TEXT    NOT NULL,
    name     TEXT    NOT NULL,
    key      TEXT    NOT NULL, -- the name without case
    revision INTEGER NOT NULL, -- the newest
    standard INTEGER NOT NULL DEFAULT 0,
    uses     INTEGER NOT NULL DEFAULT 0,
    created  INTEGER NOT NULL,
    folded   TEXT    NOT NULL, -- what is searched in
    UNIQUE (scope, key)
) STRICT;

CREATE INDEX recipe_rank ON recipe (scope, standard DESC, uses DESC, key);

CREATE TABLE recipe_revision (
    recipe   INTEGER NOT NULL REFERENCES recipe (id) ON DELETE CASCADE,
    revision INTEGER NOT NULL,
    prompt   TEXT    NOT NULL,
    seed     INTEGER CHECK (seed BETWEEN 0 AND 4294967295),
    tags     TEXT    NOT NULL, -- as in card
    note     TEXT    NOT NULL,
    member   TEXT    NOT NULL,
    at       INTEGER NOT NULL,
    PRIMARY KEY (recipe, revision)
) STRICT, WITHOUT ROWID;

CREATE TABLE recipe_card (
    recipe   INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    place    INTEGER NOT NULL,
    card     INTEGER NOT NULL REFERENCES card (id) ON DELETE CASCADE,
    PRIMARY KEY (recipe, revision, place),
    FOREIGN KEY (recipe, revision) REFERENCES recipe_revision (recipe, revision) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE INDEX recipe_card_card ON recipe_card (card);

CREATE TABLE settings (
    scope     TEXT PRIMARY KEY,
    retention INTEGER NOT NULL, -- days; 0 for ever
    body      TEXT    NOT NULL, -- JSON
    updated   INTEGER NOT NULL,
    member    TEXT    NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE audit (
    id     INTEGER PRIMARY KEY AUTOINCREMENT,
    scope  TEXT    NOT NULL,
    at     INTEGER NOT NULL,
    member TEXT    NOT NULL,
    action TEXT    NOT NULL,
    target TEXT    NOT NULL,
    detail TEXT    NOT NULL
) STRICT;

CREATE INDEX audit_scope ON audit (scope, id);
CREATE INDEX audit_member ON audit (scope, member, id);

-- Asks that sent a request. It outlives the ask, so that forgetting it gives nobody more of the day's allowance.
CREATE TABLE spending (
    ask    TEXT PRIMARY KEY,
    scope  TEXT    NOT NULL,
    member TEXT    NOT NULL,
    at     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX spending_member ON spending (scope, member, at);
CREATE INDEX spending_at ON spending (at);
