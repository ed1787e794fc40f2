package discordtest

import (
	"encoding/json"
	"math"
	"strconv"
	"time"
)

// obj is one JSON object as it goes over the wire.
type obj = map[string]any

// clone copies a JSON value all the way down, so that no one shares a payload.
func clone(v any) any {
	switch v := v.(type) {
	case obj:
		return cloneObj(v)
	case []any:
		out := make([]any, len(v))
		for i := range v {
			out[i] = clone(v[i])
		}
		return out
	case []obj:
		return cloneObjs(v)
	default:
		return v
	}
}

func cloneObj(o obj) obj {
	if o == nil {
		return nil
	}
	out := make(obj, len(o))
	for k, v := range o {
		out[k] = clone(v)
	}
	return out
}

func cloneObjs(list []obj) []obj {
	out := make([]obj, len(list))
	for i := range list {
		out[i] = cloneObj(list[i])
	}
	return out
}

// str returns the text at key, and "" for anything else.
func str(o obj, key string) string {
	text, _ := o[key].(string)
	return text
}

// integer returns the whole number at key; ok is false for anything else.
func integer(o obj, key string) (n int, ok bool) { return wholeNumber(o[key]) }

func wholeNumber(v any) (int, bool) {
	switch v := v.(type) {
	case float64:
		if v != math.Trunc(v) || math.Abs(v) > 1<<53 {
			return 0, false
		}
		return int(v), true
	case int:
		return v, true
	case int64:
		return int(v), true
	default:
		return 0, false
	}
}

// num is integer with 0 for what is missing.
func num(o obj, key string) int {
	n, _ := integer(o, key)
	return n
}

func flag(o obj, key string) bool {
	b, _ := o[key].(bool)
	return b
}

// child returns the object at key, nil for anything else.
func child(o obj, key string) obj {
	c, _ := o[key].(obj)
	return c
}

// list returns the array at key, nil for anything else.
func list(o obj, key string) []any {
	switch v := o[key].(type) {
	case []any:
		return v
	case []obj:
		out := make([]any, len(v))
		for i := range v {
			out[i] = v[i]
		}
		return out
	default:
		return nil
	}
}

// objects returns the objects of an array; what is no object becomes empty.
func objects(v []any) []obj {
	out := make([]obj, 0, len(v))
	for _, e := range v {
		o, _ := e.(obj)
		if o == nil {
			o = obj{}
		}
		out = append(out, o)
	}
	return out
}

// toObj turns any JSON-able value into the plain maps that go over the wire.
func toObj(v any) (obj, error) {
	raw, err := json.Marshal(v)
	if err != nil {
		return nil, err
	}
	var out obj
	return out, json.Unmarshal(raw, &out)
}

// stamp is Discord's way to write a moment.
func stamp(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t.UTC().Format("2006-01-02T15:04:05.000000-07:00")
}

// decimal writes a permission set as the text Discord uses.
func decimal(p Permissions) string { return strconv.FormatInt(int64(p), 10) }
