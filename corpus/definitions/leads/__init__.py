"""A term at the start of a paragraph or bullet, a mark, and what it is: `**Term**: text`, `Term - text`.

In bold or italics a lead stands by itself. Without, it takes a list whose items all are leads, or a heading
that says that terms stand under it: much else that people write begins with a word and a colon.
"""
