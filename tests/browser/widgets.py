"""What a user finds in our widgets, by role and name."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import Locator

from ogc_widgets.demo.launch import DemoServer

IMPORTS = "import ogc_widgets as ow, time"

# Milliseconds from the click that confirms a dismissal to the word in the job's row.
CLICK_TO_DISMISSED = """(id) => new Promise((resolve, reject) => {
  const row = [...document.querySelectorAll('.ogc-jobs [role="row"][data-key]')]
    .find((one) => one.textContent.includes(id));
  const begin = performance.now();
  const watch = new MutationObserver(() => {
    if (!row.textContent.includes("Dismissed")) return;
    watch.disconnect();
    resolve(performance.now() - begin);
  });
  watch.observe(row, { subtree: true, childList: true, characterData: true });
  setTimeout(() => reject(new Error(row.textContent)), 20000);
  row.querySelector('[data-part="confirm"]').click();
})"""


def connect(server: DemoServer) -> str:
    """The code that gives a notebook a client of the embedded server."""
    return (
        f"{IMPORTS}\n"
        f"client = ow.ProcessesClient({server.url!r}, auth=ow.BearerAuth(lambda: {server.token!r}))"
    )


@dataclass(frozen=True)
class FormPage:
    """A form in a cell's output."""

    output: Locator

    @property
    def root(self) -> Locator:
        """The form."""
        return self.output.locator(".ogc-form")

    @property
    def submit(self) -> Locator:
        """The one filled button."""
        return self.root.get_by_role("button", name="Submit", exact=True)

    @property
    def foot(self) -> Locator:
        """Where the job of this form is."""
        return self.root.locator(".ogc-foot")

    def field(self, label: str) -> Locator:
        """A control by its label."""
        return self.root.get_by_label(label, exact=True)


@dataclass(frozen=True)
class TablePage:
    """A job table in a cell's output."""

    output: Locator

    @property
    def root(self) -> Locator:
        """The table with its head."""
        return self.output.locator(".ogc-jobs")

    @property
    def rows(self) -> Locator:
        """The jobs' rows that are in sight."""
        return self.root.locator('[role="row"][data-key]')

    def row(self, job_id: str) -> Locator:
        """The row of a job."""
        return self.rows.filter(has_text=job_id[:8])

    def ask(self, job_id: str, part: str) -> None:
        """Press a button of a job: dismiss, remove or results."""
        self.row(job_id).locator(f'[data-part="{part}"]').click()

    def confirm(self, job_id: str, part: str) -> None:
        """Press a button of a job, and again where it asks whether that is meant."""
        self.ask(job_id, part)
        self.row(job_id).locator('[data-part="confirm"]').click()
