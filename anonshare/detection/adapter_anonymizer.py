"""Our operators in a presidio-anonymizer pipeline: every span has an entity type of its own there.

Presidio's ``Operator.operate()`` sees the text of a span and not the span, and its engine merges neighbours of one
type. So each span gets a type that no other has (``PERSON_0001``), and an operator of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

from anonshare.detection.adapter_words import raised, silent
from anonshare.errors import DetectionError
from anonshare.shapes import Span

__all__ = ["Operators", "Replace", "anonymize_with_presidio", "presidio_inputs"]

Replace = Callable[[Span, str], str]
"""``replace(span, what stands there)``, as ``detection.rewrite`` takes it."""

Operators: TypeAlias = "Replace | Mapping[str, Any]"
"""One callable for all, or by entity type a callable or an OperatorConfig of Presidio's; DEFAULT stands for the rest."""


def anonymize_with_presidio(text: str, spans: Sequence[Span], operators: Operators) -> str:
    """``text`` as presidio-anonymizer makes it; with one callable the same as ``rewrite(text, spans, callable)``.

    Raises DetectionError where spans overlap or lie outside of the text, where an entity type has no operator, and
    where an operator fails: never with its words.
    """
    from presidio_anonymizer import AnonymizerEngine

    results, configs = presidio_inputs(text, spans, operators)
    silent()
    engine: Any = AnonymizerEngine
    made = raised(
        lambda: engine().anonymize(text, results, configs, merge_entities_with_spaces=False),
        "An operator of Presidio's failed",
    )
    return str(made.text)


def presidio_inputs(text: str, spans: Sequence[Span], operators: Operators) -> tuple[list[Any], dict[str, Any]]:
    """``(analyzer_results, operators)`` for ``AnonymizerEngine.anonymize`` in a pipeline of the user's own.

    Our callables are called here, in the order of the text, each once; the engine goes through a text from its end.
    Errors as ``anonymize_with_presidio``.
    """
    from presidio_anonymizer.entities import OperatorConfig, RecognizerResult

    ordered = _apart(text, spans)
    results, configs = [], {}
    for number, span in enumerate(ordered, 1):
        own = f"{span.entity}_{number:04d}"
        operator = operators if callable(operators) else _operator(operators, span.entity)
        if callable(operator):
            new = operator(span, text[span.start : span.end])
            if not isinstance(new, str):
                raise DetectionError(f"The operator of {span.entity} gave no text.")
            operator = OperatorConfig("custom", {"lambda": _constant(new)})
        results.append(RecognizerResult(own, span.start, span.end, span.score))
        configs[own] = operator
    return results, configs


def _operator(operators: Mapping[str, Any], entity: str) -> Any:
    found = operators.get(entity, operators.get("DEFAULT"))
    if found is None:
        raise DetectionError(
            f"No operator is named for {entity}.", hint="Name one, or a DEFAULT: Presidio would write the type instead."
        )
    return found


def _constant(new: str) -> Callable[[str], str]:
    return lambda _: new


def _apart(text: str, spans: Sequence[Span]) -> list[Span]:
    ordered = sorted(spans)
    done = 0
    for span in ordered:
        if not done <= span.start < span.end <= len(text):
            raise DetectionError("The spans of a text overlap or lie outside of it.")
        done = span.end
    return ordered
