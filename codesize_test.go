package whosaid_test

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// What a reader can hold in mind: lines of a file, lines of a function from its
// func to its last brace, and cyclomatic complexity, which is one and one more
// for every if, for, case, && and || in it.
const (
	maxFileLines     = 400
	maxFunctionLines = 80
	maxComplexity    = 25
)

// Files, functions and branches are few enough to read. Tests may be as long as
// their cases.
func TestCodeSize(t *testing.T) {
	seen := 0
	err := filepath.WalkDir(".", func(path string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		path = filepath.ToSlash(path)
		if e.IsDir() {
			if e.Name() == "testdata" || strings.HasPrefix(e.Name(), ".") && path != "." {
				return filepath.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		seen++
		for _, fault := range tooLarge(t, path) {
			t.Error(fault)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if seen < 200 {
		t.Fatalf("looked into %d files only", seen)
	}
}

// tooLarge tells what of a file a reader cannot hold in mind.
func tooLarge(t *testing.T, path string) (faults []string) {
	src, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	files := token.NewFileSet()
	file, err := parser.ParseFile(files, path, src, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	if n := bytes.Count(src, []byte("\n")); n >= maxFileLines {
		faults = append(faults, fmt.Sprintf("%s: %d lines: keep it under %d", path, n, maxFileLines))
	}
	for _, d := range file.Decls {
		f, ok := d.(*ast.FuncDecl)
		if !ok || f.Body == nil {
			continue
		}
		name := path + " " + functionName(f)
		lines := files.Position(f.End()).Line - files.Position(f.Pos()).Line + 1
		if lines > maxFunctionLines {
			faults = append(faults, fmt.Sprintf("%s: %d lines: split it by task into functions of at most %d", name, lines, maxFunctionLines))
		}
		if n := complexity(f); n > maxComplexity {
			faults = append(faults, fmt.Sprintf("%s: cyclomatic complexity %d: split it by task into functions of at most %d", name, n, maxComplexity))
		}
	}
	return faults
}

// functionName is Name, or Type.Name of a method.
func functionName(f *ast.FuncDecl) string {
	if f.Recv == nil {
		return f.Name.Name
	}
	of := f.Recv.List[0].Type
	for {
		switch x := of.(type) {
		case *ast.StarExpr:
			of = x.X
		case *ast.IndexExpr:
			of = x.X
		case *ast.IndexListExpr:
			of = x.X
		case *ast.Ident:
			return x.Name + "." + f.Name.Name
		default:
			return f.Name.Name
		}
	}
}

// complexity is the cyclomatic complexity of a function, as gocyclo counts it:
// function literals in it are part of it.
func complexity(f *ast.FuncDecl) int {
	n := 1
	ast.Inspect(f, func(x ast.Node) bool {
		switch x := x.(type) {
		case *ast.IfStmt, *ast.ForStmt, *ast.RangeStmt:
			n++
		case *ast.CaseClause:
			if x.List != nil {
				n++
			}
		case *ast.CommClause:
			if x.Comm != nil {
				n++
			}
		case *ast.BinaryExpr:
			if x.Op == token.LAND || x.Op == token.LOR {
				n++
			}
		}
		return true
	})
	return n
}
