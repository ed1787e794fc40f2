-- Times are UTC unix milliseconds, 0 for none. Texts that nobody gave are ''.
-- +goose Up

-- "SEED": tells a history from the SQLite file of another program.
PRAGMA application_id = 1397048644;

-- What the source said of one parent job. Of no server, about no member, never changed.
CREATE TABLE answer (
    job           TEXT NOT NULL PRIMARY KEY,
    seed_job      TEXT    NOT NULL,
    seed          INTEGER NOT NULL CHECK (seed BETWEEN 0 AND 4294967295),
    midjourney_id TEXT    NOT NULL,
    prompt        TEXT    NOT NULL, -- as echoed
    typed         TEXT    NOT NULL,
    at            INTEGER NOT NULL,
    pictures      TEXT    NOT NULL, -- JSON array
    raw           TEXT    NOT NULL
) STRICT;

-- The last number given in a scope. It outlives its cards, so a number never means two things.
CREATE TABLE scope (
    scope TEXT PRIMARY KEY,
    last  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE card (
    id            INTEGER PRIMARY KEY,
    scope         TEXT    NOT NULL,
    number        INTEGER NOT NULL,
    owner         TEXT    NOT NULL, -- the member who alone sees it; '' for everyone of the scope
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
    folded        TEXT    NOT NULL, -- the prompt without case, to search in
    prompt        TEXT    NOT NULL, -- as echoed
    typed         TEXT    NOT NULL,
    parameters    TEXT    NOT NULL, -- JSON of the caller's
    pictures      TEXT    NOT NULL, -- JSON array
    raw           TEXT    NOT NULL  -- last, so that lists never read its pages
) STRICT;

CREATE UNIQUE INDEX card_number ON card (scope, number);
CREATE UNIQUE INDEX card_job ON card (scope, job, owner) WHERE job <> '';
CREATE UNIQUE INDEX card_ask ON card (scope, ask, owner) WHERE ask <> '';
CREATE INDEX card_owner ON card (scope, owner, number);
CREATE INDEX card_asker ON card (scope, asker, number);
CREATE INDEX card_seed ON card (scope, seed, number);
CREATE INDEX card_midjourney ON card (scope, midjourney_id, number) WHERE midjourney_id <> '';

-- Every message that shows a card.
CREATE TABLE message (
    scope   TEXT    NOT NULL,
    channel TEXT    NOT NULL,
    message TEXT    NOT NULL,
    card    INTEGER NOT NULL REFERENCES card (id) ON DELETE CASCADE,
    PRIMARY KEY (scope, channel, message)
) STRICT, WITHOUT ROWID;

CREATE INDEX message_card ON message (card);

CREATE TABLE ask (
    id      TEXT PRIMARY KEY,
    scope   TEXT    NOT NULL,
    channel TEXT    NOT NULL,
    member  TEXT    NOT NULL,
    owner   TEXT    NOT NULL, -- as in card
    job     TEXT    NOT NULL,
    card    INTEGER NOT NULL, -- its number; 0 for none
    at      INTEGER NOT NULL,
    state   TEXT    NOT NULL,
    problem TEXT    NOT NULL,
    detail  TEXT    NOT NULL,
    ended   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX ask_open ON ask (scope, owner, at) WHERE card = 0 AND job <> '';
CREATE INDEX ask_at ON ask (at);

-- One row that is written to see whether writing works.
CREATE TABLE health (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    at INTEGER NOT NULL
) STRICT;
