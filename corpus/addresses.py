"""What an address leads to, read from the address alone: nothing is fetched.

Known sites help, but most notes point to sites that nobody listed, so each kind is also told by the shapes
that addresses have everywhere: `/docs/`, `/doi/`, `watch?v=`, `/datasets/`, `/2018/11/09/`. The first rule
that holds decides; their order is the table `RULES`. tests/cases/resources.md lists what is what.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePosixPath
from urllib.parse import SplitResult, unquote, urlsplit

from corpus.model import ResourceKind


@dataclass(frozen=True, slots=True)
class _Address:
    """An address in parts, lower case: the host without `www.`, the path, the query."""

    host: str
    path: str
    query: str

    def on(self, *hosts: str) -> bool:
        """Whether it is on one of these sites or below."""
        at = self.host
        while at:
            if at in hosts:
                return True
            at = at.partition(".")[2]
        return False

    @property
    def is_front(self) -> bool:
        """Whether it is a site as such, and no page of it."""
        return not self.path.strip("/") and not self.query


def address_parts(url: str) -> SplitResult | None:
    """An address in its parts; None for what can be none, such as `https://a[b.c`."""
    try:
        return urlsplit(url)
    except ValueError:
        return None


@lru_cache(maxsize=8192)  # notes link to the same places again and again
def resource_kind(url: str) -> ResourceKind:
    """What an address leads to, as far as the address says.

    >>> str(resource_kind("https://arxiv.org/abs/1706.03762")), str(resource_kind("a/b/train.ipynb"))
    ('paper', 'notebook')
    """
    parts = address_parts(url)
    if parts is None:
        return ResourceKind.OTHER
    host = (parts.hostname or "").removeprefix("www.")
    address = _Address(host, unquote(parts.path).lower(), parts.query.lower())
    return next((kind for kind, holds in RULES if holds(address)), ResourceKind.OTHER)


# --- the rules ---------------------------------------------------------------------------------------------


def _is_template(address: _Address) -> bool:
    return "{" in address.path


def _is_notebook(address: _Address) -> bool:
    return (
        address.path.endswith(".ipynb")
        or address.on("colab.research.google.com", "nbviewer.org", "nbviewer.jupyter.org", "mybinder.org")
        or address.on("observablehq.com", "deepnote.com")
        or (address.on("kaggle.com") and address.path.startswith(("/code/", "/kernels/", "/notebooks/")))
    )


_VIDEO_FILES = (".mp4", ".webm", ".mov", ".mkv", ".avi", ".m4v")
_VIDEO_HOSTS = (
    "youtube.com", "youtu.be", "youtube-nocookie.com", "vimeo.com", "ted.com", "bilibili.com", "twitch.tv",
    "videolectures.net", "dailymotion.com", "loom.com", "panopto.com",
)  # fmt: skip
_VIDEO_HOST = re.compile(r"(?:^|\.)(?:videos?|peertube|vimeo|mediasite)\.")
_VIDEO_PATH = re.compile(r"/(?:videos?|lecture)/.|/watch/?\Z")
_VIDEO_ID = re.compile(r"(?:^|&)v=")
_SHORT_VIDEO_PATH = re.compile(r"/v/[\w-]+/?\Z")


def _is_video(address: _Address) -> bool:
    if address.path.endswith(_VIDEO_FILES) or address.on(*_VIDEO_HOSTS) or _VIDEO_HOST.search(address.host):
        return True
    shape = _VIDEO_PATH.search(address.path)
    if shape and shape[0].startswith("/watch"):
        return bool(_VIDEO_ID.search(address.query))
    # A page of documentation about video is none.
    return bool(shape or _SHORT_VIDEO_PATH.search(address.path)) and not _is_api(address)


_DATA_FILES = (
    ".zip", ".csv", ".tsv", ".tar", ".tar.gz", ".tgz", ".gz", ".bz2", ".xz", ".7z", ".parquet", ".jsonl",
    ".feather", ".npz", ".npy", ".h5", ".hdf5", ".mat", ".sqlite", ".geojson", ".arff", ".rdata", ".sav",
)  # fmt: skip
_DATA_HOSTS = (
    "archive.ics.uci.edu", "zenodo.org", "data.world", "datahub.io", "data.gov", "openml.org", "figshare.com",
    "datasetsearch.research.google.com", "datadryad.org", "physionet.org", "registry.opendata.aws",
)  # fmt: skip
_DATA_HOST = re.compile(r"^(?:data|opendata|datasets?|dataverse)\.")
_DATA_PATH = re.compile(r"/(?:datasets?|open-?data)(?:[/.]|\Z)")


def _is_data_file(address: _Address) -> bool:
    return address.path.endswith(_DATA_FILES)


def _is_data_site(address: _Address) -> bool:
    if address.on("kaggle.com"):
        return address.path.startswith(("/c/", "/competitions", "/datasets"))
    return address.on(*_DATA_HOSTS) or bool(_DATA_HOST.match(address.host))


def _is_data_page(address: _Address) -> bool:
    return bool(_DATA_PATH.search(address.path))


_FILES = (
    ".pdf", ".ps", ".doc", ".docx", ".ppt", ".pptx", ".pps", ".key", ".xls", ".xlsx", ".epub", ".mobi",
    ".djvu", ".odt", ".odp", ".ods", ".txt", ".rtf",
)  # fmt: skip


def _is_file(address: _Address) -> bool:
    return address.path.endswith(_FILES)


_PAPER_HOSTS = (
    "arxiv.org", "doi.org", "openreview.net", "aclanthology.org", "aclweb.org", "papers.nips.cc",
    "proceedings.neurips.cc", "proceedings.mlr.press", "jmlr.org", "semanticscholar.org", "dl.acm.org",
    "ieeexplore.ieee.org", "computer.org", "sciencedirect.com", "link.springer.com", "openaccess.thecvf.com",
    "ncbi.nlm.nih.gov", "pnas.org", "jstor.org", "hal.science", "eprint.iacr.org", "ssrn.com",
    "researchgate.net", "usenix.org", "tandfonline.com", "journals.sagepub.com", "academic.oup.com",
    "mdpi.com", "frontiersin.org", "isca-archive.org", "scholar.archive.org",
)  # fmt: skip
_PAPER_HOST = re.compile(r"rxiv\.|^ar5iv\.|(?:^|\.)(?:journals?|papers?|proceedings|pubs)\.")
_PAPER_PATH = re.compile(
    r"/papers?/.|/doi/|/publications?/.|/proceedings/.|/absps/|/eprints?/.|/preprints?/."
)
_DOI = re.compile(r"(?:^|[/=])10\.\d{4,9}/\S")
_NATURE = re.compile(r"/articles/[a-z]*[\d-]+[\w-]*/?\Z")
_ACADEMIC = re.compile(r"\.edu(?:\.[a-z]{2})?\Z|\.ac\.[a-z]{2}\Z")
_HOME_PAGE = re.compile(r"/~[\w.-]+/[\w.-]")
_TEACHING = re.compile(r"/(?:teaching|courses?|classes|class|lectures?|notes|students?)\b")


def _is_paper(address: _Address) -> bool:
    return (
        address.on(*_PAPER_HOSTS)
        or bool(_PAPER_HOST.search(address.host) or _PAPER_PATH.search(address.path))
        or bool(_DOI.search(address.path) or _DOI.search(unquote(address.query)))
        or (address.on("nature.com") and bool(_NATURE.search(address.path)))
        or _is_project_page(address)
    )


def _is_project_page(address: _Address) -> bool:
    """Below a scholar's own page at a university mostly stands what belongs to a paper, or to a course."""
    own = bool(_ACADEMIC.search(address.host) and _HOME_PAGE.search(address.path))
    return own and not _TEACHING.search(address.path) and not address.path.endswith(_FILES)


