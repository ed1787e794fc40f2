package discordtest

import (
	"cmp"
	"maps"
	"slices"
)

// sortedKeys and sortedByID make what is read from maps come in a fixed order.
func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

// sortedByID orders by snowflake, oldest first.
func sortedByID[V any](m map[string]V) []V {
	keys := slices.SortedFunc(maps.Keys(m), compareIDs)
	out := make([]V, 0, len(keys))
	for _, k := range keys {
		out = append(out, m[k])
	}
	return out
}

// compareIDs orders snowflakes by age.
func compareIDs(a, b string) int {
	if n := cmp.Compare(len(a), len(b)); n != 0 {
		return n
	}
	return cmp.Compare(a, b)
}
