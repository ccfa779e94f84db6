package main

import (
	"fmt"
	"io"
	"runtime"
	"runtime/debug"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/whosaid/whosaid/output"
)

// release is the version of the program; CHANGELOG.md tells what is in it.
const release = "0.1.0"

// programVersion is the version that go install was asked for, or the release
// and, in a binary built from a checkout, the commit: runs of different commits may
// write different rows, and must not continue each other.
func programVersion() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return release
	}
	return versionOf(info)
}

func versionOf(info *debug.BuildInfo) string {
	var commit, changed string
	for _, s := range info.Settings {
		switch s.Key {
		case "vcs.revision":
			commit = "+" + s.Value[:min(len(s.Value), 10)]
		case "vcs.modified":
			if s.Value == "true" {
				changed = ".changed"
			}
		}
	}
	if asked, ok := strings.CutPrefix(info.Main.Version, "v"); ok && commit == "" {
		return asked
	}
	return release + commit + changed
}

func versionCommand() *cli.Command {
	return &cli.Command{
		Name:      "version",
		Usage:     "print the version",
		UsageText: "whosaid version",
		Description: "Prints the program's version, the version of the tables' schema, and the Go\n" +
			"version and platform it was built for.\n\n" +
			"Example:\n  whosaid version\n\n" + seeExitCodes,
		Action: func(c *cli.Context) error { return printVersion(c.App.Writer) },
	}
}

func printVersion(w io.Writer) error {
	_, err := fmt.Fprintf(w, "whosaid %s (schema %s, %s, %s/%s)\n", programVersion(), output.SchemaVersion, runtime.Version(), runtime.GOOS, runtime.GOARCH)
	return err
}
