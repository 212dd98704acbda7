"""Small notes built by hand, as the reader and the graph would give them, for the indexer's tests."""

import hashlib
from dataclasses import replace
from pathlib import Path

from corpus.model import (
    Corpus,
    Definition,
    DefinitionStyle,
    Document,
    Figure,
    Lesson,
    LessonId,
    Passage,
    PassageKind,
    Problem,
    Question,
    RelationKind,
    Resource,
    ResourceKind,
    Section,
    SectionContent,
    SectionId,
    Severity,
    Snippet,
    SourceLocation,
)
from graph.model import (
    Broader,
    Concept,
    ConceptGraph,
    ConceptId,
    DroppedPrerequisite,
    Evidence,
    EvidenceKind,
    Mention,
    Prerequisite,
    Relation,
    Wanted,
)
from indexer import Snapshot, build_snapshot, open_snapshot


def place(path: str, line: int = 1) -> SourceLocation:
    return SourceLocation(path, line, line)


def section(path: str, title: str, text: str, line: int = 1, level: int = 2) -> Section:
    anchor = title.lower().replace(" ", "-")
    passages = (Passage(text, PassageKind.PARAGRAPH, place(path, line + 1)),) if text else ()
    content = SectionContent.TEXT if text else SectionContent.EMPTY
    identity = SectionId(f"{path.removesuffix('.md')}/{anchor}")
    return Section(
        identity, title, level, anchor, None, place(path, line), content, f"<p>{text}</p>", passages
    )


def document(path: str, *sections: Section, **more: object) -> Document:
    slug = path.removesuffix(".md")
    digest = hashlib.sha256(repr((sections, more)).encode()).hexdigest()
    return replace(Document(path, slug, slug.title(), digest, sections), **more)  # type: ignore[arg-type]


def concept(labels: str, text: str, where: Section, position: int, lesson: str) -> Concept:
    """`labels` is "preferred|alternative|alternative"."""
    preferred, *alternatives = labels.split("|")
    definition = Definition(
        preferred, text, f"<p>{text}</p>", DefinitionStyle.HEADING, 0.9, where.id, where.location
    )
    identity = ConceptId(preferred.lower().replace(" ", "-"))
    return Concept(
        identity,
        preferred,
        tuple(alternatives),
        (),
        (definition,) if text else (),
        where.id,
        LessonId(lesson),
        position,
    )


def edge(prerequisite: str, target: str) -> Prerequisite:
    evidence = Evidence(EvidenceKind.DEFINITION, 0.8, f"{target} needs {prerequisite}", place("loss.md"))
    return Prerequisite(ConceptId(prerequisite), ConceptId(target), 0.8, (evidence,))


def sample_notes(root: Path | None = None) -> tuple[Corpus, ConceptGraph]:
    """Two lessons and an introduction: functions, then losses."""
    hello = section("readme.md", "Welcome", "These notes lead from functions to losses.")
    soft = section("functions.md", "Softmax", "The softmax function turns scores into probabilities.")
    relu = section("functions.md", "ReLU", "ReLU cuts negative numbers off.", 5)
    empty = section("functions.md", "Sigmoid", "", 9)
    cross = section(
        "loss.md",
        "Cross-Entropy",
        "In PyTorch, nn.CrossEntropyLoss applies softmax and takes the logarithm. Call zero_grad() first."
        " Gradients of the loss flow back through every layer.",
    )
    sgd = section("loss.md", "Optimizers", "Stochastic gradient descent follows the gradient of the loss.", 7)
    documents = (
        document("readme.md", hello),
        document(
            "functions.md",
            *(soft, relu, empty),
            figures=(
                Figure("img/soft.svg", "a softmax curve", soft.id, place("functions.md", 3), "img/soft.svg"),
            ),
            questions=(
                Question(
                    "What does softmax return?",
                    "Probabilities",
                    "They sum to one",
                    soft.id,
                    place("functions.md", 4),
                ),
            ),
        ),
        document(
            "loss.md",
            *(cross, sgd),
            resources=(
                Resource(
                    *(ResourceKind.API, "CrossEntropyLoss", "https://docs.example.org/CrossEntropyLoss.html"),
                    *(cross.id, place("loss.md", 3), "torch.nn.CrossEntropyLoss"),
                ),
            ),
            questions=(Question("Why zero_grad?", "Gradients add up", "", cross.id, place("loss.md", 5)),),
            snippets=(
                Snippet("optimizer.zero_grad()\nloss.backward()", "python", cross.id, place("loss.md", 4)),
            ),
            problems=(
                Problem("stale-anchor", Severity.WARNING, "No such anchor", place("loss.md", 2), "Mend it"),
            ),
        ),
    )
    corpus = Corpus(
        "Functions and losses",
        documents,
        (
            Lesson(LessonId("functions"), "Functions", "functions.md", (soft.id, relu.id, empty.id)),
            Lesson(LessonId("loss"), "Losses", "loss.md", (cross.id, sgd.id)),
        ),
        roots={"": str(root)} if root else {},
    )
    concepts = (
        concept(
            "softmax|softmax function",
            "Softmax turns a vector of scores into probabilities.",
            soft,
            0,
            "functions",
        ),
        concept("ReLU|rectified linear unit", "ReLU is the positive part of a number.", relu, 1, "functions"),
        concept("sigmoid", "", empty, 2, "functions"),
        concept(
            "cross-entropy|CE",
            "Cross-entropy is the loss that compares probabilities from softmax with a label.",
            *(cross, 3, "loss"),
        ),
        concept(
            "stochastic gradient descent|SGD",
            "Stochastic gradient descent takes small steps downhill on the loss.",
            *(sgd, 4, "loss"),
        ),
    )
    graph = ConceptGraph(
        concepts,
        (edge("softmax", "cross-entropy"), edge("cross-entropy", "stochastic-gradient-descent")),
        (
            DroppedPrerequisite(
                edge("cross-entropy", "softmax"), (ConceptId("cross-entropy"), ConceptId("softmax"))
            ),
        ),
        (Broader(ConceptId("cross-entropy"), ConceptId("softmax"), "a quote", place("loss.md")),),
        (
            Mention(ConceptId("softmax"), "softmax", cross.id, "loss.md", 2, "It applies softmax."),
            Mention(ConceptId("cross-entropy"), "loss", sgd.id, "loss.md", 8, "It follows the loss."),
        ),
        (Wanted("learning rate", 2, (place("loss.md", 8),)),),
        (Problem("loop", Severity.INFO, "A loop", place("functions.md", 2)),),
        ((ConceptId("softmax"),), ()),
        relations=(
            Relation(
                RelationKind.PART_OF,
                *(ConceptId("softmax"), ConceptId("cross-entropy"), "a quote", place("loss.md")),
            ),
        ),
    )
    return corpus, graph


def built(
    data: Path, corpus: Corpus, graph: ConceptGraph, *, full: bool = False, engine: str = "whoosh"
) -> Snapshot:
    build_snapshot(data, corpus, graph, full=full, engine=engine)
    return open_snapshot(data)
