package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/whosaid/whosaid/extract"
	"github.com/whosaid/whosaid/output"
	"github.com/whosaid/whosaid/output/annotation"
	"github.com/whosaid/whosaid/pipeline/source"
)

func completionCommand() *cli.Command {
	return &cli.Command{
		Name:      "completion",
		Usage:     "print a completion script for bash, zsh or fish",
		UsageText: "whosaid completion bash|zsh|fish",
		Description: "The script completes commands, flags and their values; arguments are files.\n\n" +
			"Examples:\n" +
			"  whosaid completion bash > /etc/bash_completion.d/whosaid\n" +
			"  whosaid completion zsh  > ~/.zfunc/_whosaid       (with fpath+=~/.zfunc)\n" +
			"  whosaid completion fish > ~/.config/fish/completions/whosaid.fish\n\n" + seeExitCodes,
		Action: func(c *cli.Context) error {
			if c.NArg() != 1 {
				return usagef("name one shell: bash, zsh or fish")
			}
			switch shell := c.Args().First(); shell {
			case "bash":
				return bashCompletion(c.App.Writer, c.App)
			case "zsh":
				return zshCompletion(c.App.Writer, c.App)
			case "fish":
				return fishCompletion(c.App.Writer, c.App)
			default:
				return usagef("no completion for %q; there are bash, zsh and fish", shell)
			}
		},
	}
}

// choices are the values of flags that have few.
var choices = map[string]string{
	"format":       strings.Join(output.FormatNames(), " "),
	"input-format": strings.Join(source.FormatNames(), " "),
	"preset":       strings.Join(source.PresetNames(), " "),
	"types":        "direct indirect mixed",
	"polarity":     "affirmed negated refused",
	"modality":     "asserted asked ordered hypothetical future",
	"tables":       "articles quotes mentions entities rejects",
	"language":     "en any",
	"engine":       strings.Join(extract.Engines(), " "),
	"log-format":   "text json",
	"progress":     "auto plain none",
	"color":        "auto always never",
	"from":         strings.Join(append([]string{"auto"}, annotation.ReadNames()...), " "),
	"to":           strings.Join(annotation.WriteNames(), " "),
}

// words are the fixed arguments of commands that take no files.
var words = map[string]string{
	"schema":     "articles quotes mentions entities rejects people person_links person_changes quotations quotation_links copies",
	"completion": "bash zsh fish",
	"version":    "",
}

// flagInfo is what completion needs of a flag.
type flagInfo struct {
	name, usage string
	isBool      bool
}

func flagsOf(c *cli.Command) []flagInfo {
	var out []flagInfo
	for _, f := range c.Flags {
		d, ok := f.(cli.DocGenerationFlag)
		if !ok || f.Names()[0] == "help" {
			continue
		}
		text, _, _ := strings.Cut(d.GetUsage(), "\n")
		out = append(out, flagInfo{f.Names()[0], text, !d.TakesValue()})
	}
	return append(out, flagInfo{"help", "show help", true})
}

func visible(app *cli.App) (out []*cli.Command) {
	for _, c := range app.Commands {
		if !c.Hidden {
			out = append(out, c)
		}
	}
	return out
}

func bashCompletion(w io.Writer, app *cli.App) error {
	var b strings.Builder
	var names []string
	for _, c := range visible(app) {
		names = append(names, c.Name)
	}
	b.WriteString("# bash completion for whosaid\n_whosaid() {\n")
	b.WriteString("    local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} words=\n")
	fmt.Fprintf(&b, "    if [ \"$COMP_CWORD\" -eq 1 ]; then\n        COMPREPLY=($(compgen -W '%s --help --version' -- \"$cur\"))\n        return\n    fi\n", strings.Join(names, " "))
	b.WriteString("    case $prev in\n")
	for _, name := range sortedChoices() {
		fmt.Fprintf(&b, "        --%s) COMPREPLY=($(compgen -W '%s' -- \"$cur\")); return ;;\n", name, choices[name])
	}
	b.WriteString("    esac\n    case ${COMP_WORDS[1]} in\n")
	for _, c := range visible(app) {
		var flags []string
		for _, f := range flagsOf(c) {
			flags = append(flags, "--"+f.name)
		}
		fmt.Fprintf(&b, "        %s)\n            if [[ $cur == -* ]]; then words='%s'\n", c.Name, strings.Join(flags, " "))
		if fixed, ok := words[c.Name]; ok {
			fmt.Fprintf(&b, "            else words='%s'\n", fixed)
		}
		b.WriteString("            fi ;;\n")
	}
	b.WriteString("    esac\n    if [ -n \"$words\" ]; then\n        COMPREPLY=($(compgen -W \"$words\" -- \"$cur\"))\n    else\n        COMPREPLY=($(compgen -f -- \"$cur\"))\n    fi\n}\ncomplete -o filenames -F _whosaid whosaid\n")
	_, err := io.WriteString(w, b.String())
	return err
}

