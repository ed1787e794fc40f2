package commands

import (
	"context"
	"regexp"
	"strings"

	"seedbank/db"
)

// openTag is a tag in a search that may go on in the words behind it, as tags with blanks do.
var openTag = regexp.MustCompile(`(?i)(?:^|\s)tag[:：](#?[\pL\pM\pN_-]+(?:\s+[\pL\pM\pN_][\pL\pM\pN_-]*)+)(?:\s|$)`)

// seekTag sees to a search for tag:rainy night that finds no card with that tag and that word: where there is a tag
// rainy-night, it is what was meant.
func (c *counter) seekTag(ctx context.Context, v db.View, page *foundPage) error {
	at := openTag.FindStringSubmatchIndex(page.words)
	if at == nil || len(page.result.Cards) > 0 && !page.result.Near {
		return nil
	}
	before, open, after := page.words[:at[2]], strings.Fields(page.words[at[2]:at[3]]), page.words[at[3]:]
	for n := len(open); n > 1; n-- {
		tag, err := db.NormalTag(strings.Join(open[:n], " "))
		if err != nil {
			continue // longer than a tag
		}
		is, err := c.hasTag(ctx, v, tag)
		if err != nil {
			return err
		}
		if !is {
			continue
		}
		page.words = strings.Join(append([]string{before + tag}, open[n:]...), " ") + after
		page.note = textSoughtTag(tag)
		page.result, err = c.searched(ctx, v, page.listing, page.words, "")
		return err
	}
	return nil
}
