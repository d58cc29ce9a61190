#!/usr/bin/env python3
"""Times whole processes: `plan`, the floor below it, and what people would use instead.

    benches/whole.py [--sizes 9,1000,10000] [--runs 11] [--no-peers] > benches/RESULTS.md

Everything happens in a directory of its own below the system's for temporary files; nothing of the user's is
read or written. Commands that are compared are run in turn, so that a machine that changes its speed changes
it for both; what is printed is the median, and the median of the ratios of neighbouring runs. Peers that are
not installed are named and left out.
"""

import argparse
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

HERE = Path(__file__).resolve().parent
TARGET = HERE.parent / "target" / "release"
PLAN = str(TARGET / "plan")
EXAMPLES = TARGET / "examples"
AS_OF = "2026-06-30"


class Bench:
    def __init__(self, runs):
        self.runs = runs
        self.environment = {
            "PATH": os.environ["PATH"],
            "HOME": tempfile.gettempdir(),
            "PLAN_AS_OF": AS_OF,
            "LANG": "C.UTF-8",
        }

    def once(self, command, cwd=None, extra=None):
        """Seconds of one run."""
        environment = dict(self.environment, **(extra or {}))
        begun = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=cwd, env=environment,
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )
        process.wait()
        return time.perf_counter() - begun

    def peak(self, command, extra=None):
        """Peak kibibytes of one run, as GNU time tells: started by a small process, because what a process
        was before it became another counts too. None without it."""
        if not shutil.which("time"):
            return None
        environment = dict(self.environment, **(extra or {}))
        with tempfile.NamedTemporaryFile("r") as told:
            measured = [shutil.which("time"), "-f", "%M", "-o", told.name, *command]
            subprocess.run(measured, env=environment, stdin=subprocess.DEVNULL, capture_output=True)
            return int(told.read().split()[-1])

    def against(self, command, floor, prepare=None, extra=None):
        """Median seconds of `command`, and the median ratio of neighbouring runs of it and of `floor`."""
        runs = self.runs
        mine, ratios = [], []
        for number in range(runs + 1):
            if prepare:
                prepare()
            seconds = self.once(command, extra=extra)
            base = self.once(floor)
            if number == 0:
                continue
            mine.append(seconds)
            ratios.append(seconds / base)
        return statistics.median(mine), statistics.median(ratios)


def instructions(command, environment):
    """Instructions as valgrind counts them, or None without valgrind."""
    if not shutil.which("valgrind"):
        return None
    tool = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null"]
    done = subprocess.run(tool + command, env=environment, capture_output=True, text=True)
    for line in done.stderr.splitlines():
        if "Collected" in line:
            return int(line.split(":")[1])
    return None


def memory(kib, size):
    """Mebibytes, and how many times the file's size."""
    if kib is None:
        return "–", "–"
    return f"{kib / 1024:.1f}", f"{kib * 1024 / size:.2f}"


def row(*cells):
    print("| " + " | ".join(str(cell) for cell in cells) + " |", flush=True)


def head(*cells):
    row(*cells)
    row(*["---"] * len(cells))


def milliseconds(seconds):
    return f"{seconds * 1000:.1f}"


def generated(folder, size):
    path = folder / f"{size}.toml"
    with open(path, "w") as file:
        subprocess.run([EXAMPLES / "generate", str(size)], stdout=file, check=True)
    return path


