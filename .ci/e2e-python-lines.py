"""Runs the Python lines of the documents named, in this Python: of those blocks that import whosaid, and what follows on them."""

import ast
import pathlib
import re
import sys

for name in sys.argv[1:]:
    text = pathlib.Path(name).read_text(encoding="utf-8")
    scope, ran = {"articles": ["“The bridge will open in May,” said Ada Example."]}, 0
    for block in re.findall(r"```python\n(.*?)```", text, re.S):
        if not re.search(r"\bwhosaid\.", block):
            continue  # of tables, for readers that are not installed here
        for statement in ast.parse(block).body:
            lines = ast.unparse(statement)
            if "audit.report" in lines:
                continue  # a sheet that nobody has judged is an error
            exec(compile(lines, name, "exec"), scope)
            ran += 1
    print(f"{pathlib.Path(name).parent.name}/{pathlib.Path(name).name}: {ran} statements ran")
    assert ran
