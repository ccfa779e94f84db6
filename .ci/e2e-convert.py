"""Opens every annotation format with the parser of the tool it is for.

usage: e2e-convert.py WHOSAID WORK TESTDATA
"""

import codecs
import json
import pathlib
import subprocess
import sys
import types

whosaid, work, testdata = sys.argv[1], pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])

# Emoji beyond U+FFFF, a joined sequence, a combining mark, several scripts:
# every way of counting gives other offsets here.
HARD = "🙂🙂 “Café́ wins 👩‍👩‍👧,” said Ada Łukasiewicz.\nBo 😀 denied it; 中文 too."


def span(words, nth=0):
    at = -1
    for _ in range(nth + 1):
        at = HARD.index(words, at + 1)
    return [at, at + len(words)]


def convert(*args):
    done = subprocess.run([whosaid, "convert", *map(str, args)], capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"whosaid convert {args}: {done.stderr}")
    left = [line for line in done.stderr.splitlines() if line.startswith("left out")]
    if left:
        sys.exit(f"whosaid convert {args}: {left}")


def lines(path):
    return [json.loads(line) for line in open(path, encoding="utf-8")]


gold_file = work / "gold.jsonl"
with open(gold_file, "w", encoding="utf-8") as out:
    for name in ["gold/gold.jsonl", "layouts/judge.jsonl", "dialogue/judge.jsonl"]:
        for g in lines(testdata / name):
            g["doc"] = name + "/" + g["doc"] # two collections may share a name; and no id may leave its folder
            out.write(json.dumps(g, ensure_ascii=False) + "\n")
    json.dump({"doc": "hard", "text": HARD, "attributions": [
        {"id": "E1", "type": "direct", "content": [span("“Café́ wins 👩‍👩‍👧,”")], "cue": [span("said")],
         "source": [span("Ada Łukasiewicz")], "kind": "person", "name": "Ada Łukasiewicz"},
        {"id": "E2", "type": "indirect", "content": [span("it"), span("中文 too")], "cue": [span("denied")],
         "source": [span("Bo 😀")], "kind": "person", "name": "Bo"},
    ]}, out, ensure_ascii=False)
    out.write("\n")
convert("--from", "gold", "--out", work / "canonical.jsonl", gold_file)
gold = {g["doc"]: g for g in lines(work / "canonical.jsonl")}
total = sum(len(g["attributions"]) for g in gold.values())


def written(to):
    out = work / to
    convert("--from", "gold", "--to", to, "--out", out, gold_file)
    return out


def same(fmt, path, what):
    """What the tool wrote again is the same gold."""
    back = work / f"back-{fmt}-{what}.jsonl"
    convert("--from", fmt, "--out", back, path)
    got = {g["doc"]: g for g in lines(back)}
    if got != gold:
        for doc in gold:
            if got.get(doc) != gold[doc]:
                sys.exit(f"{fmt}, {what}: {doc} came back as\n{got.get(doc)}\nand was\n{gold[doc]}")
        sys.exit(f"{fmt}, {what}: other documents")


def pieces(g, role):
    return sorted(g["text"][s:e] for a in g["attributions"] for s, e in a[role])


def check(ok, what):
    if not ok:
        sys.exit(what)


