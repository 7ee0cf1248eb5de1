"""Every reader against random bytes: ``make fuzz`` looks for what breaks one, ``found/`` keeps what did."""
