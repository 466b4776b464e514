"""When the server is asked again."""

from ogc_widgets.jobs.pacing import LONGEST, QUICKEST, Pace


def test_quiet_jobs_are_asked_about_ever_more_rarely_up_to_a_ceiling():
    """The pause grows while nothing changes, and stops at 5 + 5 log2(n) seconds."""
    pace = Pace()
    pauses = [pace.answered(changed=False, active=4) for _ in range(20)]
    assert pauses == sorted(pauses)
    assert pauses[0] < 1
    assert pauses[-1] == 15.0


def test_a_change_makes_the_pause_shorter_but_never_less_than_the_quickest():
    """A job that moves is looked at more often."""
    pace = Pace(pause=4.0)
    pauses = [pace.answered(changed=True, active=1) for _ in range(20)]
    assert pauses == sorted(pauses, reverse=True)
    assert pauses[-1] == QUICKEST


def test_hurry_starts_from_the_quickest_pause():
    """After a submission the next look is soon."""
    pace = Pace(pause=15.0)
    pace.hurry()
    assert pace.answered(changed=False, active=1) < 1


def test_failures_double_the_pause_to_a_minute_and_an_answer_ends_that():
    """A server that does not answer is tried ever more rarely, and is never given up."""
    pace = Pace()
    pauses = [pace.failed() for _ in range(10)]
    assert pauses[:4] == [1, 2, 4, 8]
    assert pauses[-1] == LONGEST
    assert pace.answered(changed=False, active=1) < 1


def test_jobs_of_unknown_status_alone_are_asked_about_once_a_minute_in_the_end():
    """A status that nobody knows may stay for ever; it must not cost requests for ever."""
    pace = Pace()
    pauses = [pace.answered(changed=False, active=0) for _ in range(30)]
    assert pauses[-1] == LONGEST
