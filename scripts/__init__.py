"""What maintainers run: a server and a browser of their own for tests, benchmarks and screenshots."""
