// Command whosaid reads news articles and writes tables of who said what.
//
// This package turns flags into options and makes one call; it is the only
// place that prints, reads the environment, catches signals, or exits. One file
// a command. Standard output carries results only; logs, progress and the
// summary go to standard error.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/urfave/cli/v2"
)

func main() {
	os.Exit(run(os.Args, os.Stdin, os.Stdout, os.Stderr))
}

// run is the program with its surroundings as arguments; it returns the exit
// code.
func run(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	ctx, stop := untilSignal(context.Background())
	defer stop()
	app := newApp(stdin, stdout, stderr)
	err := app.RunContext(ctx, arrange(app, args))
	return report(stderr, err, jsonLog(args))
}

// newApp assembles the commands.
func newApp(stdin io.Reader, stdout, stderr io.Writer) *cli.App {
	app := &cli.App{
		Name:      "whosaid",
		Usage:     "who said what, in every article of a news corpus",
		UsageText: "whosaid COMMAND [flags] [arguments]",
		Description: "Examples:\n" +
			"  whosaid extract articles/                 tables of a folder into whosaid-out/\n" +
			"  whosaid show article.txt                  one article, its statements and speakers\n" +
			"  whosaid extract --help                    all about a command\n\n" + seeExitCodes,
		Reader:               stdin,
		Writer:               stdout,
		ErrWriter:            stderr,
		HideVersion:          true, // --version is a flag of ours, so that -v stays free
		HideHelpCommand:      true,
		EnableBashCompletion: false, // it panics on partial flags; completion.go writes scripts of its own

		Flags: []cli.Flag{
			&cli.BoolFlag{Name: "version", Usage: "print the version"},
			cli.HelpFlag, // the library leaves it out where a command is called help
		},
		Commands: []*cli.Command{
			extractCommand(),
			planCommand(),
			workCommand(),
			commitCommand(),
			linkCommand(),
			peopleCommand(),
			showCommand(),
			pipeCommand(),
			evalCommand(),
			trainCommand(),
			convertCommand(),
			verifyCommand(),
			serveCommand(),
			auditCommand(),
			schemaCommand(),
			versionCommand(),
			completionCommand(),
			helpCommand(),
		},
		Action: func(c *cli.Context) error {
			if c.Bool("version") {
				return printVersion(c.App.Writer)
			}
			if c.NArg() == 0 {
				return cli.ShowAppHelp(c)
			}
			return usage(unknownCommand(c.App, c.Args().First()))
		},
		OnUsageError:   func(_ *cli.Context, err error, _ bool) error { return usage(err) },
		ExitErrHandler: func(*cli.Context, error) {}, // report does it
	}
	for _, cmd := range app.Commands {
		cmd.OnUsageError = func(_ *cli.Context, err error, _ bool) error { return usage(flagError(cmd, err)) }
		cmd.HideHelpCommand = true
	}
	return app
}

func unknownCommand(app *cli.App, name string) error {
	var names []string
	for _, c := range app.Commands {
		names = append(names, c.Name)
	}
	if w := closest(name, names); w != "" {
		return fmt.Errorf("no command %q; did you mean %s?", name, w)
	}
	return fmt.Errorf("no command %q; the commands are %s", name, strings.Join(names, ", "))
}

// arrange brings a command's flags before its arguments, because the flag
// package takes everything behind the first argument as arguments.
func arrange(app *cli.App, args []string) []string {
	if len(args) < 3 {
		return args
	}
	cmd := app.Command(args[1])
	if cmd == nil {
		return args
	}
	takesValue := map[string]bool{}
	for _, f := range cmd.Flags {
		_, isBool := f.(*cli.BoolFlag)
		for _, n := range f.Names() {
			takesValue[n] = !isBool
		}
	}
	var flags, rest []string
	for i := 2; i < len(args); i++ {
		a := args[i]
		if a == "--" {
			rest = append(rest, args[i+1:]...)
			break
		}
		if len(a) < 2 || a[0] != '-' { // "-" is standard input
			rest = append(rest, a)
			continue
		}
		flags = append(flags, a)
		name, _, hasValue := strings.Cut(strings.TrimLeft(a, "-"), "=")
		if takesValue[name] && !hasValue && i+1 < len(args) {
			i++
			flags = append(flags, args[i])
		}
	}
	out := append([]string{args[0], args[1]}, flags...)
	if len(rest) > 0 {
		out = append(append(out, "--"), rest...)
	}
	return out
}

// asUsage is err when it is a usage error.
func asUsage(err error) (*usageError, bool) {
	var u *usageError
	return u, errors.As(err, &u)
}
