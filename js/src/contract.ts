// Generated from ogc_widgets/contract and ogc_widgets/words.py by `make fix`. Do not edit.

/**
 * This interface was referenced by `Contract`'s JSON-Schema
 * via the `definition` "Answer".
 */
export type Answer = (Ok | Failed)
/**
 * This interface was referenced by `Contract`'s JSON-Schema
 * via the `definition` "JsonValue".
 */
export type JsonValue = unknown
/**
 * This interface was referenced by `Contract`'s JSON-Schema
 * via the `definition` "Command".
 */
export type Command = (Edit | Choose | Submit | Reload | Fill | TakeRequest | WriteCode | Dismiss | Remove | ShowResults | Snapshot | Look | NeedBundle)
/**
 * This interface was referenced by `Contract`'s JSON-Schema
 * via the `definition` "Field".
 */
export type Field = (TextField | NumberField | BooleanField | ChoiceField | ManyChoiceField | DateTimeField | BoxField | GeometryField | ListField | JsonField)

export interface Contract {
Answer: Answer
BooleanField: BooleanField
BoxField: BoxField
ChoiceField: ChoiceField
Choose: Choose
Command: Command
DateTimeField: DateTimeField
Dismiss: Dismiss
Draft: Draft
Edit: Edit
Failed: Failed
Failure: Failure
Field: Field
Fill: Fill
FormView: FormView
GeometryField: GeometryField
JobColumns: JobColumns
JobDelta: JobDelta
JobRow: JobRow
JobSnapshot: JobSnapshot
JsonField: JsonField
JsonValue: JsonValue
ListField: ListField
Look: Look
ManyChoiceField: ManyChoiceField
ModeChoice: ModeChoice
NeedBundle: NeedBundle
NumberField: NumberField
Ok: Ok
Option: Option
OutputChoice: OutputChoice
OutputSelection: OutputSelection
OutputView: OutputView
Problem: Problem
Reload: Reload
Remove: Remove
ResultsView: ResultsView
ShowResults: ShowResults
Snapshot: Snapshot
Submission: Submission
Submit: Submit
TableHead: TableHead
TableView: TableView
TakeRequest: TakeRequest
TextField: TextField
WriteCode: WriteCode
}
/**
 * Done. ``results`` and ``code`` only where they were asked for.
 * 
 * This interface was referenced by `Contract`'s JSON-Schema
 * via the `definition` "Ok".
 */
export interface Ok {
kind: "ok"
id: string
results: (ResultsView | null)
code: (string | null)
}
/**
 * All outputs of a job. ``raw`` is the document as JSON text, cut at 64 KiB.
 * 
 * This interface was referenced by `Contract`'s JSON-Schema
 * via the `definition` "ResultsView".
 */
export interface ResultsView {
outputs: OutputView[]
raw: string
}
/**
 * One output: text or JSON to read, or a link. ``cut`` says that ``text`` is not all of it.
 * 
 * This interface was referenced by `Contract`'s JSON-Schema
 * via the `definition` "OutputView".
 */
export interface OutputView {
id: string
title: string
kind: ("text" | "json" | "link" | "binary")
media_type: string
text: string
href: string
size: (number | null)
cut: boolean
}
/**
 * Not done: what happened, why, what to do. ``id`` is empty where the command had none.
 * 
 * This interface was referenced by `Contract`'s JSON-Schema
 * via the `definition` "Failed".
 */
export interface Failed {
kind: "failed"
id: string
title: string
detail: string
}
/**
 * Yes or no; the draft is true, false, or null where an optional one is not set.
 * 
 * This interface was referenced by `Contract`'s JSON-Schema
 * via the `definition` "BooleanField".
 */
export interface BooleanField {
key: string
id: string
title: string
description: string
required: boolean
notes: string[]
kind: "boolean"
}
/**
 * A bounding box; the draft is ``{"bbox": [west, south, east, north], "crs": name}``.
 * 
 * With heights the numbers are west, south, lowest, east, north, highest; the order is the same
 * for every coordinate reference system. A number not given is null, one that is none (yet) its
 * text. ``crs`` lists the reference systems, the first of them meant where the draft names none.
 * ``bare`` says that the value is the list of numbers alone.
 * 
 * This interface was referenced by `Contract`'s JSON-Schema
 * via the `definition` "BoxField".
 */
