package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/whosaid/whosaid/desk"
	"github.com/whosaid/whosaid/desk/index"
	"github.com/whosaid/whosaid/extract"
)

func serveCommand() *cli.Command {
	return &cli.Command{
		Name:      "serve",
		Usage:     "see, search and judge tables in the browser; answer an HTTP API",
		UsageText: "whosaid serve [flags] DIR",
		Description: "Opens the tables that extract wrote as a local web page, and prints its address.\n" +
			"The first opening builds an index beside the tables, in DIR/_desk; later ones find\n" +
			"it there, and build it again only when the tables have changed. The page makes no\n" +
			"request to anywhere else.\n\n" +
			"Without --listen only this machine can reach it. Another address needs --token,\n" +
			"which everybody who calls must have; put a proxy with TLS before it on a network\n" +
			"that you do not trust. docs/desk.md tells of the pages, docs/api.md of the API.\n\n" +
			"Examples:\n" +
			"  whosaid serve whosaid-out\n" +
			"  whosaid serve --listen 127.0.0.1:8080 corpus\n" +
			"  whosaid serve --listen 0.0.0.0:8080 --token \"$(openssl rand -hex 16)\" corpus\n" +
			"  curl -H 'Content-Type: text/plain' --data-binary @article.txt http://127.0.0.1:8080/v1/extract\n\n" + seeExitCodes,
		Flags: slices.Concat([]cli.Flag{
			&cli.StringFlag{Name: "listen", Value: "127.0.0.1:0", Usage: "listen on `HOST:PORT`; port 0 takes a free one"},
			&cli.StringFlag{Name: "token", Usage: "ask every request for `TOKEN`, 16 characters or more; needed for other addresses than this machine's own"},
			&cli.StringFlag{Name: "host", Usage: "answer to these `NAMES` too, such as desk.example or desk.example:8080, where a proxy passes them on"},
			&cli.StringFlag{Name: "max-body", Value: "16MiB", Usage: "refuse requests longer than `SIZE`"},
			&cli.DurationFlag{Name: "request-time", Value: time.Minute, Usage: "give up on a request after `TIME`"},
			&cli.IntFlag{Name: "workers", Usage: "extract for `N` requests at once; 0 means one per core"},
			&cli.BoolFlag{Name: "quiet", Aliases: []string{"q"}, Usage: "show warnings and errors only"},
			&cli.StringFlag{Name: "log-format", Value: "text", Usage: "`FORMAT` of the log: text or json"},
		}, engineFlags()),
		Action: runServe,
	}
}

// minToken is the least length of a token: 16 characters cannot be guessed over
// a network.
const minToken = 16

func runServe(c *cli.Context) error {
	if c.NArg() != 1 {
		return usagef("serve takes one folder of tables, and got %d arguments", c.NArg())
	}
	var errs []error
	check := func(err error) { errs = append(errs, err) }
	eo := resolveEngine(c, check)
	json := oneOf("log-format", c.String("log-format"), check, "text", "json") == "json"
	o := desk.Options{Version: programVersion(), Token: c.String("token"), MaxBody: int64(size(c, "max-body", check)), RequestTime: c.Duration("request-time"), Extractions: c.Int("workers")}
	host, port, err := net.SplitHostPort(c.String("listen"))
	if err != nil {
		check(fmt.Errorf("--listen %q is not a host and port such as 127.0.0.1:8080", c.String("listen")))
	} else {
		check(mayListen(host, o.Token))
	}
	if o.Token != "" && len(o.Token) < minToken {
		check(fmt.Errorf("--token has %d characters; take %d or more", len(o.Token), minToken))
	}
	if o.RequestTime <= 0 {
		check(fmt.Errorf("--request-time %v is not above 0", o.RequestTime))
	}
	if c.Int("workers") < 0 {
		check(fmt.Errorf("--workers %d is negative", c.Int("workers")))
	}
	if err := errors.Join(errs...); err != nil {
		return usage(err)
	}
	log := newScreen(c.App.ErrWriter, extractOptions{quiet: c.Bool("quiet"), json: json, progress: "none"}).log
	x, err := openIndex(c.Context, c.Args().First(), log)
	if err != nil {
		return err
	}
	defer x.Close()
	o.Log, o.Engine = log, func() (*desk.Engine, error) { return deskEngine(eo) }
	l, err := net.Listen("tcp", net.JoinHostPort(host, port))
	if err != nil {
		return fmt.Errorf("%w; --listen names another address or port", err)
	}
	o.Hosts, o.AnyAddress = hostsOf(l.Addr().(*net.TCPAddr), host, list(c.String("host")))
	return serve(c, l, x, o)
}