# Places for code, files and talk, where only the ending of a file says what it is.
_PLATFORMS = (
    "github.com", "githubusercontent.com", "gitlab.com", "bitbucket.org", "codeberg.org", "sr.ht",
    "drive.google.com", "docs.google.com", "forms.gle", "dropbox.com", "onedrive.live.com", "notion.so",
    "slack.com", "discord.gg", "discord.com", "t.me", "twitter.com", "x.com", "facebook.com", "instagram.com",
    "linkedin.com", "reddit.com", "meetup.com", "slideshare.net", "speakerdeck.com", "open.spotify.com",
    "podcasts.apple.com", "goodreads.com", "img.shields.io", "codepen.io", "jsfiddle.net",
    "creativecommons.org", "opensource.org",
)  # fmt: skip
_OF_THE_PLATFORM = re.compile(
    r"(?:code|engineering|research|ai|tech|eng|developers?|docs?|api)\.(?!google\.com)"
)
_WRITTEN_ON_PLATFORMS = re.compile(r"/pulse/|/wiki(?:/|\Z)")


def _is_on_a_platform(address: _Address) -> bool:
    # What a platform says of itself is documentation or a blog; what a member writes there can be a story.
    own = _BLOG.search(address.host) or _OF_THE_PLATFORM.match(address.host)
    listed = address.on(*_PLATFORMS) or address.host == "amazon.com"
    return listed and not (own or _WRITTEN_ON_PLATFORMS.search(address.path))