export interface BoxField {
key: string
id: string
title: string
description: string
required: boolean
notes: string[]
kind: "bbox"
crs: Option[]
heights: ("none" | "optional" | "required")
bare: boolean
}
/**
 * One of the values to choose from.
 * 
 * This interface was referenced by `Contract`'s JSON-Schema
 * via the `definition` "Option".
 */
export interface Option {
value: JsonValue
label: string
}
/**
 * One of several values; the draft is the value or null.
 * 
 * This interface was referenced by `Contract`'s JSON-Schema
 * via the `definition` "ChoiceField".
 */
export interface ChoiceField {
key: string
id: string
title: string
description: string
required: boolean
notes: string[]
kind: "choice"
options: Option[]
}
/**
 * How to execute, and which outputs to ask for; null leaves as it is.
 * 
 * This interface was referenced by `Contract`'s JSON-Schema
 * via the `definition` "Choose".
 */
export interface Choose {
id: string
kind: "choose"
mode: (("auto" | "async" | "sync") | null)
outputs: (OutputSelection[] | null)
}
/**
 * How an output is asked for; an empty media type leaves it to the server.
 * 
 * This interface was referenced by `Contract`'s JSON-Schema
 * via the `definition` "OutputSelection".
 */
export interface OutputSelection {
key: string
selected: boolean
media_type: string
transmission: ("auto" | "value" | "reference")
}
/**
 * These fields have these drafts now (null: not set).
 * 
 * This interface was referenced by `Contract`'s JSON-Schema
 * via the `definition` "Edit".
 */
export interface Edit {
id: string
kind: "edit"
values: {
[k: string]: JsonValue
}
}
/**
 * Submit the form as it stands.
 * 
 * This interface was referenced by `Contract`'s JSON-Schema
 * via the `definition` "Submit".
 */
export interface Submit {
id: string
kind: "submit"
}
/**
 * Read the description, or the job list, again.
 * 
 * This interface was referenced by `Contract`'s JSON-Schema
 * via the `definition` "Reload".
 */
export interface Reload {
id: string
kind: "reload"
}
/**
 * Put the defaults, or the description's example, into the form.
 * 
 * This interface was referenced by `Contract`'s JSON-Schema
 * via the `definition` "Fill".
 */
export interface Fill {
id: string
kind: "fill"
source: ("defaults" | "example")
}
/**
 * Make the form mean this execute request, which is JSON text.
 * 
 * ``failed`` where it is none, or holds what the form cannot say: a sentence in each line of the
 * detail; then the form is as it was.
 * 
 * This interface was referenced by `Contract`'s JSON-Schema
 * via the `definition` "TakeRequest".
 */
export interface TakeRequest {
id: string
kind: "take_request"
text: string
}
/**
 * Write the request as code; the answer carries it.
 * 
 * This interface was referenced by `Contract`'s JSON-Schema
 * via the `definition` "WriteCode".
 */
export interface WriteCode {
id: string
kind: "code"
language: ("json" | "python" | "curl")
}
/**
 * Ask the server to stop a job.
 * 
 * This interface was referenced by `Contract`'s JSON-Schema
 * via the `definition` "Dismiss".
 */
export interface Dismiss {
id: string
kind: "dismiss"
job: string
}
/**
 * Ask the server to forget a job that has ended.
 * 
 * This interface was referenced by `Contract`'s JSON-Schema
 * via the `definition` "Remove".
 */
export interface Remove {
id: string
kind: "remove"
job: string
}
/**
 * Read a job's results; the answer carries them.
 * 
 * This interface was referenced by `Contract`'s JSON-Schema
 * via the `definition` "ShowResults".
 */
export interface ShowResults {
id: string
kind: "results"
job: string
}
/**
 * Send all rows.
 * 
 * This interface was referenced by `Contract`'s JSON-Schema
 * via the `definition` "Snapshot".
 */
export interface Snapshot {
id: string
kind: "snapshot"
}
/**
 * Somebody looks at this view, or looks away; said again at least once a minute.
 * 
 * This interface was referenced by `Contract`'s JSON-Schema
 * via the `definition` "Look".
 */
export interface Look {
id: string
kind: "look"
view: string
seen: boolean
}
/**
 * Send the code of a bundle: the answer to a host that cannot read the hidden widget.
 * 
 * This interface was referenced by `Contract`'s JSON-Schema
 * via the `definition` "NeedBundle".
 */
