"""What to learn: in order, and next."""

from web.payloads.concepts import ConceptSummary
from web.payloads.payload import Payload
from web.payloads.prerequisites import Reason


class Step(Payload, frozen=True):
    """One concept of a path."""

    id: str
    pref_label: str
    because: tuple[Reason, ...]


class LearningPath(Payload, frozen=True):
    """What to learn, in order: steps end with the target; what a step needs stands before it or is known.
    `undefined` are labels that the steps use and that the notes never define; `targets` are all that is
    asked for, `target` the one that the steps end with, "" where a lesson defines nothing."""

    target: str
    targets: tuple[str, ...]
    known: tuple[str, ...]
    steps: tuple[Step, ...]
    undefined: tuple[str, ...]


class Frontier(Payload, frozen=True):
    """What can be learned next, the most useful first."""

    known: tuple[str, ...]
    concepts: tuple[ConceptSummary, ...]
