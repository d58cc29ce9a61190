#!/usr/bin/env python3
"""Times whole runs of `plan`, and of an older build beside it.

    benches/whole.py [--old PATH] [--sizes 9,1000,10000] [--runs 11] > benches/RESULTS.md

Everything happens in a directory of its own below the system's for temporary files. Commands that are compared
run in turn, so that a machine that changes its speed changes it for both; what is printed is the median, and
the median of the ratios of neighbouring runs.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PLAN = str(ROOT / "target" / "release" / "plan")
GENERATE = str(ROOT / "target" / "release" / "generate-plan")
AS_OF = "2026-06-30"
ENVIRONMENT = {"PATH": os.environ["PATH"], "PLAN_AS_OF": AS_OF, "LANG": "C.UTF-8", "COLUMNS": "100"}
QUIET = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}


def seconds(command):
    begun = time.perf_counter()
    subprocess.run(command, env=ENVIRONMENT, **QUIET)
    return time.perf_counter() - begun


def peak(command):
    """Peak mebibytes of one run, by GNU time where it is installed."""
    tool = shutil.which("time")
    if not tool:
        return None
    with tempfile.NamedTemporaryFile("r") as report:
        subprocess.run([tool, "-f", "%M", "-o", report.name, *command], env=ENVIRONMENT, **QUIET)
        return int(report.read().split()[-1]) / 1024


def row(*cells):
    print("| " + " | ".join(str(cell) for cell in cells) + " |", flush=True)


def head(*cells):
    row(*cells)
    row(*["---"] * len(cells))


def generated(folder, size, seed=2003):
    path = folder / f"{size}-{seed}.toml"
    with open(path, "w") as file:
        subprocess.run([GENERATE, str(size), str(seed)], stdout=file, check=True)
    return path


def commands(folder, size, runs, old):
    path = generated(folder, size)
    megabytes = path.stat().st_size / 1e6
    print(f"\n### {size} recommendations, {megabytes:.2f} MB\n")
    head("command", "ms", "old ms", "× old", "peak MiB", "× file")
    middle = str(max(1, size // 2))
    change = ["mark", f"{middle}.1", "in-progress", "--note", "Measured.", "--on", AS_OF]
    asked = [["status"], ["overdue"], ["list"], ["list", "--format", "json"], ["show", middle], ["check"], change]
    for words in asked:
        copy = folder / "copy.toml"
        file = copy if words is change else path
        new = [PLAN, "-f", str(file), *words]
        before = [old, "-f", str(file), *words] if old else None
        times, old_times, ratios = [], [], []
        for number in range(runs + 1):
            shutil.copy(path, copy)
            own = seconds(new)
            shutil.copy(path, copy)
            other = seconds(before) if before else None
            if number == 0:
                continue
            times.append(own)
            if other:
                old_times.append(other)
                ratios.append(own / other)
        shutil.copy(path, copy)
        mebibytes = peak(new)
        row(
            " ".join(words[:3]), f"{statistics.median(times) * 1000:.1f}",
            f"{statistics.median(old_times) * 1000:.1f}" if old_times else "–",
            f"{statistics.median(ratios):.2f}" if ratios else "–",
            f"{mebibytes:.1f}" if mebibytes else "–",
            f"{mebibytes * 1.048576 / megabytes:.2f}" if mebibytes else "–",
        )


def growth(folder):
    print("\n## Ten times as much of one thing\n")
    print("The time of each command on ten times as much, over its time on as much. Over ten would be more than linear.\n")
    head("ten times as many", "status", "overdue", "show", "check", "mark")
    begin = '[plan]\ntitle = "Plan"\ndate = 2023-01-16\n'
    recommendation = '\n[[recommendation]]\nid = "1"\ntext = "Do it."\ntimescale = "June 2023"\n'

    def action(number, entries=1, text="Do it."):
        entry = '  {{ on = 2024-02-01, status = "in-progress", note = "Word {}." }},\n'
        progress = "".join(entry.format(number) for number in range(entries))
        return f'\n[[recommendation.action]]\nid = "1.{number}"\nowner = "Director"\ntext = "{text}"\nprogress = [\n{progress}]\n'

    def areas(count):
        return "".join(f'\n[[area]]\nid = "a{number}"\ntitle = "A"\n' for number in range(count))

    shapes = {
        "recommendations": lambda times: generated(folder, 2000 * times).read_text(),
        "actions of one recommendation": lambda times: begin + recommendation + "".join(map(action, range(1, 2000 * times))),
        "entries of one action": lambda times: begin + recommendation + action(1, entries=2000 * times),
        "letters of one text": lambda times: begin + recommendation + action(1, text="word " * (100_000 * times)),
        "areas": lambda times: begin + areas(2000 * times) + recommendation + 'area = "a1"\n' + action(1),
    }
    for name, shape in shapes.items():
        cells = []
        for command in ["status", "overdue", "show", "check", "mark"]:
            words = {
                "show": ["show", "1"],
                "mark": ["mark", "1.1", "in-progress", "--note", "Measured.", "--on", AS_OF],
            }.get(command, [command])
            taken = []
            for times in (1, 10):
                path = folder / "shape.toml"
                text = shape(times)
                runs = []
                for _ in range(3):
                    path.write_text(text)
                    runs.append(seconds([PLAN, "-f", str(path), *words]))
                taken.append(min(runs))
            cells.append(f"{taken[1] / taken[0]:.1f}")
        row(name, *cells)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--old")
    parser.add_argument("--sizes", default="9,1000,10000")
    parser.add_argument("--runs", type=int, default=11)
    args = parser.parse_args()
    build = ["cargo", "build", "--locked", "--release", "--workspace", "--quiet"]
    subprocess.run(build, cwd=ROOT, check=True)
    print("# Measured\n")
    print(f"Made by `benches/whole.py` on {os.cpu_count()} processors; medians of {args.runs} runs of whole processes.")
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        print("\n## Commands")
        for size in args.sizes.split(","):
            commands(folder, int(size), args.runs, args.old)
        growth(folder)


if __name__ == "__main__":
    main()
