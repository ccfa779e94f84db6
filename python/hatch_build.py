"""Puts the program into the wheel.

The program is built from the source beside this folder by Go. Set
WHOSAID_TARGET to OS/ARCH (linux/arm64, darwin/amd64, ...) to build for another
machine than this one, or WHOSAID_PREBUILT to a program that is there already.
"""

import os
import pathlib
import platform
import shutil
import subprocess

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

# The wheel's platform tag for each target. The program is static: it asks for
# no C library, so any Linux will do.
TAGS = {
    "linux/amd64": "manylinux2014_x86_64.musllinux_1_1_x86_64",
    "linux/arm64": "manylinux2014_aarch64.musllinux_1_1_aarch64",
    "darwin/amd64": "macosx_11_0_x86_64",
    "darwin/arm64": "macosx_11_0_arm64",
    "windows/amd64": "win_amd64",
}


# What .goreleaser.yaml builds with: libraries without what is not used of them.
GO_TAGS = "arrow_json_stdlib,urfave_cli_no_docs"


def this_machine():
    system = {"Linux": "linux", "Darwin": "darwin", "Windows": "windows"}.get(platform.system())
    arch = {"x86_64": "amd64", "amd64": "amd64", "aarch64": "arm64", "arm64": "arm64"}.get(platform.machine().lower())
    return f"{system}/{arch}"


class Program(BuildHookInterface):
    def initialize(self, version, build_data):
        target = os.environ.get("WHOSAID_TARGET") or this_machine()
        if target not in TAGS:
            raise RuntimeError(f"no wheel is made for {target}; there are {', '.join(TAGS)}")
        system, arch = target.split("/")
        root = pathlib.Path(self.root)
        folder = root / "src" / "whosaid" / "bin"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        program = folder / ("whosaid.exe" if system == "windows" else "whosaid")
        prebuilt = os.environ.get("WHOSAID_PREBUILT")
        if prebuilt:
            shutil.copy2(prebuilt, program)
        elif shutil.which("go") is None:
            raise RuntimeError("the program is built by Go 1.26 or later, and no go is found; install a wheel instead, "
                               "or set WHOSAID_PREBUILT to a program")
        else:
            env = dict(os.environ, GOOS=system, GOARCH=arch, CGO_ENABLED="0")
            subprocess.run(["go", "build", "-trimpath", f"-tags={GO_TAGS}", "-ldflags=-s -w", "-o", str(program), "./cmd/whosaid"],
                           cwd=root.parent, env=env, check=True)
        program.chmod(0o755)
        build_data["force_include"][str(root.parent / "LICENSE")] = "whosaid/LICENSE"
        build_data["tag"] = f"py3-none-{TAGS[target]}"
        build_data["pure_python"] = False