def brat():
    import importlib.util
    package = importlib.util.find_spec("brat")
    if package is None:
        raise ImportError("brat")
    source = pathlib.Path(list(package.submodule_search_locations)[0]) / "server" / "src"
    sys.path[:0] = [str(source), str(source.parent / "lib")]
    out = written("brat")
    config = types.ModuleType("config") # which the server makes when it is set up
    for name in ["BASE_DIR", "DATA_DIR", "WORK_DIR", "BACKUP_DIR"]:
        setattr(config, name, str(out))
    config.DEBUG, config.USER_PASSWORD = False, {}
    sys.modules["config"] = config
    import annotation
    # It asks for a mode of opening files that Python has dropped.
    annotation.open_textfile = lambda name, mode="r": codecs.open(name, mode.replace("U", ""), encoding="utf8")
    import projectconfig
    import verify_annotations
    config = projectconfig.ProjectConfiguration(str(out))
    marks = events = 0
    for ann in sorted(out.glob("*.ann")):
        with annotation.TextAnnotations(str(ann.with_suffix("")), read_only=True) as doc:
            check(not doc.failed_lines, f"{ann}: brat does not understand lines {doc.failed_lines}")
            text = ann.with_suffix(".txt").read_bytes().decode()
            for t in doc.get_textbounds():
                check(" ".join(text[s:e] for s, e in t.spans) == t.text, f"{ann}: {t}")
                marks += 1
            events += len(list(doc.get_events()))
            issues = [str(i) for i in verify_annotations.verify_annotation(doc, config)]
            check(not issues, f"{ann}: {issues}")
    check(events == total, f"brat has {events} events of {total}")
    return f"{events} events with {marks} marks, and its checks find nothing"


def label_studio():
    from label_studio_sdk.converter import Converter
    from label_studio_sdk.label_interface import LabelInterface
    out = written("label-studio")
    config = (out / "labeling-config.xml").read_text()
    interface = LabelInterface(config)
    interface.validate()
    tasks = json.load(open(out / "tasks.json", encoding="utf-8"))
    for task in tasks:
        check(interface.validate_task({"data": task["data"]}), f"{task['data']['doc']}: not a task of the configuration")
        for answer in task["annotations"]:
            faults = interface.validate_prediction(answer, return_errors=True) # annotations alike; it says why
            check(not faults, f"{task['data']['doc']}: {faults}")
            for item in answer["result"]:
                if item["type"] == "labels":
                    v = item["value"]
                    check(task["data"]["text"][v["start"]:v["end"]] == v["text"], f"{task['data']['doc']}: {v}")
    for n, task in enumerate(tasks): # as an export has them
        task["id"] = n + 1
        for answer in task["annotations"]:
            answer["id"], answer["completed_by"] = n + 1, {"email": "judge@example.org"}
    export = work / "ls-export.json"
    json.dump(tasks, open(export, "w"))
    Converter(config, str(out)).convert_to_json_min(str(export), str(work / "ls-min"), is_dir=False)
    small = json.load(open(next((work / "ls-min").glob("*.json"))))
    regions = sum(len(t.get("role", [])) for t in small)
    marked = sum(item["type"] == "labels" for t in tasks for item in t["annotations"][0]["result"])
    check(regions == marked, f"its converter has {regions} regions of {marked}")
    same("label-studio", export, "exported")
    return f"{len(tasks)} tasks valid, {regions} regions through its converter"


def inception():
    import cassis
    out = written("inception")
    types = cassis.load_typesystem(open(out / "TypeSystem.xml", "rb"))
    again = work / "inception-again"
    again.mkdir()
    (again / "documents.jsonl").write_bytes((out / "documents.jsonl").read_bytes())
    names = {json.loads(line)["file"]: json.loads(line)["doc"] for line in open(out / "documents.jsonl", encoding="utf-8")}
    spans = links = 0
    for xmi in sorted(out.glob("*.xmi")):
        cas = cassis.load_cas_from_xmi(open(xmi, "rb"), typesystem=types)
        g = gold[names[xmi.stem]]
        check(cas.sofa_string == g["text"], f"{xmi}: another text")
        for role in ["content", "cue", "source"]:
            got = {q.get_covered_text() for q in cas.select("webanno.custom.Quotation") if q.role.lower() == role}
            check(got == set(pieces(g, role)), f"{xmi}: {role}: {got} is not {pieces(g, role)}")
        for link in cas.select("webanno.custom.QuotationLink"):
            check(link.Governor.role in ("Content", "Cue", "Source") and link.Dependent.role, f"{xmi}: {link}")
            links += 1
        spans += len(cas.select("webanno.custom.Quotation"))
        check(cas.select("de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Token") or not g["text"].strip(), f"{xmi}: no tokens")
        cas.to_xmi(again / xmi.name)
    same("inception", again, "written by cassis")
    return f"{spans} annotations, {links} relations"


