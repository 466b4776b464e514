"""Values in, problems out, one input at a time; what was judged once is not judged again."""

from collections.abc import Sequence
from functools import cached_property
from itertools import islice
from typing import Any

from ogc_widgets.contract.form import Field, Problem
from ogc_widgets.forms import sentences
from ogc_widgets.forms.boxes import BOX, PLAIN_BOX, box_problems
from ogc_widgets.forms.inputs import Input
from ogc_widgets.forms.keywords import compile_schema
from ogc_widgets.forms.patterns import Check, current_check
from ogc_widgets.forms.plain import NotPlain, encodable, identity, plain, same
from ogc_widgets.forms.qualified import is_link, is_qualified
from ogc_widgets.forms.sentences import Path
from ogc_widgets.light_jsonschema import Validator

MOST_PROBLEMS = 20
MOST_REMEMBERED = 32

Problems = tuple[Problem, ...]


class Judge:
    """Judges the values of one input; its validator is made when first needed.

    :param examples: values that the server itself offers; where they break its schema, the schema
        is doubtful and the problem a warning
    """

    def __init__(self, given: Input, field: Field, examples: Sequence[Any] = ()) -> None:
        self.given = given
        self.field = field
        self.examples = examples
        self._judged: dict[tuple[str, Any], Problems] = {}

    def problems(self, value: Any, *, present: bool = True) -> Problems:
        """What is wrong with the value; ``present`` tells null from nothing."""
        if not self.given.is_set(value):
            chosen_null = present and value is None and self.given.nullable
            if not self.given.required or chosen_null:
                return ()
            return (self._problem(sentences.required(self.field.kind)),)
        try:
            key = identity(value)
        except NotPlain:
            return (self._problem(sentences.NOT_JSON),)
        known = self._judged.get(key)
        if known is None:
            known = tuple(self._judge(plain(value)))
            if len(self._judged) >= MOST_REMEMBERED:
                self._judged.clear()
            self._judged[key] = known
        return known

    @cached_property
    def _validator(self) -> Validator:
        return compile_schema(self.given.schema)

    @cached_property
    def _offered(self) -> list[Any]:
        """Whatever the server itself offers, whole and by rows."""
        whole = [self.given.default, *self.examples]
        rows = [row for value in whole if isinstance(value, list) for row in value]
        return [value for value in (*whole, *rows) if value is not None]

    def _judge(self, value: Any) -> list[Problem]:
        check = Check()
        token = current_check.set(check)
        try:
            problems = self._occurrences(value) if self.given.multiple else self._one(value, ())
        finally:
            current_check.reset(token)
        doubts = [self._problem(doubt, severity="warning") for doubt in check.doubts]
        return [*problems[:MOST_PROBLEMS], *doubts]

    def _occurrences(self, value: Any) -> list[Problem]:
        rows = value if isinstance(value, list) else [value]
        problems = []
        least, most = self.given.least, self.given.most
        if len(rows) < least or (most is not None and len(rows) > most):
            problem = self._problem(sentences.how_many(least, most))
            problems.append(self._doubted(problem) if self._is_offered(value) else problem)
        for place, row in enumerate(rows):
            problems += self._row(row, place)
            if len(problems) >= MOST_PROBLEMS:
                break
        return problems

    def _row(self, row: Any, place: int) -> list[Problem]:
        if row is None or (row == "" and not self._is_offered(row)):
            return [self._problem(sentences.EMPTY_ROW, (place,))]
        return self._one(row, (place,))

    def _one(self, value: Any, path: Path) -> list[Problem]:
        schema = self.given.schema
        if is_link(value, schema):
            return []
        doubtful = self._is_offered(value)
        if is_qualified(value, schema):
            value, path = value["value"], (*path, "value")
        if schema.get("known") in (BOX, PLAIN_BOX):
            return self._box(value, path, doubtful)
        problems = []
        for error in islice(self._validator.iter_errors(value), MOST_PROBLEMS):
            for inner, sentence in sentences.explain(error):
                problem = self._problem(sentence, (*path, *inner))
                problems.append(self._doubted(problem) if doubtful else problem)
        return list(dict.fromkeys(problems))

    def _box(self, value: Any, path: Path, doubtful: bool) -> list[Problem]:
        problems = []
        for inner, sentence, severity in box_problems(value, self.given.schema):
            problem = self._problem(sentence, (*path, *inner), severity=severity)
            is_doubted = doubtful and severity == "error"
            problems.append(self._doubted(problem) if is_doubted else problem)
        return problems

    def _is_offered(self, value: Any) -> bool:
        return any(same(value, offered) for offered in self._offered)

    def _doubted(self, problem: Problem) -> Problem:
        message = sentences.DOUBTFUL.format(sentence=problem.message)
        return problem.model_copy(update={"message": message, "severity": "warning"})

    def _problem(self, message: str, path: Path = (), *, severity: str = "error") -> Problem:
        return Problem(
            key=self.field.key,
            message=message,
            path=tuple(_plain_step(step) for step in path),
            severity="warning" if severity == "warning" else "error",
        )


def _plain_step(step: str | int) -> str | int:
    return encodable(step) if isinstance(step, str) else step
