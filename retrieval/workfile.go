package retrieval

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strings"
)

// openWork opens the work file, which nobody else may read: the tokens of replies are in it. A commit is on the disk when
// it returns: an ask is promised from then on. A write for which the disk has no room is one that passes, see trouble.
func openWork(ctx context.Context, path string) (*sql.DB, error) {
	absolute, err := filepath.Abs(path)
	if err != nil {
		return nil, fmt.Errorf("find the work file: %w", err)
	}
	if err := keepToOurselves(absolute); err != nil {
		return nil, fmt.Errorf("open the work file: %w", err)
	}
	slashed := filepath.ToSlash(absolute)
	if !strings.HasPrefix(slashed, "/") {
		slashed = "/" + slashed // a drive letter
	}
	dsn := (&url.URL{Scheme: "file", Path: slashed, RawQuery: "_txlock=immediate&_pragma=journal_mode(WAL)" +
		"&_pragma=synchronous(FULL)&_pragma=busy_timeout(10000)&_pragma=foreign_keys(ON)"}).String()
	plain, err := sql.Open("sqlite", dsn)
	if err != nil {
		return nil, fmt.Errorf("open the work file %s: %w", path, err)
	}
	file := sql.OpenDB(workConnector{plain.Driver(), dsn})
	_ = plain.Close() // it has opened nothing
	file.SetMaxOpenConns(workConns)
	file.SetMaxIdleConns(workConns)
	if err := file.PingContext(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("open the work file %s: %w (it may be deleted while the bot is down: only unanswered asks are in it)", path, err), file.Close())
	}
	return file, nil
}

const workConns = 8

// keepToOurselves makes a file that is there, or will be, one that its owner alone may read and write. SQLite makes the
// files beside it likewise.
func keepToOurselves(path string) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return err
	}
	return errors.Join(f.Chmod(0o600), f.Close())
}

// trouble is an error of SQLite's that has nothing to do with what was asked and passes by itself, such as a full disk.
// The engine gives a workflow up for an error that it does not know, and tries again, for as long as it takes, after one
// of a network. So it is told as that.
type trouble struct{ error }

var _ net.Error = trouble{}

func (trouble) Timeout() bool   { return false }
func (trouble) Temporary() bool { return true }
func (t trouble) Unwrap() error { return t.error }

// Primary result codes of SQLite, from its page on them: something is wrong with the disk, or it is full.
const (
	sqliteIOError = 10
	sqliteFull    = 13
)

// passing makes trouble of errors that are.
func passing(err error) error {
	if coded, ok := errors.AsType[interface {
		error
		Code() int
	}](err); ok && (coded.Code()&0xff == sqliteFull || coded.Code()&0xff == sqliteIOError) {
		return trouble{err}
	}
	return err
}

// workConnector opens connections whose errors went through passing.
type workConnector struct {
	driver driver.Driver
	dsn    string
}

func (c workConnector) Driver() driver.Driver { return c.driver }

func (c workConnector) Connect(context.Context) (driver.Conn, error) {
	opened, err := c.driver.Open(c.dsn)
	if err != nil {
		return nil, passing(err)
	}
	whole, ok := opened.(sqliteConn)
	if !ok {
		return nil, errors.Join(fmt.Errorf("the SQLite driver %T lacks what the work file needs", c.driver), opened.Close())
	}
	return workConn{whole}, nil
}

// sqliteConn is what database/sql makes use of in a connection of the engine's driver.
type sqliteConn interface {
	driver.Conn
	driver.ConnBeginTx
	driver.ConnPrepareContext
	driver.ExecerContext
	driver.QueryerContext
	driver.Pinger
	driver.SessionResetter
	driver.Validator
}

type workConn struct{ sqliteConn }

func (c workConn) BeginTx(ctx context.Context, o driver.TxOptions) (driver.Tx, error) {
	tx, err := c.sqliteConn.BeginTx(ctx, o)
	if err != nil {
		return nil, passing(err)
	}
	return workTx{tx}, nil
}

func (c workConn) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	result, err := c.sqliteConn.ExecContext(ctx, query, args)
	return result, passing(err)
}

func (c workConn) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	rows, err := c.sqliteConn.QueryContext(ctx, query, args)
	return rows, passing(err)
}

type workTx struct{ driver.Tx }

func (tx workTx) Commit() error { return passing(tx.Tx.Commit()) }
