"""``python -m tests.fuzz [FORMAT...] [--minutes 10]``: a process for each format; what breaks one goes to found/."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tempfile
from pathlib import Path

import click

FOUND = Path(__file__).with_name("found")


@click.command()
@click.argument("names", nargs=-1, metavar="[FORMAT]...")
@click.option("--minutes", type=float, default=10.0, show_default=True, help="How long for each format.")
@click.option("--inside", is_flag=True, hidden=True)
def main(names: tuple[str, ...], minutes: float, inside: bool) -> None:
    """Feed every reader random changes of its own files, guided by coverage."""
    from review import formats

    if inside:
        _fuzz(names[0], minutes)
        return
    chosen = names or tuple(sorted(name for name, item in formats.formats().items() if item.read))
    broken = []
    for name in chosen:
        formats.find(name)
        click.echo(f"{name}: {minutes:g} minutes")
        command = [sys.executable, "-m", "tests.fuzz", name, "--inside", "--minutes", str(minutes)]
        if subprocess.run(command).returncode:
            broken.append(name)
    if broken:
        sys.exit(f"Broken: {', '.join(broken)}; see {FOUND.relative_to(Path.cwd())}.")


def _fuzz(name: str, minutes: float) -> None:
    """Does not return: libFuzzer ends the process, with another code than 0 where it found something."""
    import atheris

    with atheris.instrument_imports(include=["review.formats", "review.text"]):
        from review import formats

        formats.formats()
    from tests.formats.originals import originals
    from tests.fuzz.target import check

    def one(data: bytes) -> None:
        try:
            check(name, data)
        except BaseException:
            folder = FOUND / name
            folder.mkdir(parents=True, exist_ok=True)
            (folder / hashlib.sha256(data).hexdigest()[:16]).write_bytes(data)
            raise

    with tempfile.TemporaryDirectory() as corpus:
        for number, data in enumerate(originals(name).values()):
            (Path(corpus) / str(number)).write_bytes(data)
        seconds = max(1, int(minutes * 60))
        limits = (f"-max_total_time={seconds}", "-max_len=20000", "-timeout=20", "-rss_limit_mb=3000")
        atheris.Setup([sys.argv[0], corpus, *limits, "-verbosity=0", f"-artifact_prefix={corpus}/"], one)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
