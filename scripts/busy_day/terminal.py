"""One terminal of the day: a process of its own that does what it is told and says how long each action took.

In: `hour first again` lines; each is an hour of the plan to be done from an action on, `again` is 1 where the power
went while that action was done. Out: a line for each action: its number, the jobs it took with their seconds, and what
went wrong.
"""

import pickle
import sys
from pathlib import Path

from scripts.busy_day.answers import Unexpected
from scripts.busy_day.day import Day
from scripts.busy_day.jobs import Terminal


def main() -> None:
    home, plan, number = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
    day: Day = pickle.loads(plan.read_bytes())
    terminal = Terminal(home, number, day)
    for line in sys.stdin:
        hour, first, again = map(int, line.split())
        actions = (day.before if number == 0 else []) if hour < 0 else day.hours[hour][number]
        done = [a for h, lists in day.hours.items() if h < hour for a in lists[number]] + actions[:first]
        terminal.wrong_codes_done = sum(action.kind == "wrong_code" for action in done)
        for index, action in enumerate(actions[first:], first):
            wrong = ""
            terminal.durations.clear()
            try:
                terminal.do(action, again=bool(again) and index == first)
            except Unexpected as unexpected:
                wrong = f"{action} {unexpected}"
            durations = " ".join(f"{name} {seconds:.6f}" for name, seconds in terminal.durations)
            sys.stdout.write(f"{index}\t{durations}\t{wrong}\n")
            if hour == day.cut_in:  # what is acknowledged must be known when the power goes
                sys.stdout.flush()
        sys.stdout.write("\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