def prodigy():
    import spacy
    from spacy.tokens import Doc, DocBin
    out = written("prodigy") / "prodigy.jsonl"
    nlp = spacy.blank("en")
    box = DocBin()
    spans = relations = 0
    for task in lines(out):
        tokens = task["tokens"]
        doc = Doc(nlp.vocab, words=[t["text"] for t in tokens], spaces=[t["ws"] for t in tokens])
        check(doc.text == task["text"], f"{task['meta']}: the tokens do not make the text")
        for token, t in zip(doc, tokens):
            check((token.i, token.idx, token.idx + len(token)) == (t["id"], t["start"], t["end"]), f"{task['meta']}: {t}")
        group = []
        for s in task["spans"]:
            one = doc.char_span(s["start"], s["end"], label=s["label"])
            check(one is not None and (one.start, one.end - 1) == (s["token_start"], s["token_end"]), f"{task['meta']}: {s}")
            group.append(one)
        for r in task["relations"]:
            check(doc[r["head_span"]["token_start"]:r["head"] + 1].text == task["text"][r["head_span"]["start"]:r["head_span"]["end"]], f"{task['meta']}: {r}")
            relations += 1
        doc.spans["sc"] = group
        spans += len(group)
        box.add(doc)
    back = list(DocBin().from_bytes(box.to_bytes()).get_docs(nlp.vocab))
    check(sum(len(d.spans["sc"]) for d in back) == spans, "DocBin lost spans")
    return f"{len(back)} documents, {spans} spans, {relations} relations through DocBin"


def conll():
    import conllu
    out = written("conll")
    tokens = columns = 0
    for file in sorted(out.glob("*.conllup")):
        content = file.read_text(encoding="utf-8")
        sentences = conllu.parse(content) # the columns are those that global.columns names
        names = content.splitlines()[0].split("=")[1].split()
        check(names[:3] == ["ID", "FORM", "MISC"], f"{file}: {names}")
        columns += len(names) - 3
        for sentence in sentences:
            tokens += len(sentence)
            for token in sentence:
                check(list(token) == [name.lower() for name in names], f"{file}: {token}")
    check(columns == total, f"{columns} columns of {total} statements")
    return f"{tokens} tokens, {columns} columns"


def xlsx():
    import openpyxl
    out = written("xlsx") / "statements.xlsx"
    book = openpyxl.load_workbook(out)
    check(book.sheetnames == ["statements", "documents"], book.sheetnames)
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                check(cell.data_type in "sn", f"{sheet.title}!{cell.coordinate} is a {cell.data_type}: {cell.value}")
    rows = book["statements"].max_row - 1
    check(rows == total, f"{rows} rows of {total} statements")
    again = work / "again.xlsx"
    book.save(again)
    same("xlsx", again, "saved by openpyxl")
    return f"{rows} rows"


left_out = []
for tool in [brat, label_studio, inception, prodigy, conll, xlsx]:
    try:
        print(f"e2e-convert: {tool.__name__}: {tool()}", flush=True)
    except ImportError as error:
        left_out.append(tool.__name__)
        print(f"e2e-convert: {tool.__name__}: left out, {error}", flush=True)
for fmt in ["brat", "label-studio", "conll", "inception", "prodigy", "citron", "csv", "xlsx"]:
    out = work / f"plain-{fmt}"
    convert("--from", "gold", "--to", fmt, "--out", out, gold_file)
    same(fmt, out, "as written")
print(f"e2e-convert: {len(gold)} documents, {total} statements, the same through every format" + (f"; without {left_out}" if left_out else ""))
