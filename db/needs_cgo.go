//go:build !cgo

package db

// Without a C compiler the build stops here, with a name that says what is missing, and not at a riddle further on.
var _ = install_a_C_compiler_such_as_gcc_SQLite_is_built_from_its_C_source
