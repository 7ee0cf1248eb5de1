"""Which process did something, and whether it still runs."""

from __future__ import annotations

import os


def owner() -> str:
    """This process, as it signs leases: host, process id, and when the process began."""
    return f"{os.uname().nodename}:{os.getpid()}:{_born(os.getpid())}"


def alive(name: str) -> bool | None:
    """Whether the process behind an ``owner`` name (or ``anything@`` it) still runs; None where that cannot be told
    from here."""
    parts = name.rsplit(":", 2)
    if len(parts) != 3 or parts[0].rpartition("@")[2] != os.uname().nodename or not parts[1].isdigit():
        return None
    return _born(int(parts[1])) == parts[2]


def _born(pid: int) -> str:
    """A process's start time in clock ticks since boot, "" where there is no such process."""
    try:
        with open(f"/proc/{pid}/stat") as file:
            return file.read().rpartition(")")[2].split()[19]
    except OSError:
        pass
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return ""
    except OSError:
        return "?"
    return "?"
