-- A member who asks to be forgotten is, though the process ends before it is done.
-- +goose Up

-- Members who asked for it, until no message names them any more.
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
