"""Ways out: what the notes say in the forms that other programs read, a form a file.

Each is a function of what was asked of the library, and gives bytes, or files by name where there are
several. The same notes give the same bytes. docs/ways-out.md shows them all.
"""