export interface NeedBundle {
id: string
kind: "bundle"
name: string
}
/**
 * A date, a time, or an instant; the draft is text as RFC 3339 writes it.
 * 
 * This interface was referenced by `Contract`'s JSON-Schema
 * via the `definition` "DateTimeField".
 */
export interface DateTimeField {
key: string
id: string
title: string
description: string
required: boolean
notes: string[]
kind: "datetime"
precision: ("date" | "time" | "datetime")
}
/**
 * What is filled in, judged: problems and request belong to exactly these values.
 * 
 * ``values`` are drafts by field key; a field that is not set has none. ``masked`` are the keys of
 * secrets that are set and are not shown. ``changed`` says that the values are not the defaults.
 * ``request`` is the execute request as JSON text.
 * 
 * This interface was referenced by `Contract`'s JSON-Schema
 * via the `definition` "Draft".
 */
export interface Draft {
revision: number
values: {
[k: string]: JsonValue
}
masked: string[]
changed: boolean
problems: Problem[]
mode: ("auto" | "async" | "sync")
outputs: OutputSelection[]
request: string
}
/**
 * What is wrong with a value. ``key`` is the field's, or empty for the whole form.
 * 
 * ``path`` leads into the value (indexes and names); an ``error`` keeps the form from being
 * submitted, a ``warning`` does not.
 * 
 * This interface was referenced by `Contract`'s JSON-Schema
 * via the `definition` "Problem".
 */
export interface Problem {
key: string
message: string
path: (string | number)[]
severity: ("error" | "warning")
}
/**
 * What went wrong: what happened, then why and what to do.
 * 
 * This interface was referenced by `Contract`'s JSON-Schema
 * via the `definition` "Failure".
 */
export interface Failure {
title: string
detail: string
}
/**
 * Text; the draft is a string. A secret's draft never comes back from the kernel.
 * 
 * This interface was referenced by `Contract`'s JSON-Schema
 * via the `definition` "TextField".
 */
export interface TextField {
key: string
id: string
title: string
description: string
required: boolean
notes: string[]
kind: "text"
multiline: boolean
secret: boolean
placeholder: string
}
/**
 * A number; the draft is a number, or the text typed where that is none (yet).
 * 
 * This interface was referenced by `Contract`'s JSON-Schema
 * via the `definition` "NumberField".
 */
export interface NumberField {
key: string
id: string
title: string
description: string
required: boolean
notes: string[]
kind: "number"
integer: boolean
minimum: (number | null)
maximum: (number | null)
step: (number | null)
unit: string
placeholder: string
}
/**
 * Any of several values; the draft is an array of values.
 * 
 * This interface was referenced by `Contract`'s JSON-Schema
 * via the `definition` "ManyChoiceField".
 */
export interface ManyChoiceField {
key: string
id: string
title: string
description: string
required: boolean
notes: string[]
kind: "many_choice"
options: Option[]
}
/**
 * A geometry; the draft is text, GeoJSON or WKT, in degrees with the longitude first.
 * 
 * This interface was referenced by `Contract`'s JSON-Schema
 * via the `definition` "GeometryField".
 */
export interface GeometryField {
key: string
id: string
title: string
description: string
required: boolean
notes: string[]
kind: "geometry"
placeholder: string
}
/**
 * Several values of one kind; the draft is an array of the item's drafts.
 * 
 * This interface was referenced by `Contract`'s JSON-Schema
 * via the `definition` "ListField".
 */
export interface ListField {
key: string
id: string
title: string
description: string
required: boolean
notes: string[]
kind: "list"
item: Field
min_items: number
max_items: (number | null)
}
/**
 * What no other kind fits; the draft is the JSON text as typed. ``reason`` says why.
 * 
 * A secret's draft never comes back from the kernel.
 * 
 * This interface was referenced by `Contract`'s JSON-Schema
 * via the `definition` "JsonField".
 */
export interface JsonField {
key: string
id: string
title: string
description: string
required: boolean
notes: string[]
kind: "json"
reason: string
secret: boolean
placeholder: string
}
/**
 * What the form is made of; changes only when a description is read.
 * 
 * This interface was referenced by `Contract`'s JSON-Schema
 * via the `definition` "FormView".
 */
