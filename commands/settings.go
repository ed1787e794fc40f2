package commands

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"seedbank/bot"
	"seedbank/db"
)

// Pages of the settings. Custom IDs carry them: they keep their meaning for ever.
const (
	pageChannels = "channels"
	pageRoles    = "roles"
	pageRules    = "rules"
	pageAccounts = "accounts"
)

// Settings as custom IDs carry them, beside the rights, each of which stands for its roles.
const (
	setAskChannels  = "ask-in"
	setDenyChannels = "ask-not-in"
	setResults      = "results"
	setVisibility   = "visibility"
	setRetention    = "retention"
	setLimit        = "limit"
	setPictures     = "pictures"
	setPause        = "pause"
	setAccounts     = "accounts"
)

// Bounds of settings.
const (
	maxChosen      = 25 // what a menu can have chosen
	maxDailyLimit  = 10_000
	maxPauseReason = 200
	maxAccounts    = 25
)

// retentions are how many days cards may be kept, 0 for always.
func retentions() []int { return []int{0, 30, 90, 365} }

// showSettings is /seedbot settings: a panel for the one who asked.
func (c *counter) showSettings(ctx context.Context, i *bot.Interaction) error {
	set, err := c.settings(ctx, i)
	if err != nil {
		return err
	}
	return i.Respond(ctx, c.settingsMessage(set, pageChannels), true)
}

// turnSettings shows another page of the panel.
func (c *counter) turnSettings(ctx context.Context, i *bot.Interaction) error {
	if err := c.may(ctx, i, rightManage); err != nil {
		return err
	}
	set, err := c.settings(ctx, i)
	if err != nil {
		return err
	}
	return c.showPanel(ctx, i, set, i.CustomID.Arg(0))
}

// showPanel makes the panel show a page.
func (c *counter) showPanel(ctx context.Context, i *bot.Interaction, set db.Settings, page string) error {
	if page == pageAccounts {
		return c.updateAccounts(ctx, i, set)
	}
	return i.Update(ctx, c.settingsMessage(set, page))
}

// set takes what was chosen in a menu of the panel, or pressed.
func (c *counter) set(ctx context.Context, i *bot.Interaction) error {
	page, key, values := i.CustomID.Arg(0), i.CustomID.Arg(1), i.Values
	if key == setRetention {
		return c.chooseRetention(ctx, i)
	}
	return c.changeSettings(ctx, i, page, func(set *db.Settings) error { return choose(set, key, values) })
}

// changeSettings saves a change and shows the panel as it is then. Changes are made one after the other, so that of two
// admins who work at the same time neither undoes the other's.
func (c *counter) changeSettings(ctx context.Context, i *bot.Interaction, page string, change func(*db.Settings) error) error {
	if err := c.may(ctx, i, rightManage); err != nil {
		return err
	}
	set, err := c.saveSettings(ctx, i, change)
	if err != nil {
		return err
	}
	return c.showPanel(ctx, i, set, page)
}

func (c *counter) saveSettings(ctx context.Context, i *bot.Interaction, change func(*db.Settings) error) (db.Settings, error) {
	ctx, cancel := context.WithTimeout(ctx, lookupTime)
	defer cancel()
	c.changing.Lock()
	defer c.changing.Unlock()
	set, err := c.settings(ctx, i)
	if err != nil {
		return db.Settings{}, err
	}
	if err := change(&set); err != nil {
		return db.Settings{}, err
	}
	if err := c.history.SaveSettings(ctx, i.Scope(), set, i.User.ID); err != nil {
		return db.Settings{}, fmt.Errorf("save the settings: %w", err)
	}
	return c.settings(ctx, i)
}

