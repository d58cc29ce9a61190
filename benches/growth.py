#!/usr/bin/env python3
"""Measures whether a command takes time in proportion to the size of what it is given.

    benches/growth.py [--plan PATH] [--sound] [--pages] [--faulty]

Each shape of plan is asked at one size and at ten times that size, in one run: the time of the larger over that of the
smaller. A ratio near 10 is right, near 100 is quadratic; the exit status is 1 where a faulty file is above 40.
"""

import argparse
import sys
import tempfile
from pathlib import Path

import history
from measure import AS_OF, PLAN, generated, head, row, seconds

HEAD = '[plan]\ntitle = "Plan"\ndate = 2023-01-16\n'
RECOMMENDATION = '\n[[recommendation]]\nid = "1"\ntext = "Do it."\ntimescale = "June 2023"\n'
MARK = ["mark", "1.1", "in-progress", "--note", "Measured.", "--on", AS_OF]
COMMON = [["status"], ["overdue"], ["show", "1"], ["check"], MARK]


def action(number, entries=1, text="Do it."):
    entry = '  {{ on = 2024-02-01, status = "in-progress", note = "Word {}." }},\n'
    progress = "".join(entry.format(number) for number in range(entries))
    return f'\n[[recommendation.action]]\nid = "1.{number}"\nowner = "Director"\ntext = "{text}"\nprogress = [\n{progress}]\n'


def actions(count):
    return HEAD + RECOMMENDATION + "".join(map(action, range(1, count)))


def areas(count):
    """A plan of so many areas, with a recommendation in each hundredth."""
    named = "".join(f'\n[[area]]\nid = "a{number}"\ntitle = "Area {number}"\n' for number in range(count))
    return HEAD + named + RECOMMENDATION + 'area = "a1"\n' + action(1)


def areas_in_use(count):
    named = "".join(f'\n[[area]]\nid = "a{number}"\ntitle = "Area {number}"\n' for number in range(count))
    items = (f'\n[[recommendation]]\nid = "{number}"\narea = "a{number}"\ntext = "Do it."\ntimescale = "June 2023"\n'
             for number in range(count))
    return HEAD + named + "".join(items)


def owners(count):
    names = ", ".join(f'"Owner {number}"' for number in range(count))
    return HEAD + RECOMMENDATION + f"owner = [{names}]\n"


def faulty(shape):
    return lambda count: '[plan]\ntitle = "T"\ndate = 2003-05-08\n' + shape(count)


def unknown_areas(count):
    named = "".join(f'[[area]]\nid = "a{number}"\ntitle = "t"\n' for number in range(count))
    item = '\n[[recommendation]]\nid = "{0}"\ntext = "x"\ntimescale = "Ongoing"\narea = "zzz{0}"\n'
    return named + "".join(item.format(number) for number in range(count))


# The shape, its smaller size, its text, and what is asked of it.
SOUND = [
    ("recommendations", 2000, None, COMMON),
    ("actions of one recommendation", 2000, actions, COMMON),
    ("entries of one action", 2000, lambda count: HEAD + RECOMMENDATION + action(1, entries=count), COMMON),
    ("letters of one text", 100_000, lambda count: HEAD + RECOMMENDATION + action(1, text="word " * count), COMMON),
    ("areas", 2000, areas, COMMON),
]

FAULTY = {
    "signs on one line": (10_000, lambda n: "=" * n),
    "keys in extra": (10_000, lambda n: "[plan.extra]\n" + "".join(f"k{m} = 1\n" for m in range(n))),
    "the same key": (5_000, lambda n: "a = 1\n" * n),
    "keys that stand twice": (5_000, lambda n: "".join(f"k{m % (n // 2)} = 1\n" for m in range(n))),
    "unknown keys": (5_000, lambda n: "".join(f"k{m} = 1\n" for m in range(n))),
    "faults on one line": (5_000, lambda n: "x = { " + ", ".join(f"k{m} = 1e999" for m in range(n)) + " }\n"),
    "unknown areas": (500, unknown_areas),
    "texts that are not closed": (2_000, lambda n: 'x = """\n' * n),
    "nested lists": (10_000, lambda n: "x = " + "[" * n + "1" + "]" * n + "\n"),
}

# The pages whose time was once far from linear: the smaller size, the text, and what is asked.
PAGES = {
    "report html of recommendations": (1000, None, ["report", "--format", "html"]),
    "report of areas": (1000, areas_in_use, ["report"]),
    "timeline of areas": (1000, areas_in_use, ["timeline"]),
    "report of actions in one": (2000, actions, ["report"]),
    "list of owners of one": (500, owners, ["list"]),
}


def ten_times(plan, folder, size, shape, words, runs=3):
    """The time at ten times the size over the time at the size; the least of some runs each."""
    path = Path(folder) / "plan.toml"
    taken = []
    for count in (size, 10 * size):
        text = shape(count) if shape else generated(folder, count).read_text()
        times = []
        for _ in range(runs):
            path.write_text(text)
            times.append(seconds([plan, "-f", path, *words]))
        taken.append(min(times))
    return taken[1] / taken[0]


def ten_times_changed(plan, size, runs=3):
    """The same for `changes` between two versions in which every recommendation differs."""
    taken = []
    for count in (size, 10 * size):
        with tempfile.TemporaryDirectory() as folder:
            text = generated(folder, count).read_text()
            again = text.replace('note = "', 'note = "Again: ').replace('text = """\n', 'text = """\nAgain: ')
            last = history.repository(folder, [text, again])
            command = [plan, "-f", Path(folder) / "plan.toml", "changes", "--since", "HEAD~1"]
            taken.append(min(seconds(command, PLAN_AS_OF=str(last)) for _ in range(runs)))
    return taken[1] / taken[0]


def pages(plan, runs=1):
    """Each page with its ratio."""
    with tempfile.TemporaryDirectory() as folder:
        for name, (size, shape, words) in PAGES.items():
            yield name, ten_times(plan, folder, size, shape, words, runs)
    yield "changes where all changed", ten_times_changed(plan, 1000, runs)


def sound_table(plan):
    print("\n## Ten times as much of one thing\n")
    print("The time of each command on ten times as much, over its time on as much. Over ten would be more than linear.\n")
    head("ten times as many", *(words[0] for words in COMMON))
    with tempfile.TemporaryDirectory() as folder:
        for name, size, shape, asked in SOUND:
            row(name, *(f"{ten_times(plan, folder, size, shape, words):.1f}" for words in asked))


def faulty_table(plan):
    """Prints the ratios of faulty files; returns the worst."""
    forms = ["table", "json", "sarif"]
    print("\n## Ten times as many faults\n")
    head("`check` of ten times as many", *forms)
    worst = 0
    with tempfile.TemporaryDirectory() as folder:
        for name, (size, shape) in FAULTY.items():
            ratios = [ten_times(plan, folder, size, faulty(shape), ["check", "--format", form], 1) for form in forms]
            worst = max(worst, *ratios)
            row(name, *(f"{ratio:.1f}" for ratio in ratios))
    return worst


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--plan", default=PLAN)
    for part in ["sound", "pages", "faulty"]:
        parser.add_argument(f"--{part}", action="store_true")
    args = parser.parse_args()
    everything = not (args.sound or args.pages or args.faulty)
    if args.sound or everything:
        sound_table(args.plan)
    if args.pages or everything:
        print()
        head("ten times as much", "×")
        for name, ratio in pages(args.plan):
            row(name, f"{ratio:.1f}")
    return (args.faulty or everything) and faulty_table(args.plan) > 40


if __name__ == "__main__":
    sys.exit(main())
