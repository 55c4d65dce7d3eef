"""The office's own templates for its practice system."""

from carekraft_desktop.domain.handover import Style, Template
from carekraft_desktop.store.unit import Reading, Writing


def own(unit: Reading) -> dict[str, Template]:
    """Templates that somebody has changed, by key."""
    rows = unit.rows("SELECT key, title, style, text FROM template")
    return {key: Template(key, title, Style(style), text) for key, title, style, text in rows}


def keep(unit: Writing, template: Template) -> None:
    """Keep a changed template."""
    unit.run(
        """INSERT INTO template VALUES (?, ?, ?, ?) ON CONFLICT(key) DO UPDATE SET
        title = excluded.title, style = excluded.style, text = excluded.text""",
        template.key,
        template.title,
        template.style.value,
        template.text,
    )


def forget(unit: Writing, key: str) -> None:
    """Back to the shipped one."""
    unit.run("DELETE FROM template WHERE key = ?", key)