// choose puts what was chosen into the settings. Custom IDs and values may be forged, so both are read again.
func choose(set *db.Settings, key string, values []string) error {
	ids := func() ([]string, error) {
		if len(values) > maxChosen || slices.ContainsFunc(values, func(v string) bool { return !snowflake.MatchString(v) }) {
			return nil, bot.Refuse(textNoChoice)
		}
		return slices.Clone(values), nil
	}
	one := func() string {
		if len(values) != 1 {
			return ""
		}
		return values[0]
	}
	var err error
	switch key {
	case setAskChannels:
		set.AskChannels, err = ids()
	case setDenyChannels:
		set.DenyChannels, err = ids()
	case setAccounts:
		set.Accounts, err = ids()
	case setResults:
		set.ResultChannel = one()
		if len(values) > 0 && !snowflake.MatchString(set.ResultChannel) {
			err = bot.Refuse(textNoChoice)
		}
	case setVisibility:
		set.PrivateByDefault = one() == pickPrivate
		if !set.PrivateByDefault && one() != pickPublic {
			err = bot.Refuse(textNoChoice)
		}
	case setRetention:
		days, bad := strconv.Atoi(one())
		if bad != nil || !slices.Contains(retentions(), days) {
			return bot.Refuse(textNoChoice)
		}
		set.RetentionDays = days
	case setPause: // the button that ends it
		set.Paused = ""
	case string(rightAsk), string(rightShare), string(rightSave), string(rightCurate), string(rightImagine):
		if set.Roles == nil {
			set.Roles = map[string][]string{}
		}
		set.Roles[key], err = ids()
	default:
		err = bot.Refuse(textNoChoice)
	}
	return err
}

// setForm opens the form of a setting that is written.
func (c *counter) setForm(ctx context.Context, i *bot.Interaction) error {
	return c.openSetTo(ctx, i, i.CustomID)
}

// openSetTo shows the form of verbSetTo.
func (c *counter) openSetTo(ctx context.Context, i *bot.Interaction, of bot.CustomID) error {
	if err := c.may(ctx, i, rightManage); err != nil {
		return err
	}
	set, err := c.settings(ctx, i)
	if err != nil {
		return err
	}
	page, key := of.Arg(0), of.Arg(1)
	var field bot.Field
	switch key {
	case setLimit:
		field = bot.Field{ID: setLimit, Label: formLimit, Hint: formLimitHint, Optional: true, Max: len(strconv.Itoa(maxDailyLimit))}
		field.Value = limitWritten(set.DailyLimit)
	case setPictures:
		field = bot.Field{ID: setPictures, Label: formPictureLimit, Hint: formPictureLimitHint, Optional: true, Max: len(strconv.Itoa(maxDailyLimit))}
		field.Value = limitWritten(set.PictureLimit)
	case setPause:
		field = bot.Field{ID: setPause, Label: formPause, Hint: formPauseHint, Value: set.Paused, Max: maxPauseReason}
	case setAccounts:
		field = bot.Field{
			ID: setAccounts, Label: formAccounts, Hint: formAccountsHint, Value: strings.Join(set.Accounts, "\n"),
			Long: true, Optional: true, Max: maxFormText,
		}
	default:
		return bot.Refuse(textNoChoice)
	}
	return c.showForm(ctx, i, bot.Modal{ID: bot.ID(verbSetTo, page, key), Title: formSettings, Fields: []bot.Field{field}})
}

// setTo takes the form of openSetTo.
func (c *counter) setTo(ctx context.Context, i *bot.Interaction) error {
	page, key := i.CustomID.Arg(0), i.CustomID.Arg(1)
	written := plain(i.Fields[key])
	return c.changeSettings(ctx, i, page, func(set *db.Settings) error {
		switch key {
		case setLimit:
			return readLimit(written, &set.DailyLimit)
		case setPictures:
			return readLimit(written, &set.PictureLimit)
		case setPause:
			if written == "" {
				return mistake(textPauseReason)
			}
			set.Paused = cutRunes(written, maxPauseReason)
		case setAccounts:
			accounts, err := readAccounts(written)
			if err != nil {
				return err
			}
			set.Accounts = accounts
		default:
			return bot.Refuse(textNoChoice)
		}
		return nil
	})
}

// limitWritten is a daily limit as a form shows it, and readLimit reads it from there: nothing stands for none.
func limitWritten(limit int) string {
	if limit == 0 {
		return ""
	}
	return strconv.Itoa(limit)
}

func readLimit(written string, limit *int) error {
	n, err := strconv.Atoi(written)
	if written == "" {
		n, err = 0, nil
	}
	if err != nil || n < 0 || n > maxDailyLimit {
		return mistake(textLimitNumber())
	}
	*limit = n
	return nil
}

// readAccounts reads channel IDs between spaces or commas, each once.
func readAccounts(s string) ([]string, error) {
	var accounts []string
	for _, id := range strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(" ,;", r) }) {
		if !snowflake.MatchString(id) || len(accounts) == maxAccounts {
			return nil, mistake(textAccountIDs)
		}
		if !slices.Contains(accounts, id) {
			accounts = append(accounts, id)
		}
	}
	return accounts, nil
}
