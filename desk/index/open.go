package index

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	_ "modernc.org/sqlite" // the driver named sqlite
)

// Names below an output folder.
const (
	// Folder holds all that the desk keeps beside the tables.
	Folder   = "_desk"
	fileName = "index.sqlite"
)

// Options say how an index is opened.
type Options struct {
	// CacheDir is where the index goes when the output folder cannot be written
	// to; "" makes that an error.
	CacheDir string
	// Progress is told how far a build is.
	Progress Progress
	// SearchTime is how long a search may take before it gives what it has; 0 is
	// 150 ms, which leaves as much for the rest of a page.
	SearchTime time.Duration
	// Building is told that a build begins, and where the index goes.
	Building func(path string)
}

// About says what an index holds.
type About struct {
	Built      time.Time `json:"built"`
	Finished   bool      `json:"finished"`   // the tables have a manifest
	Linked     bool      `json:"linked"`     // persons are those of link
	Quotations bool      `json:"quotations"` // so are quotations
	Entities   bool      `json:"entities"`   // the table is there
	Articles   int64     `json:"articles"`
	Statements int64     `json:"statements"`
}

// Index answers questions about the tables of one output folder. It is safe
// for concurrent use.
type Index struct {
	db *sql.DB
	// Dir is where the desk may write: the tables' own folder, or one in the
	// cache where that is read-only.
	Dir string
	// Cached says that Dir is the one in the cache.
	Cached bool
	About  About

	searchTime time.Duration
	common     map[string]bool // words that have sets
}

// Open opens the index of the tables in dir, and builds it where it is missing
// or is not of these tables.
func Open(ctx context.Context, dir string, o Options) (*Index, error) {
	t, err := findTables(dir)
	if err != nil {
		return nil, err
	}
	home, cached, err := homeOf(dir, o.CacheDir)
	if err != nil {
		return nil, err
	}
	path := filepath.Join(home, fileName)
	x, err := open(ctx, path, t.fingerprint)
	if errors.Is(err, errStale) {
		if o.Building != nil {
			o.Building(path)
		}
		if err := build(ctx, t, path, o.Progress); err != nil {
			return nil, err
		}
		x, err = open(ctx, path, t.fingerprint)
	}
	if err != nil {
		return nil, err
	}
	x.Dir, x.Cached = home, cached
	if x.searchTime = o.SearchTime; x.searchTime <= 0 {
		x.searchTime = searchTime
	}
	return x, nil
}

// homeOf finds where the desk may write, and makes the folder.
func homeOf(dir, cache string) (home string, cached bool, err error) {
	home = filepath.Join(dir, Folder)
	if err = writable(home); err == nil {
		return home, false, nil
	}
	if cache == "" {
		return "", false, fmt.Errorf("the index has no place: %w", err)
	}
	full, err := filepath.Abs(dir)
	if err != nil {
		return "", false, err
	}
	sum := sha256.Sum256([]byte(full))
	home = filepath.Join(cache, "desk-"+hex.EncodeToString(sum[:8]))
	if err := writable(home); err != nil {
		return "", false, fmt.Errorf("neither %s nor the cache can be written to: %w", dir, err)
	}
	return home, true, nil
}

// writable makes a folder and tries whether a file can be made in it.
func writable(dir string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	f, err := os.CreateTemp(dir, ".try-*")
	if err != nil {
		return err
	}
	return errors.Join(f.Close(), os.Remove(f.Name()))
}

// errStale: the index is missing, damaged, or of other tables.
var errStale = errors.New("the index is not of these tables")

func open(ctx context.Context, path, fingerprint string) (*Index, error) {
	if _, err := os.Stat(path); err != nil {
		return nil, errStale
	}
	db, err := sql.Open("sqlite", dsn(path, "mode=ro", "immutable=1", "_pragma=query_only(1)", "_pragma=cache_size(-32768)", "_pragma=mmap_size(0)"))
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(max(4, 2*runtime.GOMAXPROCS(0)))
	db.SetMaxIdleConns(max(4, 2*runtime.GOMAXPROCS(0)))
	x := &Index{db: db}
	meta := map[string]string{}
	rows, err := db.QueryContext(ctx, `SELECT key, value FROM meta`)
	if err == nil {
		for rows.Next() {
			var k, v string
			if err = rows.Scan(&k, &v); err != nil {
				break
			}
			meta[k] = v
		}
		err = errors.Join(err, rows.Close())
	}
	if err != nil && ctx.Err() != nil {
		return nil, errors.Join(ctx.Err(), db.Close())
	}
	if err != nil || meta["version"] != version || meta["fingerprint"] != fingerprint || json.Unmarshal([]byte(meta["about"]), &x.About) != nil {
		return nil, errors.Join(errStale, db.Close())
	}
	x.common = map[string]bool{}
	err = x.each(ctx, func(rows *sql.Rows) error {
		var word string
		err := rows.Scan(&word)
		x.common[word] = true
		return err
	}, `SELECT word FROM common`)
	if err != nil {
		return nil, errors.Join(errStale, ctx.Err(), db.Close())
	}
	return x, nil
}

// dsn names a database file to the driver.
func dsn(path string, params ...string) string {
	path = filepath.ToSlash(path)
	if len(path) > 1 && path[1] == ':' { // a drive of Windows
		path = "/" + path
	}
	u := url.URL{Scheme: "file", Opaque: (&url.URL{Path: path}).EscapedPath(), RawQuery: strings.Join(params, "&")}
	return u.String()
}

// Close lets go of the file.
func (x *Index) Close() error { return x.db.Close() }
