package whosaid_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// commonest are the hundred commonest words of the English Web Treebank's
// training part, by count, names left out.
const commonest = `the to and a of i in is you that it for have on was with this be are they not as we my do will he at
	but if or your from by can would me there so all has an had one out about what their like time when
	were up get just his our who some them know which been also am us very any more no good did could
	him go other new she only how should people may then now back said even after work want well her
	great because way see best than place`

// knowsEnglish are the folders whose code may hold words of English, each with
// the reason.
var knowsEnglish = map[string]string{
	"extract/lang":         "where they belong",
	"extract/internal/toy": "a language of tests, which are held against English too",
	"extract/train":        "reads corpora of English, and writes English cards",
	"extract/eval":         "writes reports",
}

// otherwise are literals that look like a word of English and are none.
var otherwise = map[string]bool{
	`extract/coref/mentions.go "an"`:           true, // the end of -man, whose plural is -men
	`extract/coref/lexicon.go "they"`:          true, // names of classes, as coref.txt has them
	`extract/coref/lexicon.go "you"`:           true,
	`extract/coref/features.go "place"`:        true, // names of measurements, and of their values
	`extract/entity/measure.go "new"`:          true,
	`extract/entity/measure.go "place"`:        true,
	`extract/entity/measure.go "the"`:          true,
	`extract/attribution/explain.go "other"`:   true,
	`extract/attribution/explain.go "no"`:      true,
	`extract/attribution/explain.go "place"`:   true,
	`output/parquet.go "go"`:                   true, // the language that wrote the file
	`output/across.go "people"`:                true, // a table
	`extract/quote/detect/fingerprint.go "to"`: true, // on the probe document, whatever the language
}

// No code below extract and output holds a word of English that it compares with
// the text. Words stand in a literal by themselves, or in a list that is cut at
// spaces; sentences in errors and documentation are none.
func TestNoEnglishInCode(t *testing.T) {
	common := map[string]bool{}
	for w := range strings.FieldsSeq(commonest) {
		common[w] = true
	}
	seen := 0
	for _, root := range []string{"extract", "output"} {
		err := filepath.WalkDir(root, func(path string, e fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			if e.IsDir() {
				if knowsEnglish[filepath.ToSlash(path)] != "" || e.Name() == "testdata" {
					return filepath.SkipDir
				}
				return nil
			}
			if !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") || strings.Contains(filepath.ToSlash(path), "/internal/quotetest/") {
				return nil
			}
			seen++
			for _, w := range englishWords(t, path, common) {
				t.Errorf("%s: put it into extract/lang/english", w)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if seen < 50 {
		t.Fatalf("looked into %d files only", seen)
	}
}

// englishWords are the places of a file where a word of English stands.
func englishWords(t *testing.T, path string, common map[string]bool) (found []string) {
	files := token.NewFileSet()
	f, err := parser.ParseFile(files, path, nil, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	ast.Inspect(f, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ImportSpec:
			return false
		case *ast.Field:
			// The type and the names, not the tag: that names a section or column.
			return n.Tag == nil
		case *ast.CallExpr:
			// The parts of a model file have names.
			switch f := n.Fun.(type) {
			case *ast.Ident:
				return !strings.HasPrefix(f.Name, "decode")
			case *ast.SelectorExpr:
				return f.Sel.Name != "Get" && f.Sel.Name != "Put"
			}
		case *ast.BasicLit:
			if n.Kind != token.STRING {
				return true
			}
			s, err := strconv.Unquote(n.Value)
			if err != nil {
				return true
			}
			words := strings.Fields(s)
			hits := 0
			for _, w := range words {
				if common[w] {
					hits++
				}
			}
			list := n.Value[0] == '`' && hits > 1 && !strings.ContainsAny(s, ".:%")
			if hits > 0 && (len(words) == 1 && s == words[0] || list) {
				if !otherwise[filepath.ToSlash(path)+" "+n.Value] {
					found = append(found, files.Position(n.Pos()).String()+": "+n.Value)
				}
			}
		}
		return true
	})
	return found
}

// The test above finds what it looks for.
func TestEnglishWords(t *testing.T) {
	common := map[string]bool{"that": true, "said": true, "the": true}
	dir := t.TempDir()
	for code, want := range map[string]int{
		`x := w == "that"`:                       1,
		`switch w { case "that", "who", "said":`: 2,
		"x := set(`the said other`)":             1,
		`x := errors.New("the file is cut")`:     0,
		`x := "kel"`:                             0,
	} {
		if strings.HasSuffix(code, ":") {
			code += "\n}"
		}
		path := filepath.Join(dir, "x.go")
		if err := os.WriteFile(path, []byte("package x\n\nfunc f(w string) {\n"+code+"\n}\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		if got := englishWords(t, path, common); len(got) != want {
			t.Errorf("%s: found %v", code, got)
		}
	}
}
