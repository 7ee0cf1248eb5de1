"""What every change of terms goes through: who may make it, and the batches that it flags again."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING, TypeVar

from review.errors import AccessError

if TYPE_CHECKING:
    from review.store import Connection, Store

T = TypeVar("T")


def act(
    store: Store, project: int, actor: int, fn: Callable[[Connection], T], roles: Collection[str] | None = None
) -> T:
    """Do it, and queue the batches of the project, and of those that share its termbases, in the same transaction.

    Raises AccessError for who may only look, or has none of the ``roles``.
    """
    from review.steps import reflagging
    from review.store import people, shares

    def write(connection: Connection) -> T:
        role = people.role(connection, project, actor)
        if role not in people.WRITERS:
            raise AccessError("You may look at this project and not change it; ask its owner.")
        if roles is not None and role not in roles:
            raise AccessError(f"Only {' or '.join(f'the {name}' for name in roles)} of the project may do this.")
        followers = shares.followers(connection, project)
        result = fn(connection)
        reflagging.queue_project(connection, project, actor)
        for one in set(followers) - set(shares.followers(connection, project)):
            reflagging.queue_project(connection, one, actor)
        return result

    return store.write(write)
