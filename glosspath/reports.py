"""What `glosspath check` found, in the forms that people, programs and code hosts read.

Text, annotations and SARIF name files so that a click where the command runs opens them; JSON is the API's
answer to /problems.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

import click

from corpus.codes import MEANINGS
from corpus.model import Problem, Severity
from glosspath.novelty import identity_of
from glosspath.pipeline import Findings
from glosspath.terminal import one_line
from indexer.manifest import package_version

Report = Callable[[Findings], str]
Json = dict[str, object]

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "blue"}
_ANNOTATIONS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
_ROOT = "%SRCROOT%"  # what SARIF calls the folder that paths are relative to
_SARIF_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def as_text(findings: Findings) -> str:
    """A line for each problem as compilers write it, its hint below, the numbers last."""
    lines = []
    for problem in findings.problems:
        where = f"{_reached(problem, findings)}:{problem.location.first_line}"
        severity = click.style(problem.severity.value, fg=_COLOURS[problem.severity])
        lines.append(f"{_plain(where)}: {severity}: {_plain(problem.message)} [{problem.code}]")
        if problem.hint:
            lines.append(f"    {_plain(problem.hint)}")
    counts = Counter(problem.severity for problem in findings.problems)
    numbers = [
        f"{counts[s]} {s.value}{'' if counts[s] == 1 or s is Severity.INFO else 's'}"
        for s in Severity
        if counts[s]
    ]
    since = f" since snapshot {_plain(findings.since)}" if findings.since else ""
    summary = f"{', '.join(numbers)}{since and f', new{since}'}" if numbers else f"No problems found{since}."
    return "\n".join([*lines, summary, ""])


def as_json(findings: Findings) -> str:
    """The API's answer to /problems; what is read nowhere has no section and no address."""
    from web.model import Paging, ProblemsPage, ProblemView, Source, WantedView
    from web.payloads import to_json
    from web.presenter import Presenter

    total = len(findings.problems)
    page = ProblemsPage(
        paging=Paging(1, max(1, total), total),
        problems=tuple(ProblemView(p, Source(p.location, None)) for p in findings.problems),
        wanted=tuple(WantedView.of(wanted, lambda at: Source(at, None)) for wanted in findings.wanted),
        severities=dict(sorted(Counter(p.severity.value for p in findings.problems).items())),
        codes=dict(sorted(Counter(p.code for p in findings.problems).items())),
    )
    return to_json(Presenter().problems(page), indent=2).decode()


def as_annotations(findings: Findings) -> str:
    """Workflow commands, which GitHub shows beside the lines of a pull request."""
    lines = []
    for problem in findings.problems:
        place = problem.location
        properties = {
            "file": _reached(problem, findings),
            "line": str(place.first_line),
            "endLine": str(place.last_line),
            "title": problem.code,
        }
        named = ",".join(f"{key}={_escaped(value, ':,')}" for key, value in properties.items())
        lines.append(f"::{_ANNOTATIONS[problem.severity]} {named}::{_escaped(_whole_message(problem))}\n")
    return "".join(lines)


def as_sarif(findings: Findings) -> str:
    """SARIF 2.1.0, which code scanning reads."""
    severities = {problem.code: problem.severity for problem in findings.problems}
    codes = sorted(severities)
    rules = [_rule(code, severities[code]) for code in codes]
    seen: Counter[tuple[str, str, str]] = Counter()
    results = []
    for problem in findings.problems:
        identity = identity_of(problem)
        seen[identity] += 1
        ordinal = (str(seen[identity]),) if seen[identity] > 1 else ()
        results.append(_result(problem, codes.index(problem.code), findings, (*identity, *ordinal)))
    driver = {"name": "glosspath", "version": package_version(), "rules": rules}
    log = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": driver},
                "originalUriBaseIds": {_ROOT: {"description": {"text": "Where glosspath ran."}}},
                "columnKind": "unicodeCodePoints",
                "results": results,
            }
        ],
    }
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _rule(code: str, severity: Severity) -> Json:
    meaning = MEANINGS.get(code, code)
    return {
        "id": code,
        "shortDescription": {"text": code.replace("-", " ").capitalize()},
        "fullDescription": {"text": meaning},
        "help": {"text": meaning, "markdown": f"{meaning} See `{code}` in docs/problems.md of glosspath."},
        "defaultConfiguration": {"level": _SARIF_LEVELS[severity]},
    }


def _result(problem: Problem, rule: int, findings: Findings, identity: Iterable[str]) -> Json:
    """A problem. `identity` stays the same when its lines move: two alike differ by which of them it is."""
    region = {"startLine": problem.location.first_line, "endLine": problem.location.last_line}
    place = {"artifactLocation": _artifact(_reached(problem, findings)), "region": region}
    print_of_it = sha256("\0".join(identity).encode("utf-8", "replace")).hexdigest()
    return {
        "ruleId": problem.code,
        "ruleIndex": rule,
        "level": _SARIF_LEVELS[problem.severity],
        "message": {"text": _whole_message(problem)},
        "locations": [{"physicalLocation": place}],
        "partialFingerprints": {"glosspath/v1": print_of_it},
    }


def _artifact(file: str) -> Json:
    """A path as SARIF wants it: relative to where the command ran, or a file's whole address."""
    if Path(file).is_absolute():
        return {"uri": Path(file).as_uri()}
    return {"uri": quote(file, safe="/~"), "uriBaseId": _ROOT}


REPORTS: dict[str, Report] = {"text": as_text, "json": as_json, "github": as_annotations, "sarif": as_sarif}


def _reached(problem: Problem, findings: Findings) -> str:
    """The problem's file: relative to the working directory if it stands below it, else absolute."""
    prefix, _, below = problem.location.path.partition("/")
    if prefix in findings.roots and below:
        file = Path(findings.roots[prefix], below)
    else:
        file = Path(findings.roots.get("", ""), problem.location.path)
    here = Path.cwd()
    return (file.relative_to(here) if file.is_relative_to(here) else file).as_posix()


def _whole_message(problem: Problem) -> str:
    """A problem and its hint where there is one line for both."""
    return f"{problem.message}. {problem.hint}" if problem.hint else problem.message


def _plain(words: str) -> str:
    return one_line(words).plain


def _escaped(words: str, also: str = "") -> str:
    """Words that cannot end a workflow command early or begin another."""
    for character in "%\r\n" + also:
        words = words.replace(character, f"%{ord(character):02X}")
    return words
