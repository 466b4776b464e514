"""When to ask again. Pure: times come in as seconds of a monotonic clock."""

import math
from dataclasses import dataclass

QUICKEST = 0.4
GROWTH = 1.4
CALM = 5.0
LONGEST = 60.0
FIRST_FAILURE = 1.0


@dataclass
class Pace:
    """The pause before the next question, in seconds.

    Quick after a submission, a dismissal or a change; longer each time nothing changed, up to
    ``5 + 5 * log2(n)`` for ``n`` jobs that run; after failures from 1 second doubling to a minute.
    """

    pause: float = QUICKEST
    failures: int = 0

    def hurry(self) -> None:
        """Something is about to change: ask soon."""
        self.pause = QUICKEST

    def answered(self, *, changed: bool, active: int) -> float:
        """An answer came; gives the pause before the next question.

        ``active`` counts the jobs that run; where only jobs of an unknown status are left (0), the
        pause grows to a minute.
        """
        self.failures = 0
        ceiling = min(CALM + CALM * math.log2(active), LONGEST) if active else LONGEST
        self.pause = max(QUICKEST, self.pause / GROWTH) if changed else self.pause * GROWTH
        self.pause = min(self.pause, ceiling)
        return self.pause

    def failed(self) -> float:
        """No answer came; gives the pause before the next try."""
        self.failures += 1
        return float(min(FIRST_FAILURE * 2 ** (self.failures - 1), LONGEST))
