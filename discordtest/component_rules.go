package discordtest

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
)

// readComponents takes the components of a body. Without IS_COMPONENTS_V2 there
// are rows only.
func (c *call) readComponents(f *form, m *Message, body obj) {
	components, given := f.listAt("", body, "components")
	if !given {
		return
	}
	m.Components = cloneObjs(components)
	k := checker{f: f, m: m, ids: map[int]bool{}, custom: map[string]bool{}}
	if !m.V2() {
		if len(components) > 5 {
			f.add("components", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 5 in length.")
		}
		k.all("components", m.Components, typeActionRow)
	} else {
		k.all("components", m.Components, typeActionRow, typeSection, typeTextDisplay, typeMediaGallery, typeFile, typeSeparator, typeContainer)
	}
	if k.count > maxComponents {
		f.add("components", "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED", "The total number of components must not exceed %d, there are %d", maxComponents, k.count)
	}
	if k.letters > maxComponentTexts {
		f.add("components", "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED", "Components displayable text size exceeds maximum size of %d", maxComponentTexts)
	}
	numberComponents(m.Components)
}

// checker holds components against Discord's "Component Reference".
type checker struct {
	f       *form
	m       *Message // nil in a modal
	count   int
	letters int // of text displays
	ids     map[int]bool
	custom  map[string]bool
}

func (k *checker) all(path string, components []obj, allowed ...int) {
	for n, c := range components {
		k.one(join(path, n), c, allowed...)
	}
}

func (k *checker) one(path string, c obj, allowed ...int) {
	kind, ok := integer(c, "type")
	if !ok || !slices.Contains(allowed, kind) {
		k.f.add(join(path, "type"), "UNION_TYPE_CHOICES", "Value of field \"type\" must be one of %s.", tuple(allowed))
		return
	}
	k.count++
	k.id(path, c)
	switch kind {
	case typeActionRow:
		k.row(path, c)
	case typeButton:
		k.button(path, c)
	case typeSection:
		inner := k.children(path, c, 1, 3)
		k.all(join(path, "components"), inner, typeTextDisplay)
		if accessory := child(c, "accessory"); accessory != nil {
			k.one(join(path, "accessory"), accessory, typeButton, typeThumbnail)
		} else {
			k.required(join(path, "accessory"))
		}
	case typeTextDisplay:
		text, _ := k.f.text(path, c, "content", 1, maxComponentTexts)
		k.letters += len([]rune(text))
	case typeThumbnail:
		k.media(path, c, "media")
	case typeMediaGallery:
		items, _ := k.f.listAt(path, c, "items")
		k.f.count(join(path, "items"), len(items), 1, 10)
		for n, item := range items {
			k.media(join(path, "items", n), item, "media")
		}
	case typeFile:
		k.media(path, c, "file")
	case typeSeparator:
		k.f.boolean(path, c, "divider")
		k.f.within(path, c, "spacing", 1, 2)
	case typeContainer:
		k.f.within(path, c, "accent_color", 0, 0xFFFFFF)
		k.f.boolean(path, c, "spoiler")
		inner := k.children(path, c, 1, maxComponents)
		k.all(join(path, "components"), inner, typeActionRow, typeSection, typeTextDisplay, typeMediaGallery, typeFile, typeSeparator)
	default:
		if isSelect(kind) {
			k.menu(path, c, kind)
		} else {
			k.input(path, c, kind)
		}
	}
}

func (k *checker) required(path string) {
	k.f.add(path, "BASE_TYPE_REQUIRED", "This field is required")
}

func (k *checker) children(path string, c obj, low, high int) []obj {
	inner, _ := k.f.listAt(path, c, "components")
	if len(inner) == 0 {
		k.required(join(path, "components"))
	} else {
		k.f.count(join(path, "components"), len(inner), low, high)
	}
	return inner
}

// id checks a component's number: 32 bits, and no other's.
func (k *checker) id(path string, c obj) {
	n, given := k.f.within(path, c, "id", 0, math.MaxInt32)
	if given && n != 0 && k.ids[n] {
		k.f.add(join(path, "id"), "COMPONENT_ID_DUPLICATED", "Component id cannot be duplicated")
	}
	k.ids[n] = true
}

func (k *checker) customID(path string, c obj) {
	id, given := k.f.text(path, c, "custom_id", 1, maxCustomID)
	if given && k.custom[id] {
		k.f.add(join(path, "custom_id"), "COMPONENT_CUSTOM_ID_DUPLICATED", "Component custom id cannot be duplicated")
	}
	k.custom[id] = true
}

// row holds five buttons or one select.
func (k *checker) row(path string, c obj) {
	inner := k.children(path, c, 1, 5)
	if k.m == nil {
		k.all(join(path, "components"), inner, typeTextInput)
	} else {
		k.all(join(path, "components"), inner, typeButton, typeStringSelect, typeUserSelect, typeRoleSelect, typeMentionableSelect, typeChannelSelect)
	}
	wide := func(o obj) bool { return num(o, "type") != typeButton }
	if len(inner) > 1 && slices.ContainsFunc(inner, wide) {
		k.f.add(join(path, "components"), "COMPONENT_LAYOUT_WIDTH_EXCEEDED", "The specified component exceeds the maximum width")
	}
}

func (k *checker) button(path string, c obj) {
	style, ok := k.f.within(path, c, "style", 1, buttonPremium)
	if c["style"] == nil {
		k.required(join(path, "style"))
	}
	label, _ := k.f.text(path, c, "label", 0, 80)
	k.emoji(path, c)
	k.f.boolean(path, c, "disabled")
	refuse := func(reason string, keys ...string) {
		for _, key := range keys {
			if c[key] != nil {
				k.f.add(join(path, key), "BUTTON_COMPONENT_INVALID_FIELD", "%s", reason)
			}
		}
	}
	switch {
	case !ok:
		return
	case style == buttonLink:
		refuse("A custom id and url cannot both be specified", "custom_id", "sku_id")
		if text, given := k.f.text(path, c, "url", 1, 512); given && text != "" {
			k.f.link(path, c, "url", "http", "https", "discord")
		}
	case style == buttonPremium:
		refuse("A premium button has only an sku_id", "custom_id", "url", "label", "emoji")
		if !isSnowflake(str(c, "sku_id")) {
			k.required(join(path, "sku_id"))
		}
		return
	default:
		refuse("Only link buttons have a url, only premium ones an sku_id", "url", "sku_id")
		k.customID(path, c)
	}
	if label == "" && c["emoji"] == nil {
		k.required(join(path, "label"))
	}
}

// emoji takes a custom one by id or a unicode one by itself.
func (k *checker) emoji(path string, c obj) {
	if c["emoji"] == nil {
		return
	}
	e := child(c, "emoji")
	id, name := str(e, "id"), str(e, "name")
	ascii := !strings.ContainsFunc(name, func(r rune) bool { return r > 127 })
	if id != "" && !isSnowflake(id) || id == "" && (name == "" || ascii) {
		k.f.add(join(path, "emoji", "name"), "COMPONENT_INVALID_EMOJI", "Invalid emoji")
	}
}

// media checks an unfurled media item with what may stand beside it.
func (k *checker) media(path string, c obj, key string) {
	if _, isText := c["description"].(string); isText {
		k.f.text(path, c, "description", 0, maxAltText)
	}
	k.f.boolean(path, c, "spoiler")
	item := child(c, key)
	at := join(path, key, "url")
	if str(item, "url") == "" {
		k.required(at)
		return
	}
	if key == "file" {
		k.f.link(join(path, key), item, "url", "attachment")
	} else {
		k.f.link(join(path, key), item, "url", "http", "https", "attachment")
	}
	if name, ok := strings.CutPrefix(str(item, "url"), "attachment://"); ok && !k.m.hasAttachment(name) {
		k.f.add(at, "UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND", "The referenced attachment '%s' was not found", name)
	}
}

func tuple(numbers []int) string {
	parts := make([]string, 0, len(numbers))
	for _, n := range numbers {
		parts = append(parts, strconv.Itoa(n))
	}
	return fmt.Sprintf("(%s)", strings.Join(parts, ", "))
}
