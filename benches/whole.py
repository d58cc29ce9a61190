#!/usr/bin/env python3
"""Measures whole runs of `plan`, beside an older build, an empty program and Taskwarrior, and counts the house.

    benches/whole.py --old PATH --before REV [--key REV] > benches/RESULTS.md

PATH is a build of the commit REV, and `--key` names the commit that added a key. Without `--old`, what needs an older
build is left out; without `task` on the path, what needs Taskwarrior. Everything happens in a directory of its own below
the system's for temporary files. Commands that are compared run in turn, so that a machine that changes its speed
changes it for both; a time is a median, and a ratio is the median of the ratios of neighbouring runs.
"""

import argparse
import json
import os
import shutil
import subprocess
import tempfile
import uuid
from pathlib import Path

import growth
import history
import house
from measure import (
    AS_OF, PLAN, ROOT, empty_program, generated, head, paired, peak, ratio, row, seconds, seconds_of_pipe,
)

MIB = 1.048576
NONE = "–"


def change(size):
    return ["mark", f"{max(1, size // 2)}.1", "in-progress", "--note", "Measured.", "--on", AS_OF]


def commands(folder, size, runs, old):
    """Prints what each command takes of a plan of this size; returns each one's time and peak over those of before."""
    path, copy = generated(folder, size), folder / "copy.toml"
    megabytes = path.stat().st_size / 1e6
    print(f"\n### {size} recommendations, {megabytes:.2f} MB\n")
    head("command", "ms", "old ms", "× old", "peak MiB", "× file")
    asked = [
        ["status"], ["overdue"], ["list"], ["list", "--format", "json"], ["show", str(max(1, size // 2))], ["check"],
        ["report", "--format", "html"], change(size),
    ]
    for words in asked:
        changes = words[0] == "mark"

        def run(program):
            command = [program, "-f", copy if changes else path, *words]
            if changes:
                shutil.copy(path, copy)
            return seconds(command)

        own, before, over = paired(lambda: run(PLAN), lambda: run(old or PLAN), runs)
        shutil.copy(path, copy)
        mebibytes = peak([PLAN, "-f", copy, *words])
        cells = [f"{before * 1000:.1f}", f"{over:.2f}"] if old else [NONE, NONE]
        row(" ".join(words[:3]), f"{own * 1000:.1f}", *cells, f"{mebibytes:.1f}", f"{mebibytes * MIB / megabytes:.2f}")


class Goals:
    """The table of the goals: each figure of the build of before and of this one."""

    def __init__(self, folder, old, runs):
        self.folder, self.runs = folder, runs
        self.old = old
        self.programs = [old, PLAN] if old else [PLAN]

    def print(self):
        print("\n## Goals\n")
        head("what", *(["before", "now"] if self.old else ["now"]), "goal")
        self.beside_an_empty_program("`status` of 9", 9, ["status"], "≤ 1.25")
        if self.old:
            self.beside_old("`status` · `overdue` · `list` of 1,000", 1000, "≤ 0.8 · 0.77 · 0.56", ["status"], ["overdue"], ["list"])
        if shutil.which("task"):
            self.beside_taskwarrior()
        if self.old:
            self.beside_old("`status` · `list` of 10,000", 10_000, "≤ 0.78 · 0.55", ["status"], ["list"])
            self.beside_old("`list --format json` of 10,000", 10_000, "≤ 0.45", ["list", "--format", "json"])
        self.memory()
        self.tables_after()
        goals = [list(growth.pages(program)) for program in self.programs]
        for figures in zip(*goals):
            self.row(f"ten times as much: {figures[0][0]}", [f"{ratio:.1f}" for _, ratio in figures], "≤ 12")
        self.beside_an_empty_program("`report --format html` of 1,000", 1000, ["report", "--format", "html"], "≤ 40")

    def row(self, what, figures, goal):
        row(what, *figures, goal)

    def beside_an_empty_program(self, what, size, words, goal):
        empty, path = empty_program(self.folder), generated(self.folder, size)
        runs = self.runs * 5 if size < 100 else self.runs
        figures = [
            ratio(lambda: seconds([program, "-f", path, *words]), lambda: seconds([empty, "-f", path, *words]), runs)
            for program in self.programs
        ]
        self.row(f"{what} × an empty program with the same command line", [f"{figure:.2f}" for figure in figures], goal)

    def beside_old(self, what, size, goal, *asked):
        path = generated(self.folder, size)

        def over(words):
            return ratio(lambda: seconds([PLAN, "-f", path, *words]), lambda: seconds([self.old, "-f", path, *words]), self.runs)

        figures = " · ".join(f"{over(words):.2f}" for words in asked)
        self.row(f"{what} × the build of before", ["1", figures], goal)

    def beside_taskwarrior(self):
        path, task = generated(self.folder, 1000), taskwarrior(self.folder)
        pairs = [("status", "summary"), ("overdue", "overdue"), ("list", "list")]
        figures = [
            " · ".join(
                f"{ratio(lambda: seconds([program, '-f', path, own]), lambda: seconds([*task, its]), self.runs):.2f}"
                for own, its in pairs
            )
            for program in self.programs
        ]
        self.row("the same × Taskwarrior's `summary` · `overdue` · `list` of 1,000 tasks", figures, "≤ 1.15 · 0.95 · 1.0")

    def memory(self):
        path = generated(self.folder, 10_000)
        file = path.stat().st_size / 1e6
        figures = [peak([program, "-f", path, "list", "--format", "json"]) * MIB / file for program in self.programs]
        self.row("`list --format json` of 10,000: peak memory × the file", [f"{figure:.1f}" for figure in figures], "≤ 5.5")

    def tables_after(self):
        """An area after the recommendations, over the same area before them."""
        text = generated(self.folder, 1000).read_text()
        area = '[[area]]\nid = "last"\ntitle = "Last"\n\n'
        first = text.index("[[recommendation]]")
        texts = {"before": text[:first] + area + text[first:], "after": text.rstrip("\n") + "\n\n" + area}
        places = {}
        for name, text in texts.items():
            places[name] = self.folder / name
            places[name].mkdir()
            day = history.repository(places[name], history.versions(text, 200))
        figures = []
        for program in self.programs:
            asked = {name: [program, "-f", place / "plan.toml"] for name, place in places.items()}
            day_of_log = {"PLAN_AS_OF": str(day)}
            status = ratio(*(lambda name=name: seconds([*asked[name], "status"]) for name in ("after", "before")), self.runs)
            log = ratio(*(lambda name=name: seconds_of_pipe([*asked[name], "log"], **day_of_log) for name in ("after", "before")), 3)
            after, before = (peak([*asked[name], "log"], **day_of_log) for name in ("after", "before"))
            figures.append(f"{status:.2f} · {log:.2f} · {after / before:.2f}")
        self.row("an area after the recommendations × before them: `status` · `log` of 200 commits × 1,000 · memory of `log`", figures, "≤ 1.1 each")


def taskwarrior(folder):
    """The command of a Taskwarrior that has the rows of the plan of 1,000 as its tasks."""
    data = folder / "task"
    data.mkdir()
    path = generated(folder, 1000)
    answer = subprocess.run([PLAN, "-f", path, "list", "--format", "json", "--as-of", AS_OF], check=True, capture_output=True)
    tasks = []
    for number, found in enumerate(json.loads(answer.stdout)["rows"]):
        task = {"uuid": str(uuid.UUID(int=number + 1)), "description": " ".join(found["text"].split()), "status": "pending",
                "entry": "20230116T000000Z", "project": found["area"] or "none"}
        if found["deadline"]:
            task["due"] = f"{found['deadline']}-28"[:10].replace("-", "") + "T000000Z"
        if found["finished"]:
            task |= {"status": "completed", "end": found["finished"].replace("-", "") + "T000000Z"}
        tasks.append(task)
    (data / "tasks.json").write_text(json.dumps(tasks))
    (data / "taskrc").write_text(
        f"data.location={data}\nconfirmation=off\nverbose=nothing\ncolor=off\ndetection=off\ndefaultwidth=100\nhooks=off\n")
    task = ["task", f"rc:{data / 'taskrc'}"]
    subprocess.run([*task, "import", data / "tasks.json"], check=True, capture_output=True)
    return task


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--old", type=os.path.abspath)
    parser.add_argument("--before", metavar="REV")
    parser.add_argument("--key", metavar="REV")
    parser.add_argument("--sizes", default="9,1000,10000")
    parser.add_argument("--runs", type=int, default=11)
    parser.add_argument("--no-build", action="store_true", help="measure what `target/dist` has")
    parser.add_argument("--only-goals", action="store_true", help="the two tables of goals and house alone")
    args = parser.parse_args()
    if not args.no_build:
        subprocess.run(["cargo", "build", "--locked", "--profile", "dist", "--workspace", "--quiet"], cwd=ROOT, check=True)
    print("# Measured\n")
    print(f"Made by `benches/whole.py` on {os.cpu_count()} processors; medians of {args.runs} runs of whole processes.")
    with tempfile.TemporaryDirectory() as folder:
        Goals(Path(folder), args.old, args.runs).print()
        if not args.only_goals:
            print("\n## Commands")
            for size in args.sizes.split(","):
                commands(Path(folder), int(size), args.runs, args.old)
    house.table(args.before, args.key)
    if args.only_goals:
        return
    growth.sound_table(PLAN)
    growth.faulty_table(PLAN)
    history.table(PLAN, 1000, 1000, 5)


if __name__ == "__main__":
    main()
