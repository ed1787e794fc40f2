package db

import "fmt"

// InputError is what is wrong with something a member wrote, in a sentence to show, with what to write instead.
type InputError struct{ Problem string }

func (e *InputError) Error() string { return e.Problem }

func wrong(format string, args ...any) error { return &InputError{fmt.Sprintf(format, args...)} }
