"""What the agent does each night: when it was done, and what it failed on."""

from typing import NamedTuple

from kiosk.store.file.sqlite import sqlite3


class AgentTask(NamedTuple):
    """Times are UTC. `failure` is None after a good end; `tries` counts since the last one."""

    task: str
    done_at: str | None
    tried_at: str
    tries: int
    failure: str | None


def read_task(conn: sqlite3.Connection, task: str) -> AgentTask | None:
    row = conn.execute("SELECT task, done_at, tried_at, tries, failure FROM agent_tasks WHERE task = ?", (task,))
    found = row.fetchone()
    return AgentTask._make(found) if found else None


def all_tasks(conn: sqlite3.Connection) -> list[AgentTask]:
    rows = conn.execute("SELECT task, done_at, tried_at, tries, failure FROM agent_tasks ORDER BY task")
    return [AgentTask._make(row) for row in rows]


def note_task(conn: sqlite3.Connection, task: str, now: str, failure: str | None) -> None:
    """It was done now, or failed."""
    conn.execute(
        "INSERT INTO agent_tasks (task, done_at, tried_at, tries, failure)"
        " VALUES (:task, :done, :now, :tries, :failure)"
        " ON CONFLICT (task) DO UPDATE SET done_at = coalesce(:done, done_at), tried_at = :now, failure = :failure,"
        " tries = CASE WHEN :failure IS NULL THEN 0 ELSE tries + 1 END",
        {"task": task, "done": None if failure else now, "now": now, "tries": int(failure is not None),
         "failure": failure},
    )  # fmt: skip
