package objects_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/johannesboyne/gofakes3"
	"github.com/johannesboyne/gofakes3/backend/s3mem"
	"github.com/parquet-go/parquet-go"
	"gocloud.dev/blob"

	"github.com/whosaid/whosaid/extract"
	"github.com/whosaid/whosaid/extract/news"
	"github.com/whosaid/whosaid/output"
	"github.com/whosaid/whosaid/pipeline"
	"github.com/whosaid/whosaid/pipeline/objects"
	"github.com/whosaid/whosaid/pipeline/objects/amazon"
	"github.com/whosaid/whosaid/pipeline/source"
)

// figure logs what a test found of a promise of docs/operations.md, as a line
// of the table that make torture ends with.
func figure(t testing.TB, promise int, format string, args ...any) {
	t.Helper()
	t.Logf("promise %d: %s", promise, fmt.Sprintf(format, args...))
}

func long() bool { return os.Getenv("WHOSAID_TORTURE") != "" }

// open opens buckets of S3; with the clients of all clouds, theirs too.
var open = func(ctx context.Context, bucket string) (*blob.Bucket, error) {
	return amazon.Open(ctx, strings.TrimPrefix(bucket, "s3://"))
}

// cloud is an object store with one bucket, and how to reach it through a proxy.
type cloud struct {
	name   string
	bucket string // address
	up     http.Handler
	// reach points the client of this process at a server.
	reach func(t testing.TB, address string)
}

// fakeS3 is an S3 of this process.
func fakeS3(t testing.TB) cloud {
	t.Helper()
	memory := s3mem.New()
	if err := memory.CreateBucket("news"); err != nil {
		t.Fatal(err)
	}
	return cloud{"s3", "s3://news", gofakes3.New(memory, gofakes3.WithLogger(gofakes3.DiscardLog())).Server(), reachS3}
}

const secret = "wJalrXUtnFEMI-K7MDENG-bPxRfiCYEXAMPLEKEY"

func reachS3(t testing.TB, address string) {
	for k, v := range map[string]string{
		"AWS_ENDPOINT_URL": address, "AWS_REGION": "us-east-1", "AWS_ACCESS_KEY_ID": "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY": secret,
	} {
		t.(interface{ Setenv(k, v string) }).Setenv(k, v)
	}
}

// stores opens a cloud through a proxy with these faults.
func (c cloud) stores(t testing.TB, f faults, seed uint64) (*objects.Stores, *proxy) {
	t.Helper()
	p, address := newProxy(t, c.up, f, seed)
	c.reach(t, address)
	s := objects.New(objects.Options{Open: open, Pause: 2 * time.Millisecond, Tries: 12, Idle: 5 * time.Second, Secrets: []string{secret}})
	t.Cleanup(func() { _ = s.Close() })
	return s, p
}

// put writes objects below the bucket.
func (c cloud) put(t testing.TB, s *objects.Stores, files map[string][]byte) {
	t.Helper()
	f, err := s.Folder(t.Context(), c.bucket)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for name, data := range files {
		if err := f.Replace(name, data); err != nil {
			t.Fatal(err)
		}
	}
}

