"""Run by the Python that has LibreOffice's ``uno``: accept or reject all changes of a document, print its text.

    python3 office_changes.py FILE.docx accept|reject|count

A LibreOffice without its graphical parts ends when a document with comments gets a view, which this needs: give it
documents without comments, and look for comments in what ``soffice --convert-to`` makes, which needs no view.
"""

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException

START = float(os.environ.get("OFFICE_SECONDS", "60"))
"""Seconds that LibreOffice may take to start."""


def main() -> None:
    path, what = Path(sys.argv[1]).resolve(), sys.argv[2]
    with tempfile.TemporaryDirectory() as profile:
        pipe = "review" + Path(profile).name
        office = subprocess.Popen(
            ["soffice", "--headless", "--norestore", "--nologo", f"-env:UserInstallation=file://{profile}",
             f"--accept=pipe,name={pipe};urp;"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )  # fmt: skip
        try:
            context = connect(pipe, office)
            manager = context.ServiceManager
            desktop = manager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
            document = desktop.loadComponentFromURL(path.as_uri(), "_blank", 0, (PropertyValue("Hidden", 0, True, 0),))
            if what == "count":
                print(json.dumps(count(document)))
            else:
                dispatcher = manager.createInstanceWithContext("com.sun.star.frame.DispatchHelper", context)
                command = {"accept": ".uno:AcceptAllTrackedChanges", "reject": ".uno:RejectAllTrackedChanges"}[what]
                dispatcher.executeDispatch(document.CurrentController.Frame, command, "", 0, ())
                print(json.dumps({**count(document), "text": document.Text.String}))
            document.close(True)
            desktop.terminate()
        finally:
            try:
                office.wait(10)
            except subprocess.TimeoutExpired:
                os.killpg(office.pid, signal.SIGKILL)  # the program itself is a child of what was started


def connect(pipe: str, office: "subprocess.Popen[bytes]") -> object:
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    deadline = time.monotonic() + START
    while True:
        try:
            return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except NoConnectException:  # it listens only once it has started, and nothing tells when that is
            if office.poll() is not None:
                raise SystemExit(
                    f"LibreOffice ended before it could be reached, with code {office.returncode}."
                ) from None
            if time.monotonic() > deadline:
                os.killpg(office.pid, signal.SIGKILL)
                raise SystemExit(f"LibreOffice could not be reached within {START:g} seconds of its start.") from None
            time.sleep(0.25)


def count(document: object) -> dict[str, object]:
    """The tracked changes that are left, and their authors."""
    changes = document.Redlines.createEnumeration()
    kinds: dict[str, int] = {}
    authors = set()
    while changes.hasMoreElements():
        change = changes.nextElement()
        kinds[change.RedlineType] = kinds.get(change.RedlineType, 0) + 1
        authors.add(change.RedlineAuthor)
    return {"changes": kinds, "authors": sorted(authors)}


main()
