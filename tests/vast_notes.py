"""Notes with very many concepts, each defined by one before it: for what must not grow with the notes."""

from pathlib import Path

LESSONS = 100


def write_vast_notes(folder: Path, concepts: int) -> Path:
    """Writes notes that define so many concepts, in LESSONS lessons."""
    folder.mkdir(parents=True)
    per_lesson = -(-concepts // LESSONS)
    for lesson in range(LESSONS):
        numbers = range(lesson * per_lesson, min(concepts, (lesson + 1) * per_lesson))
        told = "\n".join(map(_told, numbers))
        (folder / f"{lesson:03}.md").write_text(f"# Part {lesson}\n\n{told}", encoding="utf-8")
    return folder


def _told(number: int) -> str:
    if not number:
        return "## Word 0\n\nThe first of all the things that are told here.\n"
    return f"## Word {number}\n\nA thing that comes after word {number // 2} and is worth looking up.\n"