// tree is every object below an address.
func tree(t testing.TB, s *objects.Stores, address string) map[string]string {
	t.Helper()
	list, err := s.List(t.Context(), address+"/")
	if err != nil {
		t.Fatal(err)
	}
	f, err := s.Folder(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	files := map[string]string{}
	for _, o := range list {
		name := strings.TrimPrefix(o.Address, address+"/")
		b, err := f.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		files[name] = string(b)
	}
	return files
}

func differs(want, got map[string]string) string {
	var d []string
	for name := range want {
		if got[name] != want[name] {
			d = append(d, "lost or changed "+name)
		}
	}
	for name := range got {
		if _, ok := want[name]; !ok {
			d = append(d, "left over "+name)
		}
	}
	slices.Sort(d)
	return strings.Join(d, ", ")
}

// quoteMarks finds what stands between straight marks.
func quoteMarks(_ context.Context, a *news.Article) (*news.Result, extract.Times, error) {
	r := &news.Result{Doc: &news.Document{Article: a, Text: a.Body}}
	if i := strings.IndexByte(a.Body, '"'); i >= 0 {
		if j := strings.IndexByte(a.Body[i+1:], '"'); j > 0 {
			span := news.Span{Start: int32(i + 1), End: int32(i + 1 + j)}
			r.Quotes = []news.Quote{{Parts: []news.Part{{Span: span, Quoted: true}}, Group: -1, Parent: -1}}
			r.Attributions = []news.Attribution{{Entity: -1}}
		}
	}
	return r, extract.Times{}, nil
}

// story is the n-th article.
func story(n int) string {
	return fmt.Sprintf("It was said of number %d: \"%s\" And that was that.", n, strings.Repeat(fmt.Sprintf("This is %d of the lot. ", n), 1+n%9))
}

// corpus is input of the kinds that are streamed, and Parquet, read by ranges.
func corpus(t testing.TB, files, each int) map[string][]byte {
	t.Helper()
	in := map[string][]byte{}
	n := 0
	for f := range files {
		var lines bytes.Buffer
		for range each {
			fmt.Fprintf(&lines, "{\"id\": \"a%d\", \"text\": %q}\n", n, story(n))
			n++
		}
		name := fmt.Sprintf("in/%03d.jsonl", f)
		if f%2 == 0 {
			in[name] = lines.Bytes()
			continue
		}
		var packed bytes.Buffer
		z := gzip.NewWriter(&packed)
		_, _ = z.Write(lines.Bytes())
		_ = z.Close()
		in[name+".gz"] = packed.Bytes()
	}
	var warc bytes.Buffer
	for range each {
		page := fmt.Sprintf("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html><head><title>t</title></head><body><article><p>%s</p><p>%s</p></article></body></html>", story(n), story(n+1))
		fmt.Fprintf(&warc, "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://alder.example/%d\r\nWARC-Record-ID: <urn:uuid:%d>\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n", n, n, len(page), page)
		n++
	}
	in["in/pages.warc"] = warc.Bytes()
	in["in/note.txt"] = []byte(story(n) + "\n")
	type row struct {
		ID   string `parquet:"id"`
		Text string `parquet:"text"`
	}
	var table bytes.Buffer
	w := parquet.NewGenericWriter[row](&table, parquet.MaxRowsPerRowGroup(int64(each)))
	for range 4 * each {
		n++
		if _, err := w.Write([]row{{fmt.Sprintf("p%d", n), story(n) + strings.Repeat(fmt.Sprintf(" %x", rand.Uint64()), 200)}}); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	in["in/table.parquet"] = table.Bytes()
	return in
}

// job is a run over the objects of a bucket.
func (c cloud) job(t testing.TB, s *objects.Stores, out pipeline.Folder) pipeline.Job {
	t.Helper()
	o := source.Options{Objects: s}
	shards, err := source.Discover(t.Context(), []string{c.bucket + "/in"}, o)
	if err != nil {
		t.Fatal(err)
	}
	return pipeline.Job{
		Plan:   pipeline.NewPlan(shards, 1, "test", "model", map[string]string{"--format": "parquet"}),
		Source: source.New(o), Extract: quoteMarks, Folder: out,
		Options: pipeline.Options{Workers: 2, Language: "any"}, Write: pipeline.WriteOptions{Format: output.Parquet},
	}
}

// badly is a store on a bad day.
var badly = faults{refuse: 0.08, lose: 0.08, cut: 0.15, slow: 0.05, stale: 0.5}

// rounds runs a corpus into a store that is at fault, by processes side by side
// that are stopped at random, and holds what comes out against a sound run on
// the local disk.
func (c cloud) rounds(t *testing.T, rounds int) {
	sound, _ := c.stores(t, faults{}, 0)
	c.put(t, sound, corpus(t, 4, 5))
	local := c.job(t, sound, pipeline.Local(filepath.Join(t.TempDir(), "out")))
	if _, err := pipeline.Run(t.Context(), local); err != nil {
		t.Fatal(err)
	}
	want := map[string]string{}
	err := fs.WalkDir(os.DirFS(local.Folder.Name()), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(filepath.Join(local.Folder.Name(), name))
		want[name] = string(b)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	met, stopped := 0, 0
	for round := range rounds {
		s, p := c.stores(t, badly, uint64(round+1))
		out := fmt.Sprintf("%s/out%d", c.bucket, round)
		rng := rand.New(rand.NewPCG(uint64(round), 14))
		process := func(ctx context.Context, share pipeline.Share) error {
			f, err := s.Folder(ctx, out)
			if err != nil {
				return err
			}
			defer f.Close()
			j := local
			o := source.Options{Objects: s}
			j.Source, j.Folder = source.New(o), f
			if j.Plan, err = pipeline.ReadPlan(f, ""); err != nil {
				return err
			}
			_, err = pipeline.Work(ctx, j, share)
			return err
		}
		f, err := s.Folder(t.Context(), out)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		j := local
		j.Folder = f
		if err := pipeline.MakePlan(t.Context(), j); err != nil {
			t.Fatal(err)
		}
		var all sync.WaitGroup
		for i := range 4 {
			share := pipeline.Share{Index: 1 + i/2, Of: 2} // two processes to each shard
			if round%2 == 1 {
				share = pipeline.Share{Claim: true, Lease: 50 * time.Millisecond}
			}
			if i%2 == 0 { // is stopped, and started again
				stopped++
				ctx, cancel := context.WithTimeout(t.Context(), time.Duration(rng.IntN(300))*time.Millisecond)
				all.Go(func() {
					defer cancel()
					if err := process(ctx, share); err != nil && ctx.Err() == nil {
						t.Errorf("round %d: %v", round, err)
					}
				})
				continue
			}
			all.Go(func() {
				if err := process(t.Context(), share); err != nil {
					t.Errorf("round %d: %v", round, err)
				}
			})
		}
		all.Wait()
		if _, err := f.Size("_manifest.json"); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("a manifest before the commit: %v", err)
		}
		if _, err := pipeline.Commit(t.Context(), j); err != nil {
			t.Fatal(err)
		}
		got := tree(t, sound, out)
		for name := range got { // what a late list hid from the sweep is in nobody's way
			if strings.HasPrefix(name, "_ids/") || strings.HasPrefix(name, "_claims/") {
				delete(got, name)
			}
		}
		if d := differs(want, got); d != "" {
			t.Errorf("round %d (%v): %s", round, p, d)
		}
		r, err := pipeline.Verify(t.Context(), f)
		if err != nil || len(r.Problems) > 0 {
			t.Errorf("verify: %v %v", err, r)
		}
		if len(p.over) > 0 {
			t.Errorf("round %d: puts that would replace %v", round, p.over)
		}
		met += p.count()
	}
	if met < 20*rounds {
		t.Errorf("only %d faults in %d rounds", met, rounds)
	}
	figure(t, 14, "%s: %d rounds of 4 processes over one address, %d stopped, %d faults (refused, lost answers, cut bodies, slow, stale lists): the tables of one local process, nothing before the commit", c.name, rounds, stopped, met)
}

// Promise 14: on a store without rename, with lost answers and stale lists,
// nothing is visible before the commit, and nothing twice.
func TestFaultyStore(t *testing.T) {
	rounds := 2
	if long() {
		rounds = 40
	}
	fakeS3(t).rounds(t, rounds)
}

// What is read of a store at fault is what a local file gives.
func TestReadFaultyStore(t *testing.T) {
	c := fakeS3(t)
	sound, _ := c.stores(t, faults{}, 0)
	files := corpus(t, 2, 20)
	c.put(t, sound, files)
	dir := t.TempDir()
	for name, data := range files {
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := errors.Join(os.MkdirAll(filepath.Dir(file), 0o777), os.WriteFile(file, data, 0o666)); err != nil {
			t.Fatal(err)
		}
	}
	read := func(o source.Options, in string) (all []string) {
		shards, err := source.Discover(t.Context(), []string{in}, o)
		if err != nil {
			t.Fatal(err)
		}
		r := source.New(o)
		for _, s := range shards {
			for a, err := range r.Articles(t.Context(), s) {
				all = append(all, fmt.Sprint(a.ID, a.Title, a.Body, a.Origin.Record, err))
			}
		}
		return all
	}
	want := read(source.Options{}, filepath.Join(dir, "in"))
	s, p := c.stores(t, faults{refuse: 0.1, cut: 0.6, slow: 0.05}, 1)
	got := read(source.Options{Objects: s}, c.bucket+"/in/")
	if !slices.Equal(want, got) || len(got) < 100 {
		t.Errorf("%d articles, and %d from the disk", len(got), len(want))
	}
	globbed := read(source.Options{Objects: s}, c.bucket+"/in/*.jsonl")
	if len(globbed) != 20 {
		t.Errorf("the glob gives %d articles", len(globbed))
	}
	if p.met["cut body"] < 5 {
		t.Errorf("too few faults: %v", p)
	}
}

// An object that changes while it is read, or after it was found, ends the run.
func TestChangedObject(t *testing.T) {
	c := fakeS3(t)
	s, _ := c.stores(t, faults{}, 0)
	c.put(t, s, map[string][]byte{"in/a.jsonl": []byte("{\"text\": \"One.\"}\n")})
	o := source.Options{Objects: s}
	shards, err := source.Discover(t.Context(), []string{c.bucket + "/in/a.jsonl"}, o)
	if err != nil || len(shards) != 1 || shards[0].Tag == "" {
		t.Fatal(shards, err)
	}
	c.put(t, s, map[string][]byte{"in/a.jsonl": []byte("{\"text\": \"Another.\"}\n")})
	for _, err := range source.New(o).Articles(t.Context(), shards[0]) {
		if !errors.Is(err, source.ErrChanged) {
			t.Errorf("changed: %v", err)
		}
	}
	if _, err := source.Discover(t.Context(), []string{c.bucket + "/none"}, o); err == nil || !strings.Contains(err.Error(), "no such object") {
		t.Errorf("absent: %v", err)
	}
	shards[0].Path = c.bucket + "/in/gone.jsonl"
	for _, err := range source.New(o).Articles(t.Context(), shards[0]) {
		if !errors.Is(err, source.ErrChanged) {
			t.Errorf("gone: %v", err)
		}
	}
}

// No error shows a credential.
func TestErrorsHoldNoSecret(t *testing.T) {
	leaky := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(http.StatusForbidden)
		fmt.Fprintf(w, "<Error><Code>SignatureDoesNotMatch</Code><Message>key %s, %s?X-Amz-Signature=abcdef0123&amp;sig=s3cr3t, AccountKey=Zm9vYmFy</Message></Error>", secret, r.Header.Get("Authorization"))
	})
	c := cloud{bucket: "s3://news", up: leaky, reach: reachS3}
	s, _ := c.stores(t, faults{}, 0)
	f, err := s.Folder(t.Context(), c.bucket+"/out")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	_, rerr := f.ReadFile("_plan.json")
	_, _, oerr := f.Once("_plan.json", []byte("x"))
	_, lerr := f.List("")
	for _, err := range []error{rerr, oerr, lerr} {
		if err == nil {
			t.Error("no error")
			continue
		}
		for _, word := range []string{secret, "abcdef0123", "s3cr3t", "Zm9vYmFy"} {
			if strings.Contains(fmt.Sprintf("%v %+v", err, err), word) {
				t.Errorf("%s in %v", word, err)
			}
		}
	}
	for _, address := range []string{"s3://user:pass@news/x", "s3://news?secret=1/x", "ftp://news/x", "s3:///x"} {
		if _, _, err := objects.Split(address); err == nil || strings.Contains(err.Error(), "pass") && strings.Contains(err.Error(), "user:") {
			t.Errorf("%s: %v", address, err)
		}
	}
}
