package useapi

import (
	"bytes"
	"encoding/json"
	"math"
	"strconv"
	"strings"
	"time"
)

// object is a JSON object read without trust: a member may be absent, null, or of another type than the documents
// say, and costs only itself then.
type object map[string]json.RawMessage

// asObject reads raw as an object; nil if it is anything else.
func asObject(raw json.RawMessage) object {
	var o object
	if json.Unmarshal(raw, &o) != nil {
		return nil
	}
	return o
}

// get gives the first member of these names that is neither absent nor null.
func (o object) get(names ...string) json.RawMessage {
	for _, name := range names {
		if v := bytes.TrimSpace(o[name]); len(v) > 0 && string(v) != "null" {
			return v
		}
	}
	return nil
}

func (o object) object(names ...string) object { return asObject(o.get(names...)) }

// text gives a string; a number as it is written.
func (o object) text(names ...string) string { return asText(o.get(names...)) }

func asText(raw json.RawMessage) string {
	var s string
	if json.Unmarshal(raw, &s) == nil {
		return s
	}
	var n json.Number
	if json.Unmarshal(raw, &n) == nil {
		return n.String()
	}
	return ""
}

// reason gives the text of an error member, which may be an object with a message in it.
func (o object) reason(names ...string) string {
	for _, name := range names {
		raw := o.get(name)
		if s := asText(raw); s != "" {
			return s
		}
		if s := asObject(raw).text("message", "error", "detail", "title"); s != "" {
			return s
		}
	}
	return ""
}

// number gives a number, also one written as a string.
func (o object) number(names ...string) (float64, bool) {
	f, err := strconv.ParseFloat(strings.TrimSuffix(strings.TrimSpace(o.text(names...)), "%"), 64)
	return f, err == nil && !math.IsNaN(f) && !math.IsInf(f, 0)
}

func (o object) integer(names ...string) int64 {
	f, ok := o.number(names...)
	if !ok || math.Abs(f) > 1<<53 {
		return 0
	}
	return int64(f)
}

// time gives a moment in UTC: RFC 3339, or unix milliseconds.
func (o object) time(names ...string) time.Time {
	if t, err := time.Parse(time.RFC3339Nano, o.text(names...)); err == nil {
		return t.UTC()
	}
	if ms := o.integer(names...); ms > 0 {
		return time.UnixMilli(ms).UTC()
	}
	return time.Time{}
}

// list gives the objects of an array.
func (o object) list(names ...string) []object {
	var raws []json.RawMessage
	if json.Unmarshal(o.get(names...), &raws) != nil {
		return nil
	}
	var list []object
	for _, raw := range raws {
		if item := asObject(raw); item != nil {
			list = append(list, item)
		}
	}
	return list
}

func (o object) texts(names ...string) []string {
	var raws []json.RawMessage
	if json.Unmarshal(o.get(names...), &raws) != nil {
		return nil
	}
	var list []string
	for _, raw := range raws {
		if s := asText(raw); s != "" {
			list = append(list, s)
		}
	}
	return list
}
