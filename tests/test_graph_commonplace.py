"""Which concepts are mentioned so often that a link says nothing any more."""

from collections.abc import Mapping

from texts import graph_of


def diary(days: int, files: int) -> Mapping[str, str]:
    """As many days, of which each speaks of the tide and every second of the ebb, in as many files."""
    notes = {
        "tide.md": "# Tide\n\nA tide is the rise and fall of the sea.\n",
        "ebb.md": "# Ebb\n\nEbb is the falling of the sea.\n",
    }
    for day in range(days):
        said = f"## How day {day} went?\n\nWe saw the tide{' and the ebb' if day % 2 else ''}.\n\n"
        path = f"diary-{day % files:02}.md"
        notes[path] = notes.get(path, "# Diary\n\n") + said
    return notes


def glossary(entries: int) -> str:
    """A glossary in one file, of which every entry speaks of ships and every third of a harbour."""
    lines = ["# Glossary", "", "**Harbour**: where one is at rest.", ""]
    for entry in range(entries):
        lines += [f"**Part {entry:02}**: a part of a ship{' in a harbour' if entry % 3 == 0 else ''}.", ""]
    return "\n".join([*lines, "**Ship**: what carries people over the sea.", ""])


def test_what_twenty_files_mention_is_commonplace() -> None:
    assert graph_of(diary(days=30, files=30)).commonplace == ("tide",)


def test_what_less_than_half_of_the_files_mention_is_not() -> None:
    notes = dict(diary(days=30, files=30))
    notes |= {f"log-{number}.md": f"We sailed on, {number} miles.\n" for number in range(30)}
    assert graph_of(notes).commonplace == ()


def test_of_a_glossary_with_a_file_for_each_entry_a_twelfth_is_enough() -> None:
    notes = {}
    for number in range(60):
        name = f"Part {number:02}"
        said = " of a ship" if number % 3 else ""
        notes[f"{number:02}.md"] = f"# {name}\n\nA {name.lower()} is a piece{said} with a number.\n"
    notes["ship.md"] = "# Ship\n\nA ship is what carries people over the sea.\n"
    assert graph_of(notes).commonplace == ("ship",)


def test_what_few_files_mention_is_not_however_often_they_do() -> None:
    assert graph_of(diary(days=60, files=3)).commonplace == ()


def test_of_a_glossary_in_one_file_the_entries_count() -> None:
    notes = "\n\n".join(
        f"## {line.split('**')[1]}\n\n{line.split(':', 1)[1].strip().capitalize()}"
        for line in glossary(30).splitlines()
        if line.startswith("**")
    )
    assert graph_of(f"# Glossary\n\n{notes}\n").commonplace == ("ship",)


def test_mentions_of_what_is_commonplace_stay() -> None:
    graph = graph_of(diary(days=30, files=30))
    assert sum(m.concept == "tide" for m in graph.mentions) == 30
