"""The wheel alone, outside the checkout, serves the bundled notes: nothing that runs was left out of it."""

import re
import subprocess
import sys
import sysconfig
import venv
import zipfile
from importlib.metadata import distribution
from pathlib import Path

import pytest
from servers import REPOSITORY, fetched, fetched_json, serving

PACKAGES = {"corpus", "graph", "indexer", "web", "glosspath"}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the checkout as pip builds it."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=REPOSITORY, check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command in a new environment that holds the wheel and the libraries that it runs with, no others.

    The libraries are linked from the environment of the tests, package by package: nothing is downloaded, and
    neither the checkout nor a development library can be imported there.
    """
    environment = tmp_path_factory.mktemp("environment")
    venv.create(environment, with_pip=False, symlinks=True)
    scheme = {"base": str(environment), "platbase": str(environment)}
    site = Path(sysconfig.get_path("purelib", "venv", vars=scheme))
    for name in _locked_names():
        _link(name, site)
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    command = Path(sysconfig.get_path("scripts", "venv", vars=scheme)) / "glosspath"
    command.write_text(
        f"#!{command.parent / 'python'}\nfrom glosspath.__main__ import main\n\nmain()\n", encoding="utf-8"
    )
    command.chmod(0o755)
    return command


def _locked_names() -> list[str]:
    """What requirements.txt installs on this machine."""
    from packaging.requirements import Requirement

    lines = re.findall(
        r"^([a-z][^\\\n]*)", (REPOSITORY / "requirements.txt").read_text("utf-8"), re.MULTILINE
    )
    pinned = [Requirement(line.strip()) for line in lines]
    return [one.name for one in pinned if one.marker is None or one.marker.evaluate()]


def _link(name: str, site: Path) -> None:
    """Let the new environment see one distribution of this one."""
    found = distribution(name)
    for part in sorted({file.parts[0] for file in found.files or []} - {"..", "__pycache__"}):
        if not (site / part).exists():
            (site / part).symlink_to(Path(str(found.locate_file(part))))


def test_the_wheel_holds_the_packages_whole_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if ".dist-info/" not in name}
    assert {name.split("/")[0] for name in names} == PACKAGES
    listed = subprocess.run(
        ["git", "ls-files", *PACKAGES], cwd=REPOSITORY, capture_output=True, text=True, check=False
    )
    assert set(listed.stdout.split()) - names == set()


def test_the_installed_wheel_serves_the_bundled_notes(installed: Path, tmp_path: Path) -> None:
    with serving(folder=tmp_path, command=[str(installed)], python_path=None) as address:
        assert "Deep learning" in fetched(f"{address}/")
        page = fetched(f"{address}/concepts/softmax")
        assert "probabilities" in page
        for asset in {*re.findall(r'(?:href|src)="(/static/[^"]+)"', page)}:
            assert fetched(address + asset)
        figure = re.search(r'src="(/files/[^"]+)"', fetched(f"{address}/lessons/03-training"))
        assert figure
        assert fetched(address + figure[1]).lstrip().startswith("<")
        assert fetched_json(f"{address}/status")["glosspath"] == "0.1.0"


def test_the_installed_command_runs_outside_the_checkout(installed: Path, tmp_path: Path) -> None:
    where = [str(installed.parent / "python"), "-c", "import corpus, web, pytest"]
    asked = subprocess.run(where, cwd=tmp_path, env={}, capture_output=True, text=True, check=False)
    assert "No module named 'pytest'" in asked.stderr
    said = subprocess.run(
        [installed, "--version"], cwd=tmp_path, env={}, capture_output=True, text=True, check=True
    )
    assert said.stdout == "glosspath 0.1.0\n"
