"""What is looked up: the snapshot on disk, its search index, exact label look-up and suggestions."""
