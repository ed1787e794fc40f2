package discordtest

// Component types (Discord's "Component Reference").
const (
	typeActionRow         = 1
	typeButton            = 2
	typeStringSelect      = 3
	typeTextInput         = 4
	typeUserSelect        = 5
	typeRoleSelect        = 6
	typeMentionableSelect = 7
	typeChannelSelect     = 8
	typeSection           = 9
	typeTextDisplay       = 10
	typeThumbnail         = 11
	typeMediaGallery      = 12
	typeFile              = 13
	typeSeparator         = 14
	typeContainer         = 17
	typeLabel             = 18
	typeFileUpload        = 19
	typeRadioGroup        = 21
	typeCheckboxGroup     = 22
	typeCheckbox          = 23
)

// Button styles.
const (
	buttonLink    = 5
	buttonPremium = 6
)

func isSelect(t int) bool {
	return t == typeStringSelect || t >= typeUserSelect && t <= typeChannelSelect
}

// walkComponents visits every component in reading order, parents first. It goes
// through types it does not know too.
func walkComponents(components []obj, visit func(obj)) {
	for _, c := range components {
		visit(c)
		walkComponents(objects(list(c, "components")), visit)
		for _, key := range []string{"accessory", "component"} {
			if inner := child(c, key); inner != nil {
				walkComponents([]obj{inner}, visit)
			}
		}
	}
}

// numberComponents gives an id to each component that has none, as Discord does:
// in sequence, around those that are taken.
func numberComponents(components []obj) {
	taken := map[int]bool{}
	walkComponents(components, func(c obj) { taken[num(c, "id")] = true })
	next := 1
	walkComponents(components, func(c obj) {
		if num(c, "id") != 0 {
			return
		}
		for taken[next] {
			next++
		}
		taken[next] = true
		c["id"] = next
	})
}

// embedTexts are the texts of an embed in reading order.
func embedTexts(e obj) []string {
	texts := []string{str(child(e, "author"), "name"), str(e, "title"), str(e, "description")}
	for _, f := range objects(list(e, "fields")) {
		texts = append(texts, str(f, "name"), str(f, "value"))
	}
	texts = append(texts, str(child(e, "footer"), "text"))
	kept := texts[:0]
	for _, t := range texts {
		if t != "" {
			kept = append(kept, t)
		}
	}
	return kept
}
