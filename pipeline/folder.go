package pipeline

import "github.com/whosaid/whosaid/output"

// Folder is where a run's output goes, as far as commits need it: a folder of a
// disk, or the objects below an address. Names stand below it, with slashes; ""
// is the folder itself. A name that is not there is fs.ErrNotExist.
//
// All safety rests on Once and Settle. No listing is trusted to be complete, and
// nothing is renamed once others can see it.
type Folder interface {
	// Name is what people call the folder: its path or address.
	Name() string
	ReadFile(name string) ([]byte, error)
	Size(name string) (int64, error)
	// List tells what lies in a folder; of one that is not there, nothing.
	List(dir string) ([]Entry, error)
	// Once makes a file with exactly data, whole or not at all, and durably.
	// Where there is one already, it returns what is there and created is
	// false: the caller decides whether that is as good. An error with created
	// means that the file is there, but might not outlive a loss of power.
	Once(name string, data []byte) (there []byte, created bool, err error)
	// Replace gives a file exactly data: readers see the old or the new content.
	Replace(name string, data []byte) error
	Remove(name string) error
	// Mkdir makes a folder durably, where there are folders.
	Mkdir(dir string) error
	// Sync makes durable what others put into a folder.
	Sync(dir string) error
	// Stage is a fresh path, of the file system Staging, to write what is to
	// become the file name.
	Stage(name string) (path string)
	Staging() output.FS
	// Settle gives a staged file that was synced its name, durably. The name
	// carries the content's hash: a file there of this size is the same one.
	// With a negative size the name tells nothing, and what is there is replaced.
	Settle(staged, name string, size int64) error
	// Fetch is the path of the file, or of a copy of it, on the local disk
	// until release is called.
	Fetch(name string) (path string, release func(), err error)
	// Lock takes a lock on an existing file for the life of the process or
	// until the returned function is called. Shared locks go together; one
	// that is alone only alone. It does not wait: ok is false where another
	// process is in the way.
	Lock(name string, alone bool) (unlock func(), ok bool, err error)
}

// Entry is a name in a folder.
type Entry struct {
	Name string
	Dir  bool
}
