"""The table between boards and a browser."""

import gzip
import json

import pytest

import ogc_widgets as ow
from tests.waiting import wait_until


@pytest.fixture
def table(server):
    """A table of three jobs."""
    for status in ("successful", "running", "accepted"):
        server.add(status)
    return ow.JobTable(server.client())


@pytest.fixture
def browser(table, browse):
    """Its browser, which looks."""
    browser = browse(table)
    browser.ask("look", view="v", seen=True)
    wait_until(lambda: table.jobs)
    return browser


def rows(columns):
    names = list(columns)
    return [dict(zip(names, values, strict=True)) for values in zip(*columns.values(), strict=True)]


def snapshot(browser):
    browser.ask("snapshot")
    content, buffers = next(one for one in browser.messages[::-1] if one[0]["kind"] == "snapshot")
    return content, rows(json.loads(gzip.decompress(buffers[0])))


def deltas(browser):
    return [content for content, _ in browser.messages if content["kind"] == "delta"]


def key_of(table, job_id):
    return next(job.key for job in table.jobs if job.id == job_id)


def test_the_table_loads_itself_newest_first(table, browser):
    """A look is enough; the snapshot holds all rows, and counts are by status."""
    content, all_rows = snapshot(browser)
    assert [row["id"] for row in all_rows] == ["job-3", "job-2", "job-1"]
    counts = {key: count for key, count in content["head"]["counts"].items() if count}
    assert counts == {"accepted": 1, "running": 1, "successful": 1}
    assert content["head"]["phase"] == "ready"


def test_a_change_comes_as_a_numbered_delta(server, table, browser):
    """Only the changed row travels, with the next number."""
    sequence = snapshot(browser)[0]["sequence"]
    server.jobs["job-2"] |= {"progress": 60, "message": "more than half"}
    wait_until(
        lambda: any("more than half" in delta["rows"]["message"] for delta in deltas(browser))
    )
    numbers = [delta["sequence"] for delta in deltas(browser)]
    assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    assert numbers[-1] > sequence


def test_dismiss_says_dismissing_and_then_the_truth(server, table, browser):
    """The row is pending while the server is asked, and dismissed when it has answered."""
    key = key_of(table, "job-2")
    assert browser.ask("dismiss", job=key)["kind"] == "ok"
    told = [row for delta in deltas(browser) for row in rows(delta["rows"]) if row["key"] == key]
    assert "dismiss" in [row["pending"] for row in told]
    wait_until(lambda: table.jobs[1].status == "dismissed")
    assert server.count("DELETE") == 1


def test_remove_takes_the_row_out(table, browser):
    """The key of a removed job is in a delta."""
    key = key_of(table, "job-1")
    browser.ask("remove", job=key)
    wait_until(lambda: any(key in delta["removed"] for delta in deltas(browser)))
    assert key not in [row["key"] for row in snapshot(browser)[1]]


def test_a_refused_dismissal_is_answered_with_words(server, table, browser):
    """405: what happened, and the row is as it was."""
    server.can_dismiss = False
    answer = browser.ask("dismiss", job=key_of(table, "job-2"))
    assert answer["kind"] == "failed"
    assert "cannot dismiss" in answer["title"]
    wait_until(lambda: snapshot(browser)[1][1]["dismiss"] == "no")


def test_results_come_with_the_answer(table, browser):
    """Links and values of a finished job, titled by the description."""
    answer = browser.ask("results", job=key_of(table, "job-1"))
    (output,) = answer["results"]["outputs"]
    assert (output["id"], output["title"], output["text"]) == ("waited", "Waited", "3")


def test_a_reload_begins_with_the_state(table, browser):
    """The trait holds the newest rows and the head, so that a page that reloads shows them."""
    wait_until(lambda: browser.state("_table")["head"]["phase"] == "ready")
    assert rows(browser.state("_table")["newest"])[0]["id"] == "job-3"


def test_only_what_was_asked_for_is_shown(server, browse):
    """One process's jobs, or only those submitted here."""
    server.add(processID="other")
    server.add()
    client = server.client()
    of_process = ow.JobTable(client, process_id="other")
    mine = ow.JobTable(client, mine=True)
    browser = browse(of_process)
    browse(mine)
    browser.ask("look", view="v", seen=True)
    wait_until(lambda: [job.id for job in of_process.jobs] == ["job-1"])
    assert mine.jobs == ()


def test_several_servers_in_one_table(browse):
    """Jobs of all servers, each with its own address; commands reach the right one."""
    from tests.fake_server import FakeServer

    servers = [FakeServer(), FakeServer()]
    servers[0].add()
    servers[1].add("successful")
    table = ow.JobTable([server.client() for server in servers])
    browser = browse(table)
    browser.ask("look", view="v", seen=True)
    wait_until(lambda: len(table.jobs) == 2)
    running = next(job for job in table.jobs if job.status == "running")
    browser.ask("dismiss", job=running.key)
    assert [server.count("DELETE") for server in servers] == [1, 0]


def test_a_server_that_does_not_answer_is_said(server, browse):
    """The head tells what happened and when it will be asked again; reload says it too."""
    server.broken = 400
    table = ow.JobTable(server.client())
    browser = browse(table)
    browser.ask("look", view="v", seen=True)
    wait_until(lambda: any(delta["head"]["phase"] == "failed" for delta in deltas(browser)))
    wait_until(lambda: deltas(browser)[-1]["head"]["next_check"])
    assert deltas(browser)[-1]["head"]["failure"]["title"]
    assert browser.ask("reload")["kind"] == "failed"


def test_closing_the_table_ends_the_polling(server, table, browser):
    """Nobody looks any more."""
    board = table.boards()[0]
    table.close()
    wait_until(lambda: board.poller.next_check is None)


def test_a_place_without_widgets_shows_plain_html(table, browser):
    """Texts of servers are escaped."""
    table.jobs[0].info.raw["message"] = "<script>alert(1)</script>"
    html = table._repr_mimebundle_()[0]["text/html"]
    assert "job-3" in html
    assert "<script" not in html
