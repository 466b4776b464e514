"""A small true OGC API - Processes server: the tutorials' own, the tests' double."""
