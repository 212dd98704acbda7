"""Several files in one: zip archives that are the same whenever they are made."""

import zipfile
from collections.abc import Mapping
from io import BytesIO

_FIRST_DAY_OF_ZIP = (1980, 1, 1, 0, 0, 0)
_UNIX, _PLAIN_FILE = 3, 0o100644 << 16


def zipped(files: Mapping[str, bytes]) -> bytes:
    """An archive of these files, by name."""
    archive = BytesIO()
    with zipfile.ZipFile(archive, "w") as writer:
        for name, content in sorted(files.items()):
            entry = zipfile.ZipInfo(name, _FIRST_DAY_OF_ZIP)
            entry.external_attr, entry.create_system = _PLAIN_FILE, _UNIX
            writer.writestr(entry, content, zipfile.ZIP_DEFLATED)
    return archive.getvalue()