_DOC_HOSTS = (
    "docs.rs", "pkg.go.dev", "godoc.org", "developer.mozilla.org", "readthedocs.io", "readthedocs.org",
    "readthedocs-hosted.com", "cppreference.com", "cplusplus.com", "hexdocs.pm", "ruby-doc.org",
    "rubydoc.info", "rubydoc.org", "rdocumentation.org", "javadoc.io", "man7.org", "linux.die.net",
    "devdocs.io", "ss64.com",
)  # fmt: skip
_DOC_HOST = re.compile(
    r"^(?:docs?|api|apis|developer-docs|reference|manual|manpages?|man)\.|(?:^|[.-])docs?\."
)
_DOC_PATH = re.compile(
    r"/(?:docs?|api|apis|apidocs?|api[-_]docs?|api-reference|documentation|reference|ref|javadocs?|godoc|library"
    r"|stdlib|manual|r-manual|man-pages|manpages|man\d|sdk|stable|latest|modules/generated)(?:/|\Z)"
    r"|/en/v?\d+(?:\.\w+)+/"
)


def _is_api(address: _Address) -> bool:
    documented = _DOC_HOST.search(address.host) or _DOC_PATH.search(address.path)
    return address.on(*_DOC_HOSTS) or bool(documented and not _is_on_a_platform(address))


_BLOG = re.compile(r"(?:^|[./-])(?:blogs?|news|wordpress|blogspot|ghost|googleblog)(?:[./]|\Z)|\.blog\Z")
_ARTICLE_HOSTS = (
    "medium.com", "towardsdatascience.com", "dev.to", "distill.pub", "substack.com", "hackernoon.com",
    "hashnode.dev", "wikipedia.org", "wikibooks.org", "wikiversity.org", "wiktionary.org", "britannica.com",
    "mathworld.wolfram.com", "scholarpedia.org", "plato.stanford.edu", "iep.utm.edu", "stackexchange.com",
    "stackoverflow.com", "superuser.com", "serverfault.com", "askubuntu.com", "mathoverflow.net", "quora.com",
    "realpython.com", "geeksforgeeks.org", "w3schools.com", "tutorialspoint.com", "programiz.com",
    "javatpoint.com", "freecodecamp.org", "css-tricks.com", "smashingmagazine.com", "baeldung.com",
    "machinelearningmastery.com", "kdnuggets.com", "analyticsvidhya.com", "infoq.com", "peps.python.org",
    "nytimes.com", "theguardian.com", "bbc.com", "bbc.co.uk", "washingtonpost.com", "economist.com",
    "newyorker.com", "theatlantic.com", "wired.com", "theverge.com", "arstechnica.com", "techcrunch.com",
    "technologyreview.com", "scientificamerican.com", "newscientist.com", "quantamagazine.org",
)  # fmt: skip
_ARTICLE_PATH = re.compile(
    r"/(?:19|20)\d\d/\d\d?(?:/|\Z)|/(?:19|20)\d\d-\d\d-\d\d[-/]|/research/[\w-]+/?\Z"
    r"|/(?:posts?|articles?|p|stor(?:y|ies)|essays?|entry|entries|wiki|bliki|tutorials?|how-?tos?|explainers?"
    r"|questions|magazine|interviews?|pulse|topics|newsletters?|features?)/[^/]"
    r"|/(?:what-(?:is|are)|how-(?:to|do|does)|why-|an?-(?:gentle-)?(?:introduction|guide)-to|introduction-to)\b"
)
_SLUG = re.compile(r"/(?:[a-z0-9]+-){3,}[a-z0-9]+(?:\.html?)?/?\Z")
_COURSE = re.compile(r"/(?:courses?|learn|class|tutorials?|programs?|shop|products?|jobs?)/")


