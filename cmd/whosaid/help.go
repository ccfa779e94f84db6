package main

import (
	"fmt"

	"github.com/urfave/cli/v2"
)

// exitCodes is the help topic of that name.
const exitCodes = `Exit codes:
  0    done, or nothing left to do
  1    an error: the disk is full, the input has gone or changed, a fault of the program
  2    wrong usage; nothing was read or written
  3    more rejects than --max-rejects allows; the run is not finished
  4    the output folder belongs to another run
  5    verify found damage
  6    no article was read: every record was rejected or left out, or there was none
  130  stopped by an interrupt (Ctrl-C); run the same command again to continue
  143  stopped by a termination signal; run the same command again to continue
`

// exitCodesTopic is the help topic's name.
const exitCodesTopic = "exit-codes"

// seeExitCodes ends the help of every command.
const seeExitCodes = "Exit codes: whosaid help " + exitCodesTopic

func helpCommand() *cli.Command {
	return &cli.Command{
		Name:      "help",
		Usage:     "help on a command, or on exit-codes",
		UsageText: "whosaid help [COMMAND | exit-codes]",
		Description: "Examples:\n" +
			"  whosaid help extract\n" +
			"  whosaid help exit-codes\n\n" + seeExitCodes,
		Action: func(c *cli.Context) error {
			app := c.App
			switch name := c.Args().First(); {
			case c.NArg() == 0:
				return cli.ShowAppHelp(c.Lineage()[len(c.Lineage())-2])
			case c.NArg() > 1:
				return usagef("help takes one command, and got %d", c.NArg())
			case name == exitCodesTopic:
				_, err := fmt.Fprint(app.Writer, exitCodes)
				return err
			case app.Command(name) == nil:
				return usage(unknownCommand(app, name))
			default:
				return cli.ShowCommandHelp(c.Lineage()[len(c.Lineage())-2], name)
			}
		},
	}
}
