package commands

import (
	"context"
	"errors"
	"fmt"

	"seedbank/bot"
	"seedbank/db"
)

// failureWords is what a member is told of an error that is nobody's refusal; "" where there is no more to say than that
// something went wrong.
func failureWords(err error) string {
	if !db.DiskTrouble(err) {
		return ""
	}
	if _, done := errors.AsType[*unrecorded](err); done {
		return textDiskUnrecorded
	}
	return textDisk
}

// unrecorded is the error of something that was done, but is not in the audit log.
type unrecorded struct{ error }

func (u *unrecorded) Unwrap() error { return u.error }

// record puts an entry about what was done into the server's audit log.
func (c *counter) record(ctx context.Context, i *bot.Interaction, action, target, detail string) error {
	if err := c.announce(ctx, i, action, target, detail); err != nil {
		return &unrecorded{err}
	}
	return nil
}

// announce is record for what is about to be done, and is not done without an entry.
func (c *counter) announce(ctx context.Context, i *bot.Interaction, action, target, detail string) error {
	err := c.history.Audit(ctx, i.Scope(), db.AuditEntry{Member: i.User.ID, Action: action, Target: target, Detail: detail})
	if err != nil {
		return fmt.Errorf("record %s: %w", action, err)
	}
	return nil
}
