"""Files written here, read by programs that no one here wrote."""
