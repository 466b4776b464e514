"""All that crosses the border between kernel and browser, and nothing else.

State is what a second view of the same widget must also show: a trait, written by the kernel only.
A command is an action or a question of the browser: it carries an id and is always answered.
``python -m ogc_widgets.contract.export`` writes the TypeScript twin of these models.
"""
