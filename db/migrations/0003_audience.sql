-- Who finds a public card: those who see one of the channels that it was asked for or stands in.
-- +goose Up

-- The channels of cards, as sets: many cards share one. It is derived from cards and messages, as search is.
CREATE TABLE audience (
    id       INTEGER PRIMARY KEY, -- a hash of the rest
    scope    TEXT NOT NULL,
    channels TEXT NOT NULL -- JSON array, sorted
) STRICT;

CREATE INDEX audience_scope ON audience (scope);

ALTER TABLE card ADD COLUMN audience INTEGER NOT NULL DEFAULT 0; -- 0 for a card of no channel, which the whole scope sees

-- With all that tells who sees a card: a page passes over the others without reading them.
DROP INDEX card_owner;
CREATE INDEX card_owner ON card (scope, owner, number, audience, asker);

-- No longer unique: a job that was answered where a member sees nothing is answered once more for that member.
DROP INDEX card_job;
CREATE INDEX card_job ON card (job, scope, owner) WHERE job <> '';

DROP TABLE tally;

-- How often a tag or a version is on the cards of a space that have one audience, and how many cards there are.
CREATE TABLE tally (
    space    INTEGER NOT NULL,
    kind     TEXT    NOT NULL,
    value    TEXT    NOT NULL,
    audience INTEGER NOT NULL,
    uses     INTEGER NOT NULL,
    last     INTEGER NOT NULL, -- the newest card that brought it
    PRIMARY KEY (space, kind, value, audience)
) STRICT, WITHOUT ROWID;
