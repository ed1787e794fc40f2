-- What was promised outlives the process and the history: a member who asks to be forgotten is, and a number that comes
-- back from a lost history means what it meant there.
-- +goose Up

-- Members who asked to be forgotten, until no message names them any more.
CREATE TABLE forgetting (
    scope  TEXT    NOT NULL,
    member TEXT    NOT NULL,
    at     INTEGER NOT NULL,
    reply  TEXT    NOT NULL, -- JSON of the caller's: where the member waits; '' when the member was told
    PRIMARY KEY (scope, member)
) STRICT, WITHOUT ROWID;

-- The messages that still have to be changed.
CREATE TABLE naming (
    scope   TEXT    NOT NULL,
    member  TEXT    NOT NULL,
    channel TEXT    NOT NULL,
    message TEXT    NOT NULL,
    number  INTEGER NOT NULL, -- of the card that it shows
    hidden  INTEGER NOT NULL, -- 1 when that card is erased
    PRIMARY KEY (scope, member, channel, message),
    FOREIGN KEY (scope, member) REFERENCES forgetting (scope, member) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- The numbers above the one and up to the other came back: those that no card has belong to cards that may follow, such
-- as private ones. Between the ids of the cards around it there is one for each.
ALTER TABLE scope ADD COLUMN back_after INTEGER NOT NULL DEFAULT 0;
ALTER TABLE scope ADD COLUMN back_upto INTEGER NOT NULL DEFAULT 0;
