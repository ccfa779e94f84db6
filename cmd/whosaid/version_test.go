package main

import (
	"runtime/debug"
	"testing"
)

func TestVersionOf(t *testing.T) {
	for _, c := range []struct {
		name     string
		main     string
		settings []debug.BuildSetting
		want     string
	}{
		{"no version control", "(devel)", nil, release},
		{"a checkout", "v0.1.1-0.20310503100000-0123456789ab", []debug.BuildSetting{{Key: "vcs.revision", Value: "0123456789abcdef"}, {Key: "vcs.modified", Value: "false"}}, release + "+0123456789"},
		{"a changed checkout", "", []debug.BuildSetting{{Key: "vcs.revision", Value: "0123456789abcdef"}, {Key: "vcs.modified", Value: "true"}}, release + "+0123456789.changed"},
		{"a release installed", "v0.2.0", nil, "0.2.0"},
		{"a commit installed", "v0.2.1-0.20310503100000-0123456789ab", nil, "0.2.1-0.20310503100000-0123456789ab"},
	} {
		if got := versionOf(&debug.BuildInfo{Main: debug.Module{Version: c.main}, Settings: c.settings}); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}
