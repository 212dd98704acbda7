"""JSON-LD and Turtle, read back by rdflib, and held against what SKOS demands of a vocabulary."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import REPOSITORY
from rdflib import RDF, Graph, Literal, Namespace, URIRef
from rdflib.namespace import SKOS
from served_notes import build, library_of

from corpus import sample_folder
from corpus.errors import ExtraMissing, InvalidRequest
from corpus.model import Settings
from web.exports.linked_data import OURS, OWN_WORDS, as_jsonld, as_turtle
from web.library import Library

BASE = "https://example.org/notes/"
SCHEMA = Namespace("https://schema.org/")

# Questions that are answered with yes by a vocabulary that breaks a rule; numbers are those of the reference.
# Of the inverse and symmetric statements, both ways are asked for: programs that do not reason see them, too.
BROKEN = {
    "S9: a scheme is no concept": "?one a skos:ConceptScheme, skos:Concept",
    "S13: labels are disjoint (preferred, alternative)": "?one skos:prefLabel ?l; skos:altLabel ?l",
    "S13: labels are disjoint (preferred, hidden)": "?one skos:prefLabel ?l; skos:hiddenLabel ?l",
    "S13: labels are disjoint (alternative, hidden)": "?one skos:altLabel ?l; skos:hiddenLabel ?l",
    "S14: one preferred label in a language": (
        "?one skos:prefLabel ?a, ?b . FILTER(?a != ?b && lang(?a) = lang(?b))"
    ),
    "S27: what is related is not broader, over however many": "?one skos:related ?b; skos:broader+ ?b",
    "S27: what is related is not narrower": "?one skos:related ?b . ?b skos:broader+ ?one",
    "S46: what is the same is neither broader nor related": (
        "?one skos:exactMatch ?b; (skos:broadMatch|skos:relatedMatch|^skos:broadMatch) ?b"
    ),
    "S7, S8: a top concept is in its scheme, both ways": (
        "{?one skos:topConceptOf ?s} UNION {?s skos:hasTopConcept ?one}"
        " FILTER NOT EXISTS {?one skos:topConceptOf ?s; skos:inScheme ?s . ?s skos:hasTopConcept ?one}"
    ),
    "S23: related both ways": "?one skos:related ?b . FILTER NOT EXISTS {?b skos:related ?one}",
    "S25: broader and narrower": (
        "{?one skos:broader ?b} UNION {?b skos:narrower ?one}"
        " FILTER NOT EXISTS {?one skos:broader ?b . ?b skos:narrower ?one}"
    ),
    "a top concept has something above it": "?one skos:topConceptOf ?s; skos:broader ?b",
    "a concept has no label, no name or no scheme": (
        "?one a skos:Concept FILTER NOT EXISTS"
        " {?one a schema:DefinedTerm; skos:prefLabel ?l; schema:name ?n; skos:inScheme ?s}"
    ),
    "nothing is its own kind, neighbour or prerequisite": (
        "?one (skos:broader|skos:related|glosspath:prerequisite) ?one"
    ),
    "something is said of what is not there": (
        "?one (skos:broader|skos:narrower|skos:related|glosspath:prerequisite|schema:teaches) ?b"
        " FILTER NOT EXISTS {?b a skos:Concept}"
    ),
    "prerequisites go round": "?one glosspath:prerequisite+ ?one",
}
NAMES = {"skos": SKOS, "schema": SCHEMA, "glosspath": Namespace(OURS)}

HOSTILE = """\
# "Knots" & <b>ropes</b> \\u0041

## Half "hitch" <script>alert(1)</script>

A turn around a post, "closed" with its own end \\ and a \\n in it (also called `@id`).

## @type

