#!/usr/bin/env python3
"""Times what reads the history of a plan, over git that only hands over the same versions, and over `git log -p`.

    benches/history.py [--plan PATH] [--commits 1000] [--recommendations 1000] [--runs 5]

Everything happens in a repository of its own below the system's directory for temporary files: each commit adds an
entry to one recommendation. Commands and git run in turn; what is printed is the median of each, the median of the
ratios of neighbouring runs to `git cat-file --batch`, and the ratio of the medians to `git log -p`.
"""

import argparse
import datetime
import subprocess
import tempfile
from pathlib import Path

from measure import PLAN, generated, head, paired, peak, row, seconds_of_pipe

FIRST = datetime.date(2026, 6, 30)
CLOSE = "\n]\n"


def git(folder, *words):
    return subprocess.run(["git", "-C", folder, *words], check=True, capture_output=True).stdout


def versions(text, count):
    """The plan, and what it is after each of so many entries."""
    head_, *pieces = text.split("[[recommendation]]")
    growing = [number for number, piece in enumerate(pieces) if "progress = [\n" in piece]
    yield text
    for number in range(count):
        day = FIRST + datetime.timedelta(days=number + 1)
        chosen = growing[number * 37 % len(growing)]
        piece = pieces[chosen]
        end = piece.index(CLOSE, piece.index("progress = [\n"))
        entry = f'\n  {{ on = {day}, status = "in-progress", note = "Step {number}." }},'
        pieces[chosen] = piece[:end] + entry + piece[end:]
        yield head_ + "".join("[[recommendation]]" + piece for piece in pieces)


def repository(folder, texts):
    """Commits each of the texts, a day after the one before it; returns the last day."""
    git(folder, "init", "--quiet", "--initial-branch=main")
    day = FIRST
    with subprocess.Popen(["git", "-C", folder, "fast-import", "--quiet"], stdin=subprocess.PIPE) as importing:
        for number, text in enumerate(texts):
            day = FIRST + datetime.timedelta(days=number)
            seconds = int(datetime.datetime.combine(day, datetime.time(12), datetime.timezone.utc).timestamp())
            content = text.encode()
            importing.stdin.write(
                f"commit refs/heads/main\ncommitter A <a@example.org> {seconds} +0000\ndata 0\n"
                f"M 100644 inline plan.toml\ndata {len(content)}\n".encode() + content + b"\n"
            )
        importing.stdin.close()
    git(folder, "reset", "--quiet", "--hard")
    return day


def table(plan, commits, recommendations, runs):
    with tempfile.TemporaryDirectory() as folder:
        text = generated(folder, recommendations).read_text()
        last = repository(folder, versions(text, commits))
        middle = FIRST + (last - FIRST) / 2
        names = Path(folder) / "names"
        names.write_bytes(git(folder, "log", "--format=%H:plan.toml"))
        print(f"\n## History: {commits} commits to {recommendations} recommendations, {len(text.encode()) / 1e6:.2f} MB\n")
        print(f"Medians of {runs} runs. The aim is 3 × git handing over.\n")
        head("command", "ms", "× git handing over every version", "× git log -p", "peak MiB")
        asked = [
            ["log"], ["burnup", "--format", "csv"], ["burnup"], ["changes", "--since", str(middle)],
            ["status", "--at", str(middle)],
        ]
        commands = {"git log -p": ["git", "-C", folder, "log", "-p", "--", "plan.toml"]}
        for words in asked:
            commands[" ".join(words)] = [plan, "-f", str(Path(folder) / "plan.toml"), *words]
        day = {"PLAN_AS_OF": str(last)}

        def hand_over():
            with open(names, "rb") as wanted:
                return seconds_of_pipe(["git", "-C", folder, "cat-file", "--batch"], wanted)

        patches = None
        for name, command in commands.items():
            own, _, over = paired(lambda: seconds_of_pipe(command, **day), hand_over, runs)
            patches = patches or own
            row(name, f"{own * 1000:.0f}", f"{over:.2f}", f"{own / patches:.2f}", f"{peak(command, **day):.0f}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--plan", default=PLAN)
    parser.add_argument("--commits", type=int, default=1000)
    parser.add_argument("--recommendations", type=int, default=1000)
    parser.add_argument("--runs", type=int, default=5)
    args = parser.parse_args()
    table(args.plan, args.commits, args.recommendations, args.runs)


if __name__ == "__main__":
    main()
