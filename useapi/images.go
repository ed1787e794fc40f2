package useapi

import (
	"net/url"
	"path"
	"regexp"
	"slices"
)

// Picture is one picture of an answer. The URL of a Discord attachment is signed, works for about a day, and names the
// Midjourney account: fetch it at once and show it to nobody.
type Picture struct {
	URL           string
	Filename      string
	ContentType   string // empty if not told
	Size          int64  // bytes; 0 if not told
	Width, Height int    // pixels; 0 if not told
}

// guid also matches the documents' samples, which write x for digits.
const guid = `[0-9A-Za-z]{8}-[0-9A-Za-z]{4}-[0-9A-Za-z]{4}-[0-9A-Za-z]{4}-[0-9A-Za-z]{12}`

// tile finds the place of a picture in its grid: <user>_<words of the prompt>_<0 to 3>_<GUID>.png
var tile = regexp.MustCompile(`_(\d)_` + guid + `(?:\.\w+)?$`)

// Images gives the pictures of the answer in the order of Midjourney's U1 to U4. If not every file name tells its
// place, or two tell the same, the order is the service's. There may be any number of them.
func (j *Job) Images() []Picture {
	if j.Response == nil {
		return nil
	}
	images := slices.Clone(j.Response.Images)
	if j.Response.answered != nil {
		images = slices.Clone(j.Response.answered)
	}
	taken := map[string]bool{}
	for _, i := range images {
		place := i.place()
		if place == "" || taken[place] {
			return images
		}
		taken[place] = true
	}
	slices.SortStableFunc(images, func(a, b Picture) int { return int(a.place()[0]) - int(b.place()[0]) })
	return images
}

// place is the digit of the picture in its grid, or empty.
func (i Picture) place() string {
	for _, name := range []string{i.Filename, nameIn(i.URL)} {
		if m := tile.FindStringSubmatch(name); m != nil {
			return m[1]
		}
	}
	return ""
}

func nameIn(rawURL string) string {
	u, err := url.Parse(rawURL)
	if err != nil || u.Path == "" {
		return ""
	}
	if name := path.Base(u.Path); name != "/" && name != "." {
		return name
	}
	return ""
}

func decodeImages(list []object) []Picture {
	var images []Picture
	for _, o := range list {
		i := Picture{
			URL:         o.text("url", "proxy_url"),
			Filename:    o.text("filename"),
			ContentType: o.text("content_type"),
			Size:        max(0, o.integer("size")),
			Width:       int(max(0, o.integer("width"))),
			Height:      int(max(0, o.integer("height"))),
		}
		if i.URL == "" {
			continue
		}
		if i.Filename == "" {
			i.Filename = nameIn(i.URL)
		}
		images = append(images, i)
	}
	return images
}

func encodeImages(images []Picture) []map[string]any {
	list := make([]map[string]any, len(images))
	for n, i := range images {
		list[n] = map[string]any{"url": i.URL, "filename": i.Filename, "content_type": i.ContentType, "size": i.Size,
			"width": i.Width, "height": i.Height}
	}
	return list
}
