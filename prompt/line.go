package prompt

import (
	"bytes"
	"encoding/json"
	"strings"
)

// ParameterLine is all parameters on one line for display, in their order and with the names the author chose:
// "--ar 3:2 --stylize 250 --raw --v 7". Dashes are two hyphens, space is single; "" when there are none.
func (p Prompt) ParameterLine() string {
	parts := make([]string, 0, len(p.Parameters))
	for _, parameter := range p.Parameters {
		parts = append(parts, parameter.String())
	}
	return strings.Join(parts, " ")
}

// String is the parameter for display: two hyphens, the name as chosen, single spaces.
func (p Parameter) String() string {
	name := strings.ToLower(strings.TrimLeftFunc(p.Written, isDash))
	if name == "" {
		name = p.Name
	}
	return trimSpace("--" + strings.ToValidUTF8(name+" "+squeeze(p.Value), "\uFFFD"))
}

// JSON is the prompt's parts for storage: {"text","images","parameters":[{"name","written","value","unknown"}]}, always
// in this order, with what is empty left out. The prompt itself is not in it.
func (p Prompt) JSON() json.RawMessage {
	type parameter struct {
		Name    string `json:"name"`
		Written string `json:"written"`
		Value   string `json:"value,omitempty"`
		Unknown bool   `json:"unknown,omitempty"`
	}
	record := struct {
		Text       string      `json:"text,omitempty"`
		Images     []string    `json:"images,omitempty"`
		Parameters []parameter `json:"parameters,omitempty"`
	}{Text: p.Text, Images: p.Images}
	for _, q := range p.Parameters {
		record.Parameters = append(record.Parameters, parameter{q.Name, q.Written, q.Value, !q.Known})
	}
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(record); err != nil {
		return json.RawMessage("{}") // Strings and bools always encode; this keeps the result valid JSON regardless.
	}
	return bytes.TrimSpace(b.Bytes())
}
