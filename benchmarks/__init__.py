"""What README's figures come from. Each file with a ``run() -> dict`` is a part: ``make bench PART=page``."""
