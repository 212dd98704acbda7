"""The same notes give the same bytes in every process, in whatever order it happens to keep its sets."""

import json
import os
import subprocess
import sys
from pathlib import Path

from conftest import REPOSITORY
from served_notes import write_notes

from glosspath.commands.export import FORMATS

# A digest of the store and of everything that is exported, by name.
WRITE_ALL = """
import json, sys
from hashlib import sha256
from pathlib import Path
from served_notes import build, library_of
from glosspath.commands.export import Asked, FORMATS

data = build(Path(sys.argv[1]), Path(sys.argv[2]))
library = library_of(data)
written = {name: way.write(library, Asked(data)) for name, way in FORMATS.items()}
files = {
    f"{name} {file}": content
    for name, made in written.items()
    for file, content in (made if isinstance(made, dict) else {"": made}).items()
}
(store,) = (data / "snapshots").glob("*/library.sqlite")
files["store "] = store.read_bytes()
print(json.dumps({name: sha256(content).hexdigest() for name, content in files.items()}))
"""


def written(notes: Path, data: Path, seed: str) -> dict[str, str]:
    """What a process with this seed builds and exports."""
    environment = {
        **os.environ,
        "PYTHONHASHSEED": seed,
        "PYTHONPATH": os.pathsep.join([str(REPOSITORY), str(REPOSITORY / "tests")]),
        "SOURCE_DATE_EPOCH": "1700000000",
    }
    made = subprocess.run(
        [sys.executable, "-c", WRITE_ALL, str(notes), str(data)],
        env=environment,
        capture_output=True,
        check=True,
    )
    digests: dict[str, str] = json.loads(made.stdout)
    return digests


def test_every_way_out_is_the_same_in_every_process(tmp_path: Path) -> None:
    notes = write_notes(tmp_path / "notes")
    one, other = (written(notes, tmp_path / f"data{seed}", seed) for seed in ("1", "2"))
    assert {name.split(" ")[0] for name in one} == {*FORMATS, "store"}
    assert one == other