func zshCompletion(w io.Writer, app *cli.App) error {
	var b strings.Builder
	b.WriteString("#compdef whosaid\n# zsh completion for whosaid\n_whosaid() {\n    local -a commands\n    commands=(\n")
	for _, c := range visible(app) {
		fmt.Fprintf(&b, "        '%s:%s'\n", c.Name, zshText(c.Usage))
	}
	b.WriteString("    )\n    if (( CURRENT == 2 )); then\n        _describe command commands\n        return\n    fi\n    local cmd=${words[2]}\n    shift words; (( CURRENT-- ))\n    case $cmd in\n")
	for _, c := range visible(app) {
		fmt.Fprintf(&b, "        %s)\n            _arguments", c.Name)
		for _, f := range flagsOf(c) {
			fmt.Fprintf(&b, " \\\n                '--%s[%s]%s'", f.name, zshText(f.usage), zshValue(f))
		}
		if fixed, ok := words[c.Name]; ok && fixed != "" {
			fmt.Fprintf(&b, " \\\n                '*:argument:(%s)'", fixed)
		} else if !ok {
			b.WriteString(" \\\n                '*:file:_files'")
		}
		b.WriteString(" ;;\n")
	}
	b.WriteString("    esac\n}\n_whosaid \"$@\"\n")
	_, err := io.WriteString(w, b.String())
	return err
}

func zshValue(f flagInfo) string {
	switch {
	case f.isBool:
		return ""
	case choices[f.name] != "":
		return ":value:(" + choices[f.name] + ")"
	default:
		return ":value:_files"
	}
}

// zshText makes text safe inside the quotes and brackets of a zsh spec.
func zshText(s string) string {
	return strings.NewReplacer("'", "’", "[", "(", "]", ")", ":", " -", "\\", "").Replace(s)
}

func fishCompletion(w io.Writer, app *cli.App) error {
	var b strings.Builder
	b.WriteString("# fish completion for whosaid\n")
	for _, c := range visible(app) {
		fmt.Fprintf(&b, "complete -c whosaid -n __fish_use_subcommand -f -a %s -d %s\n", c.Name, fishText(c.Usage))
		for _, f := range flagsOf(c) {
			fmt.Fprintf(&b, "complete -c whosaid -n '__fish_seen_subcommand_from %s' -l %s -d %s", c.Name, f.name, fishText(f.usage))
			if v := choices[f.name]; v != "" {
				fmt.Fprintf(&b, " -x -a '%s'", v)
			} else if !f.isBool {
				b.WriteString(" -r")
			}
			b.WriteByte('\n')
		}
		if fixed, ok := words[c.Name]; ok {
			fmt.Fprintf(&b, "complete -c whosaid -n '__fish_seen_subcommand_from %s' -f", c.Name)
			if fixed != "" {
				fmt.Fprintf(&b, " -a '%s'", fixed)
			}
			b.WriteByte('\n')
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func fishText(s string) string {
	return "'" + strings.NewReplacer("\\", "\\\\", "'", "\\'").Replace(s) + "'"
}

// sortedChoices are the names of choices in a fixed order.
func sortedChoices() []string {
	return []string{"color", "engine", "format", "from", "input-format", "language", "log-format", "modality", "polarity", "preset", "progress", "tables", "to", "types"}
}