def commands(bench, folder, size):
    path = generated(folder, size)
    bytes_ = path.stat().st_size
    copy = folder / "copy.toml"
    middle = str(max(1, size // 2))
    floor_read = [str(EXAMPLES / "floor-read"), str(path)]
    print(f"\n### {size} recommendations, {bytes_ / 1e6:.2f} MB\n")
    head("command", "ms", "× reading", "× empty program", "peak MiB", "× file", "instructions (millions)")
    times = {}
    asked = {
        "status": ["status"],
        "overdue": ["overdue"],
        "list --format json": ["list", "--format", "json"],
        f"show {middle}": ["show", middle],
        "check": ["check"],
        f"mark {middle}.1 in-progress": [
            "mark", f"{middle}.1", "in-progress", "--note", "Measured.", "--on", AS_OF,
        ],
    }
    for name, words in asked.items():
        writes = words[0] == "mark"
        file = copy if writes else path
        command = [PLAN, "-f", str(file), *words]
        prepare = (lambda: shutil.copy(path, copy)) if writes else None
        seconds, ratio = bench.against(command, floor_read, prepare)
        empty = [str(EXAMPLES / "floor-empty"), "-f", str(file), words[0]]
        _, to_empty = bench.against(command, empty, prepare)
        if prepare:
            prepare()
        kib = bench.peak(command)
        count = None
        if size <= 10_000:
            if prepare:
                prepare()
            count = instructions(command, bench.environment)
        times[words[0]] = seconds
        row(
            name, milliseconds(seconds), f"{ratio:.2f}", f"{to_empty:.2f}", *memory(kib, bytes_),
            f"{count / 1e6:.1f}" if count else "–",
        )
    row("reading the file", milliseconds(bench.against(floor_read, floor_read)[0]), "1", "", "", "", "")
    return times


PYTHON = """
import sys, tomllib, datetime, calendar
plan = tomllib.load(open(sys.argv[1], "rb"))
today = datetime.date.fromisoformat(sys.argv[2])
months = {name: number for number, name in enumerate(calendar.month_name) if name}
months |= {name: number for number, name in enumerate(calendar.month_abbr) if name}
def deadline(text):
    if isinstance(text, datetime.date):
        return text
    words = text.removeprefix("by end of ").split()
    try:
        if len(words) == 1:
            year, month = map(int, words[0].split("-"))
        elif len(words) == 2:
            month, year = months[words[0]], int(words[1])
        else:
            return datetime.date(int(words[2]), months[words[1]], int(words[0]))
    except (KeyError, ValueError):
        return None
    return datetime.date(year, month, calendar.monthrange(year, month)[1])
for recommendation in plan["recommendation"]:
    for action in recommendation.get("action", []):
        status = (action.get("progress") or [{"status": "not-started"}])[-1]["status"]
        due = deadline(action.get("timescale", recommendation["timescale"]))
        if due and due < today and status in ("not-started", "in-progress"):
            print(action["id"], due)
"""


def peers(bench, folder, size, times):
    print(f"\n### Against what people would use instead: {size} items each\n")
    head("peer", "ms", "`plan`'s own", "`plan` is faster by")
    missing = []

    def line(name, seconds, own):
        row(name, milliseconds(seconds), milliseconds(times[own]), f"{seconds / times[own]:.1f}×")

    script = folder / "overdue.py"
    script.write_text(PYTHON)
    command = [sys.executable, str(script), str(folder / f"{size}.toml"), AS_OF]
    line("Python `tomllib`, overdue actions", statistics.median(bench.once(command)for _ in range(3)), "overdue")

    due = [f"{2023 + number % 4}-{1 + number % 12:02}-28" for number in range(size)]
    if shutil.which("task"):
        data = folder / f"task-{size}"
        data.mkdir()
        rc = folder / f"taskrc-{size}"
        rc.write_text(f"data.location={data}\nconfirmation=off\nverbose=nothing\nhooks=off\n")
        extra = {"TASKRC": str(rc), "TASKDATA": str(data)}
        tasks = [
            {
                "description": f"Do what recommendation {number} asks for",
                "due": due[number].replace("-", "") + "T000000Z",
                "status": "pending", "entry": "20230116T000000Z",
                "uuid": f"00000000-0000-4000-8000-{number:012x}",
            }
            for number in range(size)
        ]
        (folder / "tasks.json").write_text(json.dumps(tasks))
        environment = dict(bench.environment, **extra)
        subprocess.run(["task", "import", str(folder / "tasks.json")], env=environment, capture_output=True)
        several = range(3 if size > 1000 else bench.runs)
        line("Taskwarrior `overdue`", statistics.median(bench.once(["task", "overdue"], extra=extra)for _ in several), "overdue")
        done = [bench.once(["task", str(number + 1), "done"], extra=extra)for number in several]
        line("Taskwarrior `done`", statistics.median(done), "mark")
    else:
        missing.append("Taskwarrior")
    if shutil.which("hledger"):
        journal = folder / f"{size}.journal"
        entries = (
            f"{day} ! recommendation {number}\n    actions:open  1\n    actions:due\n\n"
            for number, day in enumerate(due)
        )
        journal.write_text("".join(entries))
        command = ["hledger", "-f", str(journal), "register", "--pending", "-e", AS_OF, "actions:open"]
        line("hledger `register`, pending before the day", statistics.median(bench.once(command)for _ in range(3)), "overdue")
    else:
        missing.append("hledger")
    if shutil.which("todo-txt"):
        todo = folder / f"todo-{size}"
        todo.mkdir()
        lines = (f"Do what recommendation {number} asks for due:{day}\n" for number, day in enumerate(due))
        (todo / "todo.txt").write_text("".join(lines))
        config = todo / "config"
        config.write_text(f'export TODO_DIR="{todo}"\nexport TODO_FILE="$TODO_DIR/todo.txt"\nexport DONE_FILE="$TODO_DIR/done.txt"\nexport REPORT_FILE="$TODO_DIR/report.txt"\n')
        base = ["todo-txt", "-d", str(config), "-p"]
        line("todo.txt `list`", statistics.median(bench.once(base + ["list"])for _ in range(3)), "list")
        line("todo.txt `do`", statistics.median(bench.once(base + ["-a", "do", str(number + 1)])for number in range(3)), "mark")
    else:
        missing.append("todo.txt")
    if missing:
        print(f"\nLeft out, because not installed: {', '.join(missing)}.")


def growth(bench, folder):
    """Ten times as much of one thing takes about ten times as long, or less."""
    print("\n## Ten times as much of one thing\n")
    print("The time of each command on ten times as much, over its time on as much. Over ten would be more than linear.\n")
    head("ten times as many", "status", "overdue", "show", "check", "mark")
    begin = "[plan]\ntitle = \"Plan\"\ndate = 2023-01-16\n"
    recommendation = "\n[[recommendation]]\nid = \"1\"\ntext = \"Do it.\"\ntimescale = \"June 2023\"\n"

    def action(number, entries=1, text="Do it."):
        progress = "".join(
            f"  {{ on = 2024-02-01, status = \"in-progress\", note = \"Word {entry}.\" }},\n" for entry in range(entries)
        )
        return f"\n[[recommendation.action]]\nid = \"1.{number}\"\nowner = \"Director\"\ntext = \"{text}\"\nprogress = [\n{progress}]\n"

    def plan_of(recommendations):
        return generated(folder, recommendations).read_text()

    shapes = {
        "recommendations": lambda times: plan_of(2000 * times),
        "actions of one recommendation": lambda times: begin + recommendation + "".join(action(number) for number in range(1, 2000 * times)),
        "entries of one action": lambda times: begin + recommendation + action(1, entries=2000 * times),
        "letters of one text": lambda times: begin + recommendation + action(1, text="word " * (100_000 * times)),
        "areas": lambda times: begin + "".join(f"\n[[area]]\nid = \"a{number}\"\ntitle = \"A\"\n" for number in range(2000 * times)) + recommendation + "area = \"a1\"\n" + action(1),
    }
    for name, shape in shapes.items():
        cells = []
        for command in ["status", "overdue", "show", "check", "mark"]:
            taken = []
            for times in (1, 10):
                path = folder / "shape.toml"
                text = shape(times)
                words = {"show": ["show", "1"], "mark": ["mark", "1.1", "in-progress", "--note", "Measured.", "--on", AS_OF]}
                runs = []
                for _ in range(5):
                    path.write_text(text)
                    runs.append(bench.once([PLAN, "-f", str(path), *words.get(command, [command])]))
                taken.append(min(runs))
            cells.append(f"{taken[1] / taken[0]:.1f}")
        row(name, *cells)
    path = folder / "ids.toml"
    text = plan_of(10_000)
    taken = []
    for count in (100, 1000):
        ids = [f"{number}.1" for number in range(1, count + 1)]
        runs = []
        for _ in range(5):
            path.write_text(text)
            runs.append(bench.once([PLAN, "-f", str(path), "note", *ids, "Measured.", "--on", AS_OF]))
        taken.append(min(runs))
    print(f"\n`note` of 1,000 ids instead of 100, in one plan of 10,000 recommendations: {taken[1] / taken[0]:.1f}× the time.")


def many(bench, folder):
    print("\n## A thousand plans at once\n")
    plans = folder / "plans"
    plans.mkdir()
    for number in range(1000):
        text = subprocess.run([EXAMPLES / "generate", "9", str(number)], capture_output=True, text=True, check=True).stdout
        (plans / f"p{number}.toml").write_text(text)
    size = sum(path.stat().st_size for path in plans.iterdir())
    whole = folder / "whole.toml"
    whole.write_text("".join(path.read_text() for path in plans.iterdir()))
    floor = [str(EXAMPLES / "floor-read"), str(whole)]
    head("command", "ms", "× reading as one file", "peak MiB", "× files")
    for command in ["status", "overdue", "check"]:
        seconds, ratio = bench.against([PLAN, "-f", str(plans), command], floor)
        kib = bench.peak([PLAN, "-f", str(plans), command])
        row(command, milliseconds(seconds), f"{ratio:.1f}", *memory(kib, size))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--sizes", default="9,1000,10000,100000")
    parser.add_argument("--runs", type=int, default=11)
    parser.add_argument("--no-peers", action="store_true")
    args = parser.parse_args()
    build = ["cargo", "build", "--locked", "--release", "--bins", "--examples", "--quiet"]
    subprocess.run(build, cwd=HERE.parent, check=True)
    cpu = next((line.split(":")[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), platform.processor())
    print("# Measured\n")
    print(f"On {date.today()}, {cpu}, {os.cpu_count()} processors, {platform.system()} {platform.release()}; medians of {args.runs} runs.")
    print("Made by `benches/whole.py`. Times are of whole processes; “reading” is a program that only reads the file and")
    print("sees that it is UTF-8, “empty program” one with the same command line and nothing behind it.")
    print("\n## Commands")
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        sizes = [int(size) for size in args.sizes.split(",")]
        times = {}
        for size in sizes:
            runs = args.runs if size <= 10_000 else min(args.runs, 5)
            times[size] = commands(Bench(runs), folder, size)
        if 10_000 in times and 100_000 in times:
            print("\nTime for each recommendation at 100,000, over that at 10,000: ", end="")
            per = {name: times[100_000][name] / 10 / times[10_000][name] for name in times[10_000]}
            print(", ".join(f"`{name}` {ratio:.2f}" for name, ratio in per.items()) + ".")
        if not args.no_peers:
            for size in sizes:
                if size <= 10_000:
                    peers(Bench(args.runs), folder, size, times[size])
        growth(Bench(args.runs), folder)
        many(Bench(args.runs), folder)


if __name__ == "__main__":
    main()
