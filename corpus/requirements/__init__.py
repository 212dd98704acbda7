"""What notes say must be known before them, in so many words.

"Prerequisites: tides, knots", a section or box of that name, "this lesson assumes that you know tides".
Labels are taken as they stand, with the words that say so; which of them are concepts, and what the place
that states them is about, is decided by `graph`. What is said to be not needed is left.
"""
