"""LibreOffice, where it is on this machine."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def office() -> str:
    """A Python that can talk to LibreOffice."""
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not on this machine")
    python = "/usr/bin/python3"
    if not Path(python).exists() or subprocess.run([python, "-c", "import uno"], capture_output=True).returncode:
        pytest.skip("LibreOffice's Python bridge (python3-uno) is not on this machine")
    return python
