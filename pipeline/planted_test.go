package pipeline

import (
	"io/fs"
	"path"
	"path/filepath"
	"strings"

	"github.com/whosaid/whosaid/output"
)

// plant is a fault put into the protocol to see the harness catch it: a disk, a
// folder or a writer that is not what it should be. The zero plant is none.
type plant struct {
	disk     func(FS) FS
	folder   func(Folder) Folder
	open     opener
	trustful bool // in the rerun, too
}

func (p plant) into(j *Job) {
	if p.disk != nil {
		if j.FS == nil {
			j.FS = OS{}
		}
		j.FS = p.disk(j.FS)
	}
	j.wrap, j.open = p.folder, p.open
}

func isRecord(name string) bool { return path.Base(path.Dir(name)) == unitsName }

// recordFirst makes a unit's record before its parts have their names.
var recordFirst = plant{folder: func(f Folder) Folder { return &hasty{Folder: f} }}

type hasty struct {
	Folder
	later []func() error
}

func (h *hasty) Settle(staged, name string, size int64) error {
	h.later = append(h.later, func() error { return h.Folder.Settle(staged, name, size) })
	return nil
}

func (h *hasty) Once(name string, data []byte) (there []byte, created bool, err error) {
	there, created, err = h.Folder.Once(name, data)
	for isRecord(name) && err == nil && len(h.later) > 0 {
		err = h.later[0]()
		h.later = h.later[1:]
	}
	return there, created, err
}

// noPartSync forgets to sync parts.
var noPartSync = plant{folder: func(f Folder) Folder { return unsynced{f} }}

type unsynced struct{ Folder }

func (u unsynced) Staging() output.FS { return unsyncedFS{u.Folder.Staging()} }

type unsyncedFS struct{ output.FS }

func (u unsyncedFS) Create(name string) (output.File, error) {
	f, err := u.FS.Create(name)
	if err != nil {
		return nil, err
	}
	return unsyncedFile{f}, nil
}

type unsyncedFile struct{ output.File }

func (unsyncedFile) Sync() error { return nil }

// noFolderSync renames parts without syncing their folder.
var noFolderSync = plant{disk: func(f FS) FS { return forgetful{f} }}

type forgetful struct{ FS }

func (f forgetful) SyncDir(name string) error {
	for _, t := range output.Tables() {
		if filepath.Base(name) == string(t) {
			return nil
		}
	}
	return f.FS.SyncDir(name)
}

// overwriteRecord makes records by rename, which replaces.
var overwriteRecord = plant{folder: func(f Folder) Folder { return overwriting{f} }}

type overwriting struct{ Folder }

func (o overwriting) Once(name string, data []byte) ([]byte, bool, error) {
	if isRecord(name) {
		return data, true, o.Replace(name, data)
	}
	return o.Folder.Once(name, data)
}

// earlyManifest writes the manifest without waiting for all records.
var earlyManifest = plant{folder: func(f Folder) Folder { return early{f} }}

type early struct{ Folder }

func (e early) Once(name string, data []byte) ([]byte, bool, error) {
	if r, err := decodeRecord(data); err == nil && isRecord(name) {
		b, err := e.ReadFile(planName)
		if err != nil {
			return nil, false, err
		}
		p, err := decodePlan(planName, b)
		if err != nil {
			return nil, false, err
		}
		if b, err = encodeJSON(manifestOf(p, r.Plan, []*Record{r})); err != nil {
			return nil, false, err
		}
		if _, _, err := e.Folder.Once(manifestName, b); err != nil {
			return nil, false, err
		}
	}
	return e.Folder.Once(name, data)
}

// trustRecords resumes without looking at the parts.
var trustRecords = plant{folder: func(f Folder) Folder { return trusting{f} }, trustful: true}

type trusting struct{ Folder }

func (t trusting) Size(name string) (int64, error) {
	records, err := t.List(unitsName)
	if err != nil {
		return 0, err
	}
	for _, e := range records {
		b, err := t.ReadFile(path.Join(unitsName, e.Name))
		if err != nil {
			return 0, err
		}
		if r, err := decodeRecord(b); err == nil {
			for _, f := range r.Files {
				if f.Path == name {
					return f.Bytes, nil
				}
			}
		}
	}
	return t.Folder.Size(name)
}

// directParts writes parts under their final names.
var directParts = plant{disk: func(f FS) FS { return direct{f} }}

type direct struct{ FS }

// final is the name that a staged part is meant to have.
func final(name string) string {
	base := filepath.Base(name)
	if !isTemp(base) || !strings.HasPrefix(base, ".part-") {
		return name
	}
	unit, _, _ := strings.Cut(base[1:], ".")
	return filepath.Join(filepath.Dir(name), unit+".parquet")
}

func (d direct) Create(name string) (output.File, error) { return d.FS.Create(final(name)) }
func (d direct) Rename(from, to string) error            { return d.FS.Rename(final(from), to) }
func (d direct) Remove(name string) error                { return d.FS.Remove(final(name)) }
func (d direct) Stat(name string) (fs.FileInfo, error)   { return d.FS.Stat(final(name)) }

// earlySweep removes leftovers before the manifest.
var earlySweep = plant{folder: func(f Folder) Folder { return tidy{f} }}

type tidy struct{ Folder }

func (t tidy) Once(name string, data []byte) ([]byte, bool, error) {
	if isRecord(name) {
		s := &Store{dir: t.Folder}
		for _, table := range output.Tables() {
			if err := s.sweepFolder(string(table), nil); err != nil {
				return nil, false, err
			}
		}
	}
	return t.Folder.Once(name, data)
}

// loseArticle counts an article and does not write it.
var loseArticle = plant{open: func(f output.Format, paths map[output.Table]string, o output.Options) (output.Writer, error) {
	w, err := output.Open(f, paths, o)
	return &losing{Writer: w}, err
}}

type losing struct {
	output.Writer
	lost bool
}

func (l *losing) Write(r output.Rows) error {
	if !l.lost {
		l.lost = true
		return nil
	}
	return l.Writer.Write(r)
}
