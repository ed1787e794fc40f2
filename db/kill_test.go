package db

import (
	"bufio"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"
)

// What the test binary does as another process: see TestMain.
const (
	childRole = "SEEDBANK_TEST_CHILD"
	childFile = "SEEDBANK_TEST_FILE"
	keeps     = "keeps"   // keeps cards without end, and prints the number of each
	opens     = "opens"   // opens the history, and tells by its exit code whether it is busy
	imports   = "imports" // imports many cards, and prints when it begins and when it is done
	isBusy    = 3
)

func child(role, path string) int {
	ctx := context.Background()
	s, err := Open(ctx, path)
	if errors.Is(err, ErrBusy) {
		return isBusy
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	if role == imports {
		if err := importsMany(ctx, s); err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
	}
	for i := 0; role == keeps; i++ {
		job := fmt.Sprint(os.Getpid(), "-", i)
		c, _, err := s.Keep(ctx, "ask "+job, cardOf(job, asker))
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
		fmt.Println(c.Number)
	}
	return 0
}

func childCommand(t *testing.T, role, path string) *exec.Cmd {
	t.Helper()
	exe, err := os.Executable()
	require.NoError(t, err)
	cmd := exec.CommandContext(t.Context(), exe)
	cmd.Env = append(os.Environ(), childRole+"="+role, childFile+"="+path)
	cmd.Stderr = os.Stderr
	return cmd
}

func TestAKilledProcessLosesNothing(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "s.db")
	var told int64
	for round := range 3 {
		cmd := childCommand(t, keeps, path)
		out, err := cmd.StdoutPipe()
		require.NoError(t, err)
		require.NoError(t, cmd.Start())
		lines := bufio.NewScanner(out)
		for range 50 {
			require.True(t, lines.Scan())
			told, err = strconv.ParseInt(lines.Text(), 10, 64)
			require.NoError(t, err)
		}
		if round == 0 {
			_, err := Open(t.Context(), path)
			require.ErrorIs(t, err, ErrBusy, "another process is seen")
		}
		require.NoError(t, cmd.Process.Kill())
		for lines.Scan() { // what it said before it died is promised too
			if n, err := strconv.ParseInt(lines.Text(), 10, 64); err == nil {
				told = n
			}
		}
		require.Error(t, cmd.Wait())
	}

	s, err := Open(t.Context(), path)
	require.NoError(t, err, "a kill leaves no lock behind")
	defer s.Close()
	require.Equal(t, isBusy, exitCode(childCommand(t, opens, path).Run()), "and this process is seen by another")
	var verdict string
	require.NoError(t, s.read.QueryRow(`PRAGMA integrity_check`).Scan(&verdict))
	require.Equal(t, "ok", verdict)
	_, err = s.write.Exec(`INSERT INTO card_search (card_search) VALUES ('integrity-check')`)
	require.NoError(t, err)
	is := derived(t, s)
	require.NoError(t, s.change(t.Context(), func(tx *sql.Tx) error { return rebuild(t.Context(), tx) }))
	require.Equal(t, derived(t, s), is, "what cards are found by is as whole as they are")
	var cards, last int64
	require.NoError(t, s.read.QueryRow(`SELECT count(DISTINCT number), max(number) FROM card`).Scan(&cards, &last))
	require.Equal(t, cards, last, "no number is missing or doubled")
	require.GreaterOrEqual(t, last, told, "every card that was told of is there")
	require.LessOrEqual(t, last, told+1, "and at most the one under way besides")
	require.Equal(t, last+1, keepCard(t, s, cardOf("next", asker)).Number)
}

func exitCode(err error) int {
	if e, ok := errors.AsType[*exec.ExitError](err); ok {
		return e.ExitCode()
	}
	return -1
}
