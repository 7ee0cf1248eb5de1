"""Replaying: prove that the stored state is what the events add up to."""

from __future__ import annotations

from review.errors import MissingError
from review.store import Store, people
from review.store.proving import Proof, check_texts, prove


def replay(store: Store, project: str | None = None) -> Proof:
    """Replay every project's events, or those of one, in one snapshot; nothing is changed.

    Raises MissingError for an unknown project.
    """
    proof = Proof()
    with store.read() as connection:
        projects = people.projects(connection)
        wanted = [key for key, name in projects.items() if project in (None, name)]
        if project is not None and not wanted:
            raise MissingError(f"There is no project {project!r}; there are: {', '.join(projects.values()) or 'none'}.")
        for key in wanted:
            prove(connection, key, proof)
        check_texts(connection, proof)
    return proof