export interface FormView {
revision: number
phase: ("loading" | "ready" | "failed")
failure: (Failure | null)
server: string
process_id: string
title: string
description: string
version: string
fields: Field[]
outputs: OutputChoice[]
modes: ModeChoice[]
transmissions: ("auto" | "value" | "reference")[]
has_example: boolean
}
/**
 * An output that may be asked for.
 * 
 * This interface was referenced by `Contract`'s JSON-Schema
 * via the `definition` "OutputChoice".
 */
export interface OutputChoice {
key: string
id: string
title: string
description: string
media_types: string[]
}
/**
 * A way to execute; ``reason`` says why it is not offered.
 * 
 * This interface was referenced by `Contract`'s JSON-Schema
 * via the `definition` "ModeChoice".
 */
export interface ModeChoice {
mode: ("auto" | "async" | "sync")
allowed: boolean
reason: string
}
/**
 * Rows as columns: the n-th entries of all lists are the n-th row.
 * 
 * This interface was referenced by `Contract`'s JSON-Schema
 * via the `definition` "JobColumns".
 */
export interface JobColumns {
key: string[]
id: string[]
process_id: string[]
server: string[]
status: ("accepted" | "running" | "successful" | "failed" | "dismissed" | "unknown")[]
word: string[]
progress: (number | null)[]
message: string[]
created: (number | null)[]
started: (number | null)[]
finished: (number | null)[]
updated: (number | null)[]
pending: ("" | "dismiss" | "remove")[]
gone: boolean[]
mine: boolean[]
dismiss: ("yes" | "no" | "unknown")[]
note: string[]
}
/**
 * What changed since message ``sequence - 1``: rows to put in, keys to take out.
 * 
 * This interface was referenced by `Contract`'s JSON-Schema
 * via the `definition` "JobDelta".
 */
export interface JobDelta {
kind: "delta"
sequence: number
head: TableHead
rows: JobColumns
removed: string[]
}
/**
 * What the table says above its rows.
 * 
 * ``checked`` is when the server was last heard, ``next_check`` when it will be asked again (None:
 * not before something happens), ``failure`` why it does not answer. ``counts`` are by status.
 * 
 * This interface was referenced by `Contract`'s JSON-Schema
 * via the `definition` "TableHead".
 */
export interface TableHead {
phase: ("loading" | "ready" | "failed")
failure: (Failure | null)
counts: {
[k: string]: number
}
checked: (number | null)
next_check: (number | null)
servers: string[]
process_id: string
}
/**
 * A job as the table shows it.
 * 
 * ``key`` tells jobs of all servers and times apart. ``word`` is the server's own word where it
 * is not the standard's. ``pending`` is what was asked for and is not answered yet. ``gone`` means
 * that the server has it no more. ``dismiss`` says whether it can be asked to stop: ``unknown``
 * is offered, and learned from the answer.
 * 
 * This interface was referenced by `Contract`'s JSON-Schema
 * via the `definition` "JobRow".
 */
export interface JobRow {
key: string
id: string
process_id: string
server: string
status: ("accepted" | "running" | "successful" | "failed" | "dismissed" | "unknown")
word: string
progress: (number | null)
message: string
created: (number | null)
started: (number | null)
finished: (number | null)
updated: (number | null)
pending: ("" | "dismiss" | "remove")
gone: boolean
mine: boolean
dismiss: ("yes" | "no" | "unknown")
note: string
}
/**
 * All rows: its buffer is gzip of :class:`JobColumns` as JSON.
 * 
 * This interface was referenced by `Contract`'s JSON-Schema
 * via the `definition` "JobSnapshot".
 */
export interface JobSnapshot {
kind: "snapshot"
sequence: number
head: TableHead
}
/**
 * What became of the last submission of this form.
 * 
 * This interface was referenced by `Contract`'s JSON-Schema
 * via the `definition` "Submission".
 */
export interface Submission {
revision: number
phase: ("idle" | "submitting" | "failed" | "submitted")
failure: (Failure | null)
job: (JobRow | null)
results: (ResultsView | null)
}
/**
 * The table's state: its head and its newest 50 rows, newest first.
 * 
 * The rest comes as a snapshot message, changes as deltas; ``sequence`` is the last delta that is
 * in here.
 * 
 * This interface was referenced by `Contract`'s JSON-Schema
 * via the `definition` "TableView".
 */
export interface TableView {
sequence: number
head: TableHead
newest: JobColumns
}

