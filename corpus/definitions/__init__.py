"""Where notes define a term: one rule a function, one file a family of rules, all of them in one table.

Nobody marks definitions up, so the rules read the shapes that people use without thinking: a heading and its
first paragraph, a bullet and the paragraph after it, a bold lead-in, "An X is a ...". A rule knows English
grammar and Markdown and nothing about any subject. What a rule takes and what it leaves stands in
tests/cases/definitions.md.
"""

from corpus.definitions.document import pages
from corpus.definitions.page import Candidate, Page, Rule
from corpus.definitions.rules import RULES, definitions
from corpus.definitions.taking import first_points_to, points_to

__all__ = ["RULES", "Candidate", "Page", "Rule", "definitions", "first_points_to", "pages", "points_to"]
