"""What a defining sentence looks like in English: tests on words, with nothing of any subject in them.

A definition says what its term is: the term is the sentence's subject ("A basis is a set ..."), or the
sentence is the definition itself, without a subject of its own ("A set of vectors that ..."). Prose that goes
on talking begins with a person ("We"), a link to what came before ("So"), an instruction, or a subject that
is something else.
"""
