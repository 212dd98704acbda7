"""The command line, and the pipeline from notes to a snapshot."""