def _is_blog(address: _Address) -> bool:
    posted = bool(_BLOG.search(address.host) or _BLOG.search(address.path))
    return posted or (address.on(*_ARTICLE_HOSTS) and not address.is_front)


def _reads_like_an_article(address: _Address) -> bool:
    if _ARTICLE_PATH.search(address.path):
        return not _COURSE.search(address.path) or "/tutorial" in address.path
    return bool(_SLUG.search(address.path)) and not _COURSE.search(address.path)


def _is_paper_file(address: _Address) -> bool:
    return _is_file(address) and _is_paper(address)


RULES: tuple[tuple[ResourceKind, Callable[[_Address], bool]], ...] = (
    # An address to fill in leads nowhere yet.
    (ResourceKind.OTHER, _is_template),
    # The ending of a file is the surest sign, on whatever site.
    (ResourceKind.NOTEBOOK, _is_notebook),
    (ResourceKind.PAPER, _is_paper_file),
    (ResourceKind.DATASET, _is_data_file),
    (ResourceKind.FILE, _is_file),
    (ResourceKind.OTHER, _is_on_a_platform),
    # Sites come before shapes, and what an API documents is no dataset, whatever the page is called.
    (ResourceKind.VIDEO, _is_video),
    (ResourceKind.DATASET, _is_data_site),
    (ResourceKind.PAPER, _is_paper),
    (ResourceKind.ARTICLE, _is_blog),
    (ResourceKind.API, _is_api),
    (ResourceKind.DATASET, _is_data_page),
    (ResourceKind.ARTICLE, _reads_like_an_article),
)


# --- names -------------------------------------------------------------------------------------------------

_DOTTED = re.compile(r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+")
_WEB_PAGE = re.compile(r"\.(?:html?|php|aspx?|jsp|md)\Z", re.IGNORECASE)
# docs.rs writes the kind of the item before its name: struct.Vec.
_RUST_ITEM = re.compile(r"(?:struct|enum|trait|fn|macro|type|constant|union|attr|derive|primitive)\.(\w+)\Z")
_ELIXIR_FUNCTION = re.compile(r"([a-z_]\w*[?!]?)/\d+\Z")
_CLASS_PATH = re.compile(r"(?:/[a-z]\w*)+/[A-Z]\w*\Z")
# Chapters of a guide can have dots in their names, too.
_GUIDE = re.compile(r"/(?:user|guides?|user_guide|tutorials?|howto)/", re.IGNORECASE)
_PACKAGE_ROOT = re.compile(r"/(?:api|python|javadoc)(?=/)")


def dotted_name(url: str) -> str:
    """The name that an API page's address ends in (`torch.nn.Linear`), else an empty string.

    >>> dotted_name("https://docs.oracle.com/javase/8/docs/api/java/util/List.html")
    'java.util.List'
    """
    parts = address_parts(url)
    if parts is None:
        return ""
    path = _WEB_PAGE.sub("", unquote(parts.path).rstrip("/"))
    fragment, last = unquote(parts.fragment).removeprefix("module-"), PurePosixPath(path).name
    if item := _RUST_ITEM.match(last):
        return item[1]
    if _DOTTED.fullmatch(fragment):
        return fragment
    if function := _ELIXIR_FUNCTION.match(fragment):
        return f"{last}.{function[1]}"
    if _DOTTED.fullmatch(last) and not _GUIDE.search(path):
        return last
    return _from_path(path)


def _from_path(path: str) -> str:
    """`/api/java/util/List` names a class by its path."""
    roots = list(_PACKAGE_ROOT.finditer(path))
    below = path[roots[-1].end() :] if roots else ""
    return below.strip("/").replace("/", ".") if _CLASS_PATH.fullmatch(below) else ""
