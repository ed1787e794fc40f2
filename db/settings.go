package db

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"time"
)

// Settings are what a scope's managers have chosen. The zero value is that of a scope where nobody chose anything. What
// they mean is for the caller to know. Their names in JSON are those that the audit log shows.
type Settings struct {
	AskChannels      []string            `json:"ask channels,omitempty"`        // where seeds may be asked for; none for everywhere
	DenyChannels     []string            `json:"deny channels,omitempty"`       // where not
	Roles            map[string][]string `json:"roles,omitempty"`               // what a member may do, and the roles that may
	DailyLimit       int                 `json:"daily limit,omitempty"`         // seeds a member may cause requests for in a day; 0 for any number
	PictureLimit     int                 `json:"daily picture limit,omitempty"` // pictures a member may order in a day; 0 for any number
	PrivateByDefault bool                `json:"private by default,omitempty"`
	ResultChannel    string              `json:"result channel,omitempty"` // where answers are posted; empty for where they were asked for
	RetentionDays    int                 `json:"retention days,omitempty"` // how long cards are kept; 0 for ever
	Accounts         []string            `json:"accounts,omitempty"`       // useapi channels whose jobs may be read; none for all
	Paused           string              `json:"paused,omitempty"`         // why nobody may ask now; empty when they may
	Updated          time.Time           `json:"-"`
	By               string              `json:"-"` // who saved them last
}

const (
	selectSettings = `SELECT body, updated, member FROM settings WHERE scope = ?`
	accountChosen  = `SELECT EXISTS (SELECT 1 FROM settings, json_each(settings.body, '$.accounts') WHERE json_each.value = ?1)`
	upsertSettings = `INSERT INTO settings (scope, retention, body, updated, member) VALUES (?, ?, ?, ?, ?)
	ON CONFLICT (scope) DO UPDATE SET retention = excluded.retention, body = excluded.body, updated = excluded.updated,
	member = excluded.member`
)

// Settings are those of a scope. They are read once and remembered until they are saved again. The caller may change
// what it gets.
func (s *Store) Settings(ctx context.Context, scope string) (Settings, error) {
	scope = text(scope)
	set, turn, ok := s.settings.get(scope)
	if ok {
		return set.clone(), nil
	}
	set, err := scanSettings(s.read.QueryRowContext(ctx, selectSettings, scope))
	if err != nil {
		return Settings{}, wrap(err, "read the settings")
	}
	s.settings.put(scope, set, turn)
	return set.clone(), nil
}

// AccountChosen tells whether any scope's settings name the account among those whose jobs it may read.
func (s *Store) AccountChosen(ctx context.Context, account string) (bool, error) {
	var chosen bool
	err := s.read.QueryRowContext(ctx, accountChosen, text(account)).Scan(&chosen)
	return chosen, wrap(err, "look for an account in the settings")
}

// SaveSettings keeps a scope's settings, and notes in the audit log by whom they were changed and how. Updated and By
// are set here.
func (s *Store) SaveSettings(ctx context.Context, scope string, set Settings, by string) error {
	if scope == "" || set.DailyLimit < 0 || set.PictureLimit < 0 || set.RetentionDays < 0 {
		return errors.New("save the settings: they name no scope, or a limit below zero")
	}
	set = set.clone()
	set.Updated, set.By = fromMS(ms(time.Now())), text(by)
	scope = text(scope)
	err := s.change(ctx, func(tx *sql.Tx) error {
		was, err := scanSettings(tx.QueryRowContext(ctx, selectSettings, scope))
		if err != nil {
			return err
		}
		body, err := json.Marshal(set)
		if err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, upsertSettings, scope, set.RetentionDays, text(string(body)), ms(set.Updated), set.By)
		if err != nil {
			return err
		}
		changes := differences(was, set)
		if len(changes) == 0 {
			return nil
		}
		return audit(ctx, tx, scope, AuditEntry{At: set.Updated, Member: set.By, Action: "settings", Detail: strings.Join(changes, "; ")})
	})
	s.settings.drop(scope) // also when it failed: a commit may have worked that says it did not
	return wrap(err, "save the settings")
}

func scanSettings(r row) (Settings, error) {
	var set Settings
	var body string
	var updated int64
	err := r.Scan(&body, &updated, &set.By)
	if errors.Is(err, sql.ErrNoRows) {
		return Settings{}, nil
	}
	if err != nil {
		return Settings{}, err
	}
	set.Updated = fromMS(updated)
	return set, json.Unmarshal([]byte(body), &set)
}

func (set Settings) clone() Settings {
	set.AskChannels, set.DenyChannels = slices.Clone(set.AskChannels), slices.Clone(set.DenyChannels)
	set.Accounts, set.Roles = slices.Clone(set.Accounts), maps.Clone(set.Roles)
	for may, roles := range set.Roles {
		set.Roles[may] = slices.Clone(roles)
	}
	return set
}

// differences says what changed, in words: "daily limit: 0 → 20".
func differences(was, is Settings) []string {
	var list []string
	a, b := reflect.ValueOf(was), reflect.ValueOf(is)
	for i := range a.NumField() {
		name, _, _ := strings.Cut(a.Type().Field(i).Tag.Get("json"), ",")
		before, after := a.Field(i).Interface(), b.Field(i).Interface()
		if name == "-" || said(before) == said(after) {
			continue
		}
		list = append(list, fmt.Sprintf("%s: %s → %s", name, said(before), said(after)))
	}
	return list
}

func said(value any) string {
	switch v := value.(type) {
	case []string:
		if len(v) == 0 {
			return "none"
		}
		return strings.Join(v, ", ")
	case map[string][]string:
		var parts []string
		for _, may := range slices.Sorted(maps.Keys(v)) {
			if len(v[may]) > 0 {
				parts = append(parts, may+" ("+strings.Join(v[may], ", ")+")")
			}
		}
		return said(parts)
	case string:
		if v == "" {
			return "none"
		}
	}
	return fmt.Sprint(value)
}