// mayListen refuses addresses that others can reach, unless there is a token.
func mayListen(host, token string) error {
	ip := net.ParseIP(host)
	if host == "localhost" || ip != nil && ip.IsLoopback() || token != "" {
		return nil
	}
	return fmt.Errorf("--listen %s: others can reach this address, so it needs --token TOKEN", host)
}

// hostsOf are the names, with the port, by which a listener may be called.
func hostsOf(at *net.TCPAddr, host string, more []string) (hosts []string, anyAddress bool) {
	port := fmt.Sprint(at.Port)
	names := []string{host}
	if at.IP.IsLoopback() || at.IP.IsUnspecified() {
		names = append(names, "127.0.0.1", "localhost", "::1")
	}
	for _, n := range names {
		if n != "" {
			hosts = append(hosts, strings.ToLower(net.JoinHostPort(n, port)))
		}
		if n != "" && at.Port == 80 {
			hosts = append(hosts, strings.ToLower(n))
		}
	}
	for _, n := range more {
		hosts = append(hosts, strings.ToLower(n))
	}
	return hosts, at.IP.IsUnspecified()
}

// openIndex opens or builds the index, and tells of what takes long.
func openIndex(ctx context.Context, dir string, log *slog.Logger) (*index.Index, error) {
	o := index.Options{}
	if cache, err := os.UserCacheDir(); err == nil {
		o.CacheDir = filepath.Join(cache, "whosaid")
	}
	start, next := time.Now(), time.Now().Add(5*time.Second)
	o.Building = func(path string) { log.Info("building the index", "file", path) }
	o.Progress = func(articles, statements int64) {
		if now := time.Now(); now.After(next) {
			next = now.Add(5 * time.Second)
			log.Info("building the index", "articles", articles, "statements", statements)
		}
	}
	x, err := index.Open(ctx, dir, o)
	if err != nil {
		return nil, err
	}
	log.Info("opened", "articles", x.About.Articles, "statements", x.About.Statements, "seconds", time.Since(start).Round(10*time.Millisecond).Seconds())
	if x.Cached {
		log.Warn("the tables' folder cannot be written to, so the index is in the cache", "folder", x.Dir)
	}
	if !x.About.Finished {
		log.Warn("the run that made these tables is not finished: articles may be missing", "folder", dir)
	}
	return x, nil
}

// deskEngine loads the models.
func deskEngine(o extract.Options) (*desk.Engine, error) {
	x, err := newEngine(o)
	if err != nil {
		return nil, err
	}
	o.Explain = true
	why, err := newEngine(o)
	if err != nil {
		return nil, err
	}
	return &desk.Engine{Extract: x.extract, Explain: why.extract, Hash: x.hash}, nil
}

// serve answers until the program is told to stop, which is success.
func serve(c *cli.Context, l net.Listener, x *index.Index, o desk.Options) error {
	d, err := desk.New(x, o)
	if err != nil {
		return errors.Join(err, l.Close())
	}
	s := &http.Server{
		Handler: d, ErrorLog: slog.NewLogLogger(o.Log.Handler(), slog.LevelWarn),
		ReadHeaderTimeout: 10 * time.Second, ReadTimeout: o.RequestTime + 10*time.Second, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 64 << 10,
	}
	address := "http://" + l.Addr().String() + "/"
	if o.AnyAddress {
		address = fmt.Sprintf("http://localhost:%d/", l.Addr().(*net.TCPAddr).Port)
	}
	if o.Token != "" {
		address += "?token=" + o.Token
	}
	fmt.Fprintln(c.App.Writer, address)
	o.Log.Info("serving; Ctrl-C ends it", "address", l.Addr().String())
	ended := make(chan error, 1)
	go func() { ended <- s.Serve(l) }()
	select {
	case err := <-ended:
		return err
	case <-c.Context.Done():
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(c.Context), 5*time.Second)
	defer cancel()
	if err := s.Shutdown(ctx); err != nil {
		return errors.Join(err, s.Close())
	}
	return nil
}
