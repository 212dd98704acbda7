"""Where the word of a name is a verb, and no mention of what the name means."""

import pytest
from texts import graph_of

from graph.verbs import is_something_done, is_verb, uses_as_verb

# The word in question stands between bars.
VERBS = """
The belayer is the person who |holds| the rope.
People who |hold| records train hard.
A quickdraw is a pair of hooks that |clips| the rope to the wall.
It is a sensor that |filters| signals.
A net, which |catches| the fish, is drawn in.
Two bolts that |anchor| the rope are enough.
It also |holds| well.
Everyone |holds| on.
The belayer |holds| the rope.
When the end of the line |stops| the boat, wait.
You must |hold| it with both hands.
A climber can |hold| on for an hour.
Do not |anchor| in the channel.
They don't |stock| flour.
To |hold| the rope is hard.
We learn how to |belay| from the ground.
It is used to |anchor| boats.
Before you |tack|, look around.
|Hold| the rope with both hands.
Take it in and |hold| the end.
Climbers |hold| the rope.
The table is |set| by the host.
The dough is |cut| into strips.
|Hold| one end of the rope.
When I |tack|, look around.
He says who |holds| on.
The crew can |tack|.
It gives her what she |stocks|.
This can |hold| on.
"""
NOUNS = """
The |holds| on the wall are red.
A route is a line of |holds| from the ground to the top.
Use the |holds| the setter marked.
She said that |holds| break.
It is the wall that |holds| hang on.
The fact that |filters| remove noise is known.
The order in which |clips| the team uses are made matters.
The rope that |holds| are tied to is old.
Flour is added to |stock| in a pan.
It is like going from wall to |hold| in one move.
What does |drift| mean?
How can |drift| be measured?
It gives you |hold| over the boat.
That |hold| is loose.
A |set| is a row of plates.
The plates are |set| pieces.
It cuts |drift| the most.
|Stock|, the base of soup, is cooked for hours.
The Stopper and the |Hold| the team likes are new.
We speak of |kneading| the dough.
The wind gives it |waves|.
It teaches everyone |knots|.
We call it |tides|.
They named it |drift|.
Use the |can| opener.
Use the can |opener|.
It has a tin can |seal|.
a tin can |seal|
That is a will |clause|.
It was a phase I |trial|.
It is a type I |error|.
|Phase| two begins.
|Knot| one is easy.
A thank you |note| came.
"""


def place_of(line: str) -> tuple[str, int, int]:
    before, word, after = line.split("|")
    return before + word + after, len(before), len(before + word)


@pytest.mark.parametrize("line", VERBS.strip().splitlines())
def test_what_acts_is_a_verb(line: str) -> None:
    assert is_verb(*place_of(line))


@pytest.mark.parametrize("line", NOUNS.strip().splitlines())
def test_what_may_be_a_thing_is_a_noun(line: str) -> None:
    assert not is_verb(*place_of(line))


def test_a_text_may_use_a_word_as_a_verb_anywhere() -> None:
    assert uses_as_verb("A sieve is a net. The baker is the one who sieves the flour.", "sieve")
    assert uses_as_verb("Sieve the flour.", "sieve")
    assert uses_as_verb("rain falls. Who trains the dog?", "train")
    assert not uses_as_verb("Two sieves, a sieved flour and a sieve.", "sieve")


@pytest.mark.parametrize(
    ("definition", "done"),
    [
        ("To tack is to turn the bow through the wind.", True),
        ("To turn the bow through the wind.", True),
        ("Turning the bow through the wind.", True),
        ("A tack is a manoeuvre in which the bow turns through the wind.", True),
        ("The act of turning the bow through the wind.", True),
        ("The corner of a sail that is tied down.", False),
        ("A spring is a tide that rises far.", False),
        ("String that holds a sail.", False),
    ],
)
def test_a_definition_tells_whether_something_is_done(definition: str, done: bool) -> None:
    assert is_something_done(definition) is done


def edges_and_uses(text: str) -> tuple[set[str], list[str]]:
    graph = graph_of(text)
    uses = [f"{m.line} {m.label}" for m in graph.mentions]
    return {f"{e.prerequisite} > {e.target}" for e in graph.prerequisites}, uses


def test_a_verb_makes_no_prerequisite_of_the_thing() -> None:
    edges, uses = edges_and_uses(
        "# Climbing\n\n## Hold\n\nA hold is a place on the wall to grip.\n\n"
        "## Belayer\n\nThe belayer is the person who holds the rope.\n\n"
        "## Route\n\nA route is a line of holds.\n"
    )
    assert edges == {"hold > route"}
    assert uses == ["13 holds"]


def test_what_is_something_done_is_spoken_of_by_the_verb() -> None:
    edges, uses = edges_and_uses(
        "# Sailing\n\n## Tack\n\nA turn of the boat in which the bow goes through the wind.\n\n"
        "## Lay line\n\nThe line from which you can tack the boat for the mark.\n"
    )
    assert edges == {"tack > lay-line"}
    assert uses == ["9 tack"]


def test_what_its_own_section_speaks_of_by_the_verb_is_so_everywhere() -> None:
    edges, _ = edges_and_uses(
        "# Bread\n\n## Sieve\n\nA round net in a frame.\n\nSieve the flour before it is weighed.\n\n"
        "## Fine flour\n\nFlour for which you must sieve the meal twice.\n"
    )
    assert edges == {"sieve > fine-flour"}
