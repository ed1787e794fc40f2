package prompt

// groups finds the permutations of a prompt: a map from the place of an opening brace to the place behind its closing
// one. Only balanced braces with a comma of their own count, as in {red, blue}; a backslash takes a brace or comma its
// meaning. Braces inside a group are part of it, and not told.
func groups(s string) map[int]int {
	type open struct {
		at    int
		comma bool
	}
	var (
		stack []open
		found map[int]int
	)
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++ // What follows is a plain character.
		case '{':
			stack = append(stack, open{at: i})
		case ',':
			if len(stack) > 0 {
				stack[len(stack)-1].comma = true
			}
		case '}':
			if len(stack) == 0 {
				continue
			}
			top := stack[len(stack)-1]
			stack = stack[:len(stack)-1]
			if top.comma {
				if found == nil {
					found = make(map[int]int)
				}
				found[top.at] = i + 1
			}
		}
	}
	return found
}

// Permutations tells whether the prompt holds alternatives like {red, blue}. Midjourney makes one job of each, so such a
// prompt is never the prompt of one picture.
func (p Prompt) Permutations() bool { return len(groups(p.source)) > 0 }