export const JOB_COLUMNS = ["key","id","process_id","server","status","word","progress","message","created","started","finished","updated","pending","gone","mine","dismiss","note"] as const satisfies readonly (keyof JobRow)[];

export const WORDS = {
  "common.retry": "Retry",
  "common.copy": "Copy",
  "common.copied": "Copied",
  "common.close": "Close",
  "common.cancel": "Cancel",
  "common.kernel_gone": "The kernel that made this is gone; this is how things stood. Run the cells again to go on.",
  "common.kernel_silent": "The kernel does not answer. It may be busy; this waits for it.",
  "common.not_sent": "Not sent: the kernel that made this is gone.",
  "common.run_again": "Run the cells again to go on.",
  "status.accepted": "Accepted",
  "status.running": "Running",
  "status.successful": "Successful",
  "status.failed": "Failed",
  "status.dismissed": "Dismissed",
  "status.unknown": "Unknown",
  "job.dismiss": "Dismiss",
  "job.dismiss_question": "Dismiss this job?",
  "job.dismissing": "Dismissing…",
  "job.keep": "Keep",
  "job.remove": "Remove",
  "job.remove_question": "Remove this job and its results from the server?",
  "job.removing": "Removing…",
  "job.results": "Results",
  "job.hide_results": "Hide",
  "job.reading_results": "Reading…",
  "job.details_of": "Details of job {id}",
  "job.dismiss_not_offered": "This server does not offer to dismiss this job.",
  "job.copy_id": "Copy job id {id}",
  "job.server_word": "The server's own word: {word}",
  "job.gone": "Dismissed, removed from the server",
  "job.no_outputs": "The server gave no outputs for this job.",
  "job.cut": "The text was cut here; this is not all of it.",
  "job.raw": "Raw document",
  "job.binary": "Binary data, {size}",
  "job.binary_unsized": "Binary data",
  "job.changed": "Job {id}: {status}",
  "job.percent": "{percent} %",
  "job.ago": "{time} ago",
  "job.moments_ago": "just now",
  "job.no_time": "–",
  "form.name": "Process {process}",
  "form.loading": "Reading the description of {process}…",
  "form.failed": "The form could not be made.",
  "form.reading": "Reading…",
  "form.version": "Version {version}",
  "form.more": "Show more",
  "form.less": "Show less",
  "form.no_inputs": "This process takes no inputs.",
  "form.optional": "optional",
  "form.note": "Note:",
  "form.warning": "Warning:",
  "form.error": "Problem:",
  "form.unchecked": "Not checked yet",
  "form.not_set": "Not set",
  "form.choose": "Choose…",
  "form.not_offered": "{value} (not among the choices)",
  "form.yes": "Yes",
  "form.no": "No",
  "form.between": "{minimum} to {maximum}",
  "form.at_least": "At least {minimum}",
  "form.at_most": "At most {maximum}",
  "form.slider": "{title}, slider",
  "form.secret_set": "Set, not shown",
  "form.change": "Change",
  "form.clear": "Clear",
  "form.utc": "{value} UTC",
  "form.incomplete": "The date or time is not complete. Fill in all its parts, or clear it.",
  "form.type_date": "Type as text",
  "form.pick_date": "Use the picker",
  "form.json_reason": "Edited as JSON. {reason}",
  "form.geometry": "GeoJSON or WKT, longitude before latitude.",
  "form.west": "West",
  "form.south": "South",
  "form.east": "East",
  "form.north": "North",
  "form.lowest": "Lowest",
  "form.highest": "Highest",
  "form.crs": "Coordinate reference system",
  "form.add_heights": "Add heights",
  "form.remove_heights": "Remove heights",
  "form.box_numbers": "Enter numbers instead",
  "form.list_empty": "No items yet.",
  "form.item": "{title}, item {number}",
  "form.add": "Add item",
  "form.remove": "Remove",
  "form.remove_item": "Remove item {number}",
  "form.up": "Up",
  "form.up_item": "Move item {number} up",
  "form.down": "Down",
  "form.down_item": "Move item {number} down",
  "form.items_one": "1 item",
  "form.items": "{count} items",
  "form.show_items": "Show all {count} items",
  "form.items_most": "At most {maximum} items.",
  "form.items_least": "At least {minimum} items.",
  "form.paste_cut": "Pasted the first {count} lines: there may be at most {maximum} items.",
  "form.outputs_and_mode": "Outputs and mode",
  "form.outputs": "Outputs",
  "form.outputs_none": "No outputs",
  "form.outputs_all": "All {count} outputs",
  "form.outputs_some": "{selected} of {count} outputs",
  "form.output_one": "1 output",
  "form.media_type": "Format",
  "form.media_type_auto": "Server decides",
  "form.transmission": "Returned as",
  "form.transmission_auto": "Server decides",
  "form.transmission_value": "Value",
  "form.transmission_reference": "Link",
  "form.mode": "Mode",
  "form.mode_line": "Mode: {mode}",
  "form.mode_auto": "Server decides",
  "form.mode_auto_short": "server decides",
  "form.mode_async": "Asynchronous: the job runs on, this shows how it goes",
  "form.mode_async_short": "asynchronous",
  "form.mode_sync": "Synchronous: wait for the results",
  "form.mode_sync_short": "synchronous",
  "form.request": "Request",
  "form.request_as": "Request as",
  "form.json": "JSON",
  "form.python": "Python",
  "form.curl": "cURL",
  "form.json_text": "Request as JSON; what is changed here changes the form",
  "form.json_masked": "A secret shows as ••••••. Leave the dots to keep it, or write another over them.",
  "form.python_help": "For a notebook cell.",
  "form.curl_help": "For sh, bash or zsh.",
  "form.token_help": "It reads your token from the environment variable OGC_TOKEN.",
  "form.text_refused": "The form is as it was. Correct the text, or",
  "form.text_overtaken": "The form has changed since and says something else. Correct the text, or",
  "form.text_restore": "go back to the form’s request",
  "form.text_refused_short": "The text is not in the form",
  "form.not_this_text": "The JSON text under Request is not in the form. Correct it, or go back to the form’s request.",
  "form.save_request": "Save request…",
  "form.load_request": "Load request…",
  "form.load_limit": "A JSON file of at most {limit}",
  "form.saved": "Saved as {name}.",
  "form.saved_without_secrets": "Saved as {name}, without the secrets.",
  "form.not_saved_text": "Not saved: the JSON text is not in the form. Correct it first.",
  "form.loaded": "{name} is in the form.",
  "form.not_loaded": "{name} is not in the form: see what the JSON text says.",
  "form.file_too_large": "{name} was not loaded: it is larger than {limit}. Give data by reference.",
  "form.file_unreadable": "{name} was not loaded: the browser cannot read it.",
  "form.submit": "Submit",
  "form.submitting": "Submitting…",
  "form.submitted": "Submitted.",
  "form.reset": "Reset to defaults",
  "form.reset_question": "Replace all values by the defaults?",
  "form.example": "Load example",
  "form.example_question": "Replace all values by the example?",
  "form.replace": "Replace",
  "form.keep": "Keep",
  "form.problem_one": "Not submitted: 1 input needs attention.",
  "form.problems": "Not submitted: {count} inputs need attention.",
  "form.problem_form": "Not submitted.",
  "form.show_first": "Show the first",
  "form.not_saved": "Your last changes did not reach the kernel.",
  "form.last_job": "Last job",
  "form.results": "Results",
  "table.title": "Jobs",
  "table.title_of": "Jobs of {process}",
  "table.count": "{count} {status}",
  "table.refresh": "Refresh",
  "table.refreshing": "Refreshing…",
  "table.checked": "Last checked {time}",
  "table.stopped": "Last checked {time}. Checking stopped: all jobs have ended.",
  "table.not_answering": "Not answering: {reason}",
  "table.next_try": "Next try in {wait}.",
  "table.trying": "Trying now.",
  "table.loading": "Reading the job list…",
  "table.empty": "No jobs yet",
  "table.empty_help": "Submit a process, or refresh if you submitted one elsewhere.",
  "table.empty_process": "No jobs of {process} yet",
  "table.status": "Status",
  "table.process": "Process",
  "table.job": "Job",
  "table.message": "Message",
  "table.submitted": "Submitted",
  "table.elapsed": "Elapsed",
  "table.actions": "Actions",
  "table.many_changed": "{count} jobs changed their status",
  "table.partial": "Reading all rows; these are the newest {count}.",
  "table.finished": "Finished",
  "table.server": "Server",
  "table.full_id": "Job id"
} as const;
