package discordtest

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
)

// apiError is one error answer of Discord's REST API. breaks tells whether the
// request broke a rule, as against meeting a state of the world (an unknown
// message, a missing permission) that a correct bot can meet.
type apiError struct {
	status  int
	code    int
	message string
	errors  obj
	breaks  bool
}

func (e *apiError) body() obj {
	o := obj{"message": e.message, "code": e.code}
	if e.errors != nil {
		o["errors"] = e.errors
	}
	return o
}

// detail is the error in one line, with each field's complaint.
func (e *apiError) detail() string {
	var parts []string
	walkErrors(e.errors, "", func(path, message string) { parts = append(parts, path+": "+message) })
	if len(parts) == 0 {
		return fmt.Sprintf("%d %s", e.code, e.message)
	}
	return fmt.Sprintf("%d %s (%s)", e.code, e.message, strings.Join(parts, "; "))
}

func walkErrors(o obj, path string, visit func(path, message string)) {
	for _, key := range sortedKeys(o) {
		if key == "_errors" {
			for _, e := range objects(list(o, key)) {
				visit(path, str(e, "code")+" "+str(e, "message"))
			}
			continue
		}
		next := key
		if path != "" {
			next = path + "." + key
		}
		walkErrors(child(o, key), next, visit)
	}
}

// The JSON error codes of Discord's "Opcodes and Status Codes" topic in use here.
func errUnknownChannel() *apiError { return world(http.StatusNotFound, 10003, "Unknown Channel") }
func errUnknownGuild() *apiError   { return world(http.StatusNotFound, 10004, "Unknown Guild") }
func errUnknownMember() *apiError  { return world(http.StatusNotFound, 10007, "Unknown Member") }
func errUnknownMessage() *apiError { return world(http.StatusNotFound, 10008, "Unknown Message") }
func errUnknownRole() *apiError    { return world(http.StatusNotFound, 10011, "Unknown Role") }
func errUnknownUser() *apiError    { return world(http.StatusNotFound, 10013, "Unknown User") }
func errUnknownWebhook() *apiError { return world(http.StatusNotFound, 10015, "Unknown Webhook") }
func errUnknownCommand() *apiError {
	return world(http.StatusNotFound, 10063, "Unknown application command")
}
func errUnknownInteraction() *apiError {
	return world(http.StatusNotFound, 10062, "Unknown interaction")
}
func errTokenOver() *apiError     { return world(http.StatusUnauthorized, 50027, "Invalid Webhook Token") }
func errMissingAccess() *apiError { return world(http.StatusForbidden, 50001, "Missing Access") }
func errMissingPermit() *apiError { return world(http.StatusForbidden, 50013, "Missing Permissions") }
func errCannotSendToUser() *apiError {
	return world(http.StatusForbidden, 50007, "Cannot send messages to this user")
}
func errNotYourMessage() *apiError {
	return broken(http.StatusForbidden, 50005, "Cannot edit a message authored by another user")
}
func errAcked() *apiError {
	return broken(http.StatusBadRequest, 40060, "Interaction has already been acknowledged.")
}
func errEmpty() *apiError {
	return broken(http.StatusBadRequest, 50006, "Cannot send an empty message")
}
func errTooLarge() *apiError {
	return broken(http.StatusRequestEntityTooLarge, 40005, "Request entity too large")
}
func errBadJSON() *apiError {
	return broken(http.StatusBadRequest, 50109, "The request body contains invalid JSON.")
}
func errUnauthorized() *apiError { return broken(http.StatusUnauthorized, 0, "401: Unauthorized") }
func errNotFound() *apiError     { return broken(http.StatusNotFound, 0, "404: Not Found") }

func world(status, code int, message string) *apiError {
	return &apiError{status: status, code: code, message: message}
}

func broken(status, code int, message string) *apiError {
	return &apiError{status: status, code: code, message: message, breaks: true}
}

// form collects the complaints about one body; Discord answers them all at once.
type form struct {
	errs obj
	base string // where in the body the form stands, "" for its top
}

// add notes a complaint at a path of keys and indexes, dots between.
func (f *form) add(path, code, format string, args ...any) {
	if f.errs == nil {
		f.errs = obj{}
	}
	switch {
	case path == "":
		path = f.base
	case f.base != "":
		path = f.base + "." + path
	}
	at := f.errs
	if path != "" {
		for _, key := range strings.Split(path, ".") {
			next := child(at, key)
			if next == nil {
				next = obj{}
				at[key] = next
			}
			at = next
		}
	}
	all, _ := at["_errors"].([]obj)
	at["_errors"] = append(all, obj{"code": code, "message": fmt.Sprintf(format, args...)})
}

// err returns the 50035 answer, or nil when there is no complaint.
func (f *form) err() *apiError {
	if f.errs == nil {
		return nil
	}
	e := broken(http.StatusBadRequest, 50035, "Invalid Form Body")
	e.errors = f.errs
	return e
}

// length complains when text is not within min and max characters.
func (f *form) length(path, text string, low, high int) bool {
	n := len([]rune(text))
	switch {
	case n >= low && n <= high:
		return true
	case n == 0:
		f.add(path, "BASE_TYPE_REQUIRED", "This field is required")
	case low > 0:
		f.add(path, "BASE_TYPE_BAD_LENGTH", "Must be between %d and %d in length.", low, high)
	default:
		f.add(path, "BASE_TYPE_MAX_LENGTH", "Must be %d or fewer in length.", high)
	}
	return false
}

// count complains when a list has not between low and high entries.
func (f *form) count(path string, n, low, high int) bool {
	if n >= low && n <= high {
		return true
	}
	f.add(path, "BASE_TYPE_BAD_LENGTH", "Must be between %d and %d in length.", low, high)
	return false
}

// within complains when a number, given or not, is out of its range.
func (f *form) within(path string, o obj, key string, low, high int) (n int, given bool) {
	if o[key] == nil {
		return 0, false
	}
	n, ok := integer(o, key)
	switch {
	case !ok:
		f.add(join(path, key), "NUMBER_TYPE_COERCE", "Value %q is not int.", fmt.Sprint(o[key]))
	case n < low:
		f.add(join(path, key), "NUMBER_TYPE_MIN", "int value should be greater than or equal to %d.", low)
	case n > high:
		f.add(join(path, key), "NUMBER_TYPE_MAX", "int value should be less than or equal to %d.", high)
	default:
		return n, true
	}
	return n, false
}

// join puts one more key or index behind a path.
func join(path string, keys ...any) string {
	for _, k := range keys {
		text := fmt.Sprint(k)
		if n, ok := k.(int); ok {
			text = strconv.Itoa(n)
		}
		if path == "" {
			path = text
			continue
		}
		path += "." + text
	}
	return path
}
