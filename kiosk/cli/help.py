"""`kiosk help`: pages for owners, staff, installers and engineers."""

import click

from kiosk.cli.output import emit, json_option, say
from kiosk.text import language_of_environment
from kiosk.text.help_pages import TOPICS, all_topics, page, title


@click.command("help")
@click.argument("topic", required=False)
@json_option
def help_command(topic: str | None, as_json: bool) -> None:
    language = language_of_environment()
    if topic is None:
        titles = {name: title(name, language) for name in all_topics()}
        emit({"topics": titles}, "\n".join(_contents(titles)), as_json=as_json)
        return
    if topic not in all_topics():
        raise click.BadParameter(say()("one of {choices}", choices=", ".join(all_topics())), param_hint="TOPIC")
    text = page(topic, language)
    emit({"topic": topic, "text": text}, text.rstrip("\n"), as_json=as_json)


def _contents(titles: dict[str, str]) -> list[str]:
    lines = [say()("kiosk help TOPIC shows a page; kiosk --help lists the commands.")]
    for readers, topics in TOPICS.items():
        lines += ["", say()("{readers}:", readers=say()(readers))]
        lines += [f"  {topic:16}{titles[topic]}" for topic in topics]
    return lines
