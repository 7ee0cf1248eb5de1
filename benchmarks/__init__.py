"""What README's figures come from. Each file with a ``run() -> dict`` is a part: ``make bench PART=page``."""

import os

# CPU time is told of one thread; numpy's library would add what its waiting threads burn. Before numpy is imported.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
