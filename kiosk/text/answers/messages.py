"""How messages and the agent stand, in words."""

from collections.abc import Mapping
from datetime import datetime

from kiosk.config.message_kinds import MessageKind
from kiosk.faults import Detail, told
from kiosk.jobs.records.message_news import ChannelStatus, MessageStory
from kiosk.store.tables.agent_tasks import AgentTask
from kiosk.store.tables.messages import MessageState, Why
from kiosk.text import N_, Say
from kiosk.text.sentences import detail_words

KINDS: Mapping[MessageKind, str] = {
    MessageKind.ARRIVAL: N_("arrival notice"),
    MessageKind.REMINDER: N_("reminder"),
    MessageKind.DELIVERY_NOTED: N_("home delivery noted"),
    MessageKind.DELIVERY_OUT: N_("on its way home"),
    MessageKind.PASS: N_("proxy pass"),
    MessageKind.CALL: N_("call for staff"),
}
STATES: Mapping[MessageState, str] = {
    MessageState.WAITING: N_("waiting"),
    MessageState.SENDING: N_("being sent"),
    MessageState.SENT: N_("sent"),
    MessageState.SKIPPED: N_("skipped"),
    MessageState.UNKNOWN: N_("unknown whether it went out"),
    MessageState.GIVEN_UP: N_("given up"),
}
WHY: Mapping[Why, str] = {
    Why.GONE: N_("there is nothing left to tell"),
    Why.NO_ADDRESS: N_("the consignee has no such address on record"),
    Why.NO_CHANNEL: N_("the channel is no longer in station.toml"),
    Why.NEEDS_PICTURE: N_("an SMS carries no picture"),
    Why.CUT_SHORT: N_("the agent was cut short while sending"),
    Why.RESTORED: N_("it waited when a backup was restored"),
    Why.NOT_REACHED: N_("the service was not reached, or let nobody in"),
    Why.REFUSED: N_("the service refused it"),
    Why.LIMITED: N_("the service takes no more in this minute"),
    Why.UNSURE: N_("the connection broke before the service answered"),
    Why.BAD_URL: N_("the channel's url is not understood or its file cannot be read"),
    Why.NOT_INSTALLED: N_("Apprise is not installed here; scripts/run and scripts/install-pi bring it along"),
    Why.FAILED: N_("the service did not take it"),
}
# What the numbers of WeCom, DingTalk and Feishu mean, by their own lists.
NUMBERS: Mapping[str, str] = {
    "40008": N_("this kind of message is not taken"),
    "40058": N_("the message is too long or malformed"),
    "45002": N_("the message is too long"),
    "45009": N_("too many messages"),
    "93000": N_("the address of the robot is wrong"),
    "93008": N_("the robot is not in this group any more"),
    "130101": N_("too many messages"),
    "300001": N_("the address of the robot is wrong"),
    "310000": N_("keyword, signature or address of the robot's security settings do not fit"),
    "400101": N_("the address of the robot is wrong"),
    "430101": N_("the robot is stopped"),
    "9499": N_("the message is malformed"),
    "11232": N_("too many messages"),
    "19001": N_("the address of the robot is wrong"),
    "19021": N_("keyword, signature or address of the robot's security settings do not fit"),
    "19022": N_("keyword, signature or address of the robot's security settings do not fit"),
    "19024": N_("keyword, signature or address of the robot's security settings do not fit"),
}
TASKS: Mapping[str, str] = {
    "purge": N_("forgetting people"),
    "backup": N_("backup"),
    "checkpoint": N_("emptying the log of writes"),
    "remind": N_("reminding"),
}


def why_detail(reason: str) -> Detail:
    """As the table keeps it: a word of Why, and perhaps the number that a service answered with."""
    word, _, number = reason.partition(" ")
    why = Detail(WHY[Why(word)] if word in set(Why) else word, {})
    if number in NUMBERS:
        return told("{why} ({number}: {meaning})", why=why, number=number, meaning=Detail(NUMBERS[number], {}))
    return told("{why} ({number})", why=why, number=number) if number else why


def why_sentence(say: Say, reason: str) -> str:
    return detail_words(say, why_detail(reason))


TO = {"consignee": N_("consignee"), "group": N_("group"), "staff": N_("staff"), "courier": N_("courier")}


def channel_line(say: Say, one: ChannelStatus) -> str:
    last = f"{one.last_sent_at:%Y-%m-%d %H:%M}" if one.last_sent_at else say("never")
    return say(
        "{name} (to {to}): {sent} sent and {skipped} skipped in a day, {waiting} wait, {lost} did not go out; last"
        " sent: {last}",
        name=one.name, to=say(TO[one.to]), sent=one.sent, skipped=one.skipped, waiting=one.waiting,
        lost=one.unknown + one.given_up, last=last,
    )  # fmt: skip


def message_line(say: Say, one: MessageStory) -> str:
    parts = [f"{one.id:6}", one.channel, say(KINDS[MessageKind(one.kind)]), " ".join(one.waybills)]
    parts.append(say(STATES[MessageState(one.state)]))
    if one.reason:
        parts.append(why_sentence(say, one.reason))
    if one.next_try_at is not None:
        parts.append(say("next try {time}", time=f"{one.next_try_at:%m-%d %H:%M}"))
    return "  ".join(part for part in parts if part)


def agent_line(say: Say, holder: str | None) -> str:
    if holder is None:
        return say("The agent does not run. Start it with: kiosk agent")
    return say("The agent runs (process {pid})", pid=holder.partition(" ")[0])


def task_line(say: Say, task: AgentTask, local_done: datetime | None) -> str:
    done = f"{local_done:%Y-%m-%d %H:%M}" if local_done else say("never")
    name = task_name(say, task.task)
    if task.failure is None:
        return say("{task}: done {time}", task=name, time=done)
    return say("{task}: failed ({why}), tries: {tries}; last done {time}", task=name, why=task.failure,
               tries=task.tries, time=done)  # fmt: skip


def task_name(say: Say, task: str) -> str:
    return say(TASKS[task]) if task in TASKS else task
