"""Files that people hand each other: which kinds, and under which names they are safe.

Nothing here opens a file. A kind is known by its ending *and* by how its first bytes look; what
can run by itself (scripts, pages, drawings with scripts, sheets with macros) is no kind at all.
"""

import re
import unicodedata

ZIP = (b"PK\x03\x04",)

# Ending → how such a file begins; nothing: a text, which has no NUL.
SIGNATURES = {
    "pdf": (b"%PDF-",),
    "png": (b"\x89PNG\r\n\x1a\n",),
    "jpg": (b"\xff\xd8\xff",),
    "jpeg": (b"\xff\xd8\xff",),
    "docx": ZIP,
    "xlsx": ZIP,
    "pptx": ZIP,
    "odt": ZIP,
    "ods": ZIP,
    "odp": ZIP,
    "txt": (),
    "csv": (),
}

NAME_LIMIT = 100  # characters, the ending included
SNIFFED = 4096  # bytes of a text that are looked at

# What file systems and shells give a meaning to; blanks and dots become one.
SPECIAL = re.compile(r"[<>:\"/\\|?*'`$&;%#{}\[\]~!=^]+")
SPACES = re.compile(r"[\s._]+")
# Names that Windows keeps for its devices.
RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)


def get_ending(name: str) -> str:
    """Return what stands behind the last dot of a file's name, in lower case, or ``""``."""
    return name.rpartition(".")[2].strip().lower() if "." in name else ""


def is_allowed(name: str, content: bytes) -> bool:
    """Say whether a file is of a kind that is taken, and looks like it.

    :param name: of the file, as it came.
    :param content: its bytes, or the first of them.
    """
    signatures = SIGNATURES.get(get_ending(name))
    if signatures is None or not content:
        return False
    if signatures:
        return content.startswith(signatures)
    return b"\0" not in content[:SNIFFED]


def safe_name(name: str, fallback: str = "file") -> str:
    """Return a name that means the same file and nothing else, wherever it is stored.

    Without folders, control characters, characters that turn the direction of a text (they
    make ``exe.pdf`` of ``fdp.exe``), signs of shells and file systems, and with one ending.

    :param name: of the file, as it came.
    :param fallback: what a file is called of whose name nothing is left.
    """
    name = unicodedata.normalize("NFC", name)
    ending = get_ending(re.split(r"[/\\]", name)[-1])
    ending = "".join(each for each in ending if each.isascii() and each.isalnum())[:10]
    stem = re.split(r"[/\\]", name)[-1]
    stem = stem.rpartition(".")[0] if "." in stem else stem
    stem = "".join(
        " " if each.isspace() else each
        for each in stem
        if each.isspace() or not unicodedata.category(each).startswith("C")
    )
    stem = SPACES.sub("_", SPECIAL.sub("_", stem)).strip("_-+@ ")
    stem = stem[: NAME_LIMIT - len(ending) - 1].rstrip("_-+@ ") or fallback
    if RESERVED.fullmatch(stem):
        stem = f"{fallback}_{stem}"
    return f"{stem}.{ending}" if ending else stem