A **@type** is a kind of half hitch ''\'\"\"\".
"""


def read(written: bytes, form: str) -> Graph:
    return Graph().parse(data=written, format=form)


def check_rules(graph: Graph) -> None:
    broken = [rule for rule, where in BROKEN.items() if graph.query(f"ASK {{ {where} }}", initNs=NAMES)]
    assert broken == []


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(sample_folder(), tmp_path_factory.mktemp("linked"))


@pytest.fixture(scope="module")
def course(data: Path) -> Library:
    return library_of(data)


@pytest.fixture(scope="module")
def graph(course: Library) -> Graph:
    return read(as_turtle(course.dump(), base=BASE), "turtle")


def languages(graph: Graph) -> set[str | None]:
    return {label.language for label in graph.objects(None, SKOS.prefLabel) if isinstance(label, Literal)}


def library_with(text: str, folder: Path) -> Library:
    (folder / "notes").mkdir()
    (folder / "notes" / "notes.md").write_text(text, encoding="utf-8")
    return library_of(build(folder / "notes", folder / "data"))


@pytest.mark.parametrize("rule", BROKEN)
def test_each_rule_can_be_broken(rule: str) -> None:
    """A question with a mistake in it would never be answered with yes."""
    x, y, s = (URIRef(f"urn:{name}") for name in "xys")
    ours = Namespace(OURS)
    bad = Graph()
    for one, other in ((x, x), (y, x)):
        for word in (SKOS.related, SKOS.broader, SKOS.exactMatch, SKOS.broadMatch, ours.prerequisite):
            bad.add((one, word, other))
    for word in (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel):
        bad.add((x, word, Literal("same")))
    bad.add((x, SKOS.prefLabel, Literal("other")))
    bad.add((x, SKOS.topConceptOf, s))
    bad.add((x, SKOS.narrower, URIRef("urn:nothing")))
    bad.add((x, RDF.type, SKOS.Concept))
    bad.add((x, RDF.type, SKOS.ConceptScheme))
    assert bad.query(f"ASK {{ {BROKEN[rule]} }}", initNs=NAMES).askAnswer


def test_the_bundled_notes_keep_the_rules_of_skos(graph: Graph) -> None:
    check_rules(graph)


def test_both_forms_say_the_same(course: Library, graph: Graph) -> None:
    assert set(read(as_jsonld(course.dump(), base=BASE), "json-ld")) == set(graph)


def test_everything_that_the_notes_say_of_concepts_is_there(course: Library, graph: Graph) -> None:
    dump = course.dump()
    assert len(list(graph.subjects(RDF.type, SKOS.Concept))) == len(dump.concepts) > 300
    edges = {
        (URIRef(f"{BASE}concepts/{e.target}"), URIRef(f"{BASE}concepts/{e.prerequisite}"))
        for e in dump.prerequisites
    }
    assert set(graph.subject_objects(URIRef(f"{OURS}prerequisite"))) == edges
    softmax = URIRef(f"{BASE}concepts/softmax")
    assert {str(label) for label in graph.objects(softmax, SKOS.altLabel)} >= {"softargmax"}
    (definition,) = graph.objects(softmax, SKOS.definition)
    assert str(definition).startswith("A function that turns a vector of logits into probabilities")
    lesson = next(graph.subjects(SCHEMA.teaches, softmax))
    assert (lesson, SCHEMA.competencyRequired, URIRef(f"{BASE}concepts/vector")) in graph


def test_our_own_words_are_explained_in_what_is_written(graph: Graph) -> None:
    used = {str(word) for word in graph.predicates() if str(word).startswith(OURS)}
    assert used <= {f"{OURS}{name}" for name in OWN_WORDS}
    for name in OWN_WORDS:
        assert graph.value(URIRef(f"{OURS}{name}"), URIRef("http://www.w3.org/2000/01/rdf-schema#comment"))


def test_what_notes_say_stays_words(tmp_path: Path) -> None:
    library = library_with(HOSTILE, tmp_path)
    dump = library.dump()
    for graph in (read(as_jsonld(dump), "json-ld"), read(as_turtle(dump), "turtle")):
        check_rules(graph)
        labels = {str(label) for label in graph.objects(None, SKOS.prefLabel)}
        assert labels == {concept.pref_label for concept, _ in dump.concepts}
        assert len(labels) >= 2


def test_a_language_is_said_where_it_is_known(tmp_path: Path) -> None:
    dump = library_with("# Gezeiten\n\nFlut\n: Das Steigen des Wassers.\n", tmp_path).dump()
    german = read(as_jsonld(dump, [Settings(language="de")]), "json-ld")
    assert languages(german) == {"de"}
    for nothing in ([], [Settings(language="not a language")]):
        silent = read(as_jsonld(dump, nothing), "json-ld")
        assert languages(silent) == {None}


def test_without_a_base_names_begin_with_the_title(course: Library) -> None:
    written = json.loads(as_jsonld(course.dump()))
    scheme = written["@graph"][len(OWN_WORDS)]["@id"]
    assert scheme == "urn:glosspath:deep-learning-with-pytorch-from-the-perceptron-to-deployment/glossary"


@pytest.mark.parametrize("base", ["notes", "https://a b", "/notes", "x:<y>", 'x:"'])
def test_a_base_that_is_no_address_is_refused(course: Library, base: str) -> None:
    with pytest.raises(InvalidRequest, match="whole address"):
        as_jsonld(course.dump(), base=base)


def test_without_rdflib_it_is_said_what_to_install(course: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "rdflib", None)
    with pytest.raises(ExtraMissing, match=r"glosspath\[turtle\]"):
        as_turtle(course.dump())


def test_the_same_notes_give_the_same_bytes(course: Library, data: Path) -> None:
    code = (
        "import sys; from served_notes import library_of; from pathlib import Path;"
        "from web.exports.linked_data import as_jsonld, as_turtle;"
        "dump = library_of(Path(sys.argv[1])).dump();"
        "sys.stdout.buffer.write(as_turtle(dump) + as_jsonld(dump))"
    )
    written = set()
    for seed in ("1", "2"):
        paths = {
            "PYTHONHASHSEED": seed,
            "PYTHONPATH": os.pathsep.join([str(REPOSITORY), str(REPOSITORY / "tests")]),
        }
        made = subprocess.run(
            [sys.executable, "-c", code, str(data)],
            env={**os.environ, **paths},
            capture_output=True,
            check=True,
        )
        written.add(made.stdout)
    assert written == {as_turtle(course.dump()) + as_jsonld(course.dump())}


def test_one_lesson_is_said_by_itself_and_breaks_no_rule(data: Path) -> None:
    graph = read(as_jsonld(library_of(data).dump_of_lesson("3"), base=BASE), "json-ld")
    check_rules(graph)
    (lesson,) = graph.subjects(RDF.type, SCHEMA.LearningResource)
    assert set(graph.objects(lesson, SCHEMA.teaches)) == set(graph.subjects(RDF.type, SKOS.Concept)) != set()
