"""`kiosk agent`: what runs in the background, and how it is."""

import logging
import signal
import sys

import click

from kiosk.agent_lock import agent_lock
from kiosk.cli.invocation import Invocation
from kiosk.cli.output import emit, json_option, opened_station, say
from kiosk.store.tables.agent_tasks import all_tasks
from kiosk.text.answers.messages import agent_line, task_line


@click.command()
@click.option("--once", is_flag=True, help=say()("One turn, then end, such as for cron or a try."))
@click.option("--status", is_flag=True, help=say()("Tell whether it runs and what it did last; do nothing."))
@json_option
@click.pass_obj
def agent(invocation: Invocation, once: bool, status: bool, as_json: bool) -> None:
    if status:
        _status(invocation, as_json)
        return
    from kiosk.agent.agent import Agent  # 8 ms: not for --status

    logging.basicConfig(stream=sys.stderr, level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")
    working = Agent(invocation.home)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: working.stop())
    try:
        working.take()
        if not once:
            working.run()
            return
        done = working.once()
    finally:
        working.close()
    fields = {**done.messages._asdict(), "reminded": done.reminded, "tasks": done.tasks}
    text = say()("Messages sent: {sent}; failed: {failed}; with nobody to go to: {skipped}.", **done.messages._asdict())
    emit(fields, text, as_json=as_json)


def _status(invocation: Invocation, as_json: bool) -> None:
    holder = agent_lock(invocation.home.runtime()).locked_by()
    with opened_station(invocation) as station:
        tasks = [(task, station.local(task.done_at) if task.done_at else None) for task in all_tasks(station.conn)]
    fields = {"agent": holder, "tasks": [{**task._asdict(), "done_at": done} for task, done in tasks]}
    lines = [agent_line(say(), holder), *(task_line(say(), task, done) for task, done in tasks)]
    emit(fields, "\n".join(lines), as_json=as_json)
