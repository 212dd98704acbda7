"""What holds for the checkout as a whole: its documents, its lock, the direction of imports, its help."""

import ast
import re
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import click
import pytest

from glosspath.__main__ import glosspath

REPOSITORY = Path(__file__).parent.parent
PROJECT = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))
LOCKS = [REPOSITORY / f"requirements{name}.txt" for name in ("", "-dev", "-readers")]

# Written so that no line here is what it looks for.
FORBIDDEN = re.compile(
    r"(^|[^\w.])/(work|root|Users)/|pypi\.org|python[h]osted|registry\.npmjs|deb\.debian|repo\.maven"
)
COMMANDS = sorted(glosspath.commands.items())


def tracked_files() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=REPOSITORY, capture_output=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout, so nothing is tracked")
    return [REPOSITORY / name for name in listed.stdout.decode().split("\0") if name]


def make_commands() -> list[str]:
    return re.findall(r"^([a-z]+):.*## ", (REPOSITORY / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)


def test_this_version_has_a_section_in_the_changelog() -> None:
    changelog = (REPOSITORY / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.search(rf"^## .*{re.escape(PROJECT['project']['version'])}", changelog, re.MULTILINE)


def test_imports_go_up_and_libraries_stay_where_they_belong() -> None:
    checked = subprocess.run(
        [
            sys.executable,
            "-c",
            "from importlinter.cli import lint_imports_command; lint_imports_command()",
            "--no-cache",
        ],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_make_lists_the_commands_and_people_read_of_each() -> None:
    assert set(make_commands()) == {"help", "serve", "test", "check", "update", "pictures", "bench", "clean"}
    readme, contributing = (
        (REPOSITORY / name).read_text("utf-8") for name in ("README.md", "CONTRIBUTING.md")
    )
    assert [name for name in ("serve", "test") if f"make {name}" not in readme] == []
    assert [name for name in make_commands() if name != "help" and f"make {name}" not in contributing] == []


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_a_lock_pins_versions_and_hashes_and_names_no_place_to_download_from(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8")
    assert not re.search(r"https?://|--(extra-)?index-url|--find-links|file:", text)
    pins = re.split(r"\n(?=[a-z])", text)[1:]
    assert pins
    assert [pin.split("\n")[0] for pin in pins if "==" not in pin or "--hash=sha256:" not in pin] == []


def test_what_runs_is_pinned_alike_for_users_and_developers() -> None:
    pinned, developing = (
        set(re.findall(r"^([\w.-]+==\S+)", lock.read_text(encoding="utf-8"), re.MULTILINE))
        for lock in LOCKS[:2]
    )
    assert pinned - developing == set()


def test_what_the_packages_import_is_pinned() -> None:
    pinned = set(re.findall(r"^([\w.-]+)==", LOCKS[0].read_text(encoding="utf-8"), re.MULTILINE))
    extras = PROJECT["project"]["optional-dependencies"].values()
    pinned |= {re.split(r"[\[>=<]", name)[0] for extra in extras for name in extra}
    own = {"corpus", "graph", "indexer", "web", "glosspath"}
    imported = set()
    for file in (path for package in own for path in (REPOSITORY / package).rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                imported |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                imported.add(node.module.partition(".")[0])
    distributions = packages_distributions()
    foreign = imported - own - sys.stdlib_module_names
    assert foreign
    assert {
        n for n in foreign if not {d.lower().replace("_", "-") for d in distributions.get(n, [n])} & pinned
    } == set()


def test_one_whoosh_is_named_exactly() -> None:
    assert [name for name in PROJECT["project"]["dependencies"] if "whoosh" in name.lower()] == [
        "whoosh3==3.54.0"
    ]


def test_no_file_names_a_package_registry_or_a_path_of_one_machine() -> None:
    found = []
    for file in tracked_files():
        if file.is_file() and b"\0" not in (content := file.read_bytes()):
            lines = content.decode("utf-8", "replace").splitlines()
            found += [
                f"{file.relative_to(REPOSITORY)}:{n}"
                for n, line in enumerate(lines, 1)
                if FORBIDDEN.search(line)
            ]
    assert found == []


@pytest.mark.parametrize("document", ["ARCHITECTURE.md", "CONTRIBUTING.md"])
def test_every_place_that_a_document_for_developers_names_is_there(document: str) -> None:
    text = (REPOSITORY / document).read_text(encoding="utf-8")
    folders = "corpus|graph|indexer|web|glosspath|tests|docs|benchmarks"
    named = re.findall(rf"`((?:{folders})/[^`\s]*)`", text)
    assert named
    assert [name for name in named if not (REPOSITORY / name).exists()] == []
    # Files and folders of a package that stands before them in the text.
    bare = re.findall(rf"`((?!(?:{folders})/)[\w/-]+(?:\.py|/))`", text)
    places = [REPOSITORY / folder for folder in folders.split("|")]
    assert [name for name in bare if not any(next(place.rglob(name), None) for place in places)] == []


def test_every_python_file_opens_by_saying_what_it_holds() -> None:
    files = [file for file in tracked_files() if file.suffix == ".py" and "sample" not in file.parts]
    assert files
    assert [str(file) for file in files if not file.read_text(encoding="utf-8").startswith('"""')] == []


@pytest.mark.parametrize(("name", "command"), COMMANDS, ids=[name for name, _ in COMMANDS])
def test_every_command_and_option_has_help(name: str, command: click.Command) -> None:
    assert command.help
    assert command.short_help
    options = [parameter for parameter in command.params if isinstance(parameter, click.Option)]
    assert [option.name for option in options if not option.help] == []
