#!/usr/bin/env python3
"""Times what reads the history of a plan, over git that only hands over the same versions, and over `git log -p`.

    benches/history.py [--plan PATH] [--generate PATH] [--commits 1000] [--recommendations 1000] [--runs 5]

Everything happens in a repository of its own below the system's directory for temporary files: each commit adds an
entry to one recommendation. Commands and git run in turn; what is printed is the median of each, the median of the
ratios of neighbouring runs to `git cat-file --batch`, and the ratio of the medians to `git log -p`.
"""

import argparse
import datetime
import os
import statistics
import subprocess
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FIRST = datetime.date(2026, 6, 30)
CLOSE = "\n]\n"


def git(folder, *words, **more):
    return subprocess.run(["git", "-C", folder, *words], check=True, capture_output=True, **more).stdout


def versions(text, count):
    """The plan, and what it is after each of so many entries, with the day of each."""
    head, *pieces = text.split("[[recommendation]]")
    growing = [number for number, piece in enumerate(pieces) if "progress = [\n" in piece]
    yield FIRST, text
    for number in range(count):
        day = FIRST + datetime.timedelta(days=number + 1)
        chosen = growing[number * 37 % len(growing)]
        piece = pieces[chosen]
        end = piece.index(CLOSE, piece.index("progress = [\n"))
        entry = f'\n  {{ on = {day}, status = "in-progress", note = "Step {number}." }},'
        pieces[chosen] = piece[:end] + entry + piece[end:]
        yield day, head + "".join("[[recommendation]]" + piece for piece in pieces)


def repository(folder, text, count):
    git(folder, "init", "--quiet", "--initial-branch=main")
    with subprocess.Popen(["git", "-C", folder, "fast-import", "--quiet"], stdin=subprocess.PIPE) as importing:
        for day, version in versions(text, count):
            seconds = int(datetime.datetime.combine(day, datetime.time(12), datetime.timezone.utc).timestamp())
            content = version.encode()
            importing.stdin.write(
                f"commit refs/heads/main\ncommitter A <a@example.org> {seconds} +0000\ndata 0\n"
                f"M 100644 inline plan.toml\ndata {len(content)}\n".encode() + content + b"\n"
            )
        importing.stdin.close()
    git(folder, "reset", "--quiet", "--hard")
    return FIRST + datetime.timedelta(days=count)


def seconds(command, environment, given=subprocess.DEVNULL):
    """How long a command takes whose answer is read through a pipe and thrown away."""
    begun = time.perf_counter()
    with subprocess.Popen(command, env=environment, stdin=given, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as run:
        while os.read(run.stdout.fileno(), 1 << 20):
            pass
    assert run.returncode == 0, command
    return time.perf_counter() - begun


def peak(command, environment):
    """Peak mebibytes of one run."""
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, env=environment, **quiet) as running:
        _, _, usage = os.wait4(running.pid, 0)
        running.returncode = 0
    return usage.ru_maxrss / 1024


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--plan", default=str(ROOT / "target" / "release" / "plan"))
    parser.add_argument("--generate", default=str(ROOT / "target" / "release" / "generate-plan"))
    parser.add_argument("--commits", type=int, default=1000)
    parser.add_argument("--recommendations", type=int, default=1000)
    parser.add_argument("--runs", type=int, default=5)
    args = parser.parse_args()
    text = subprocess.run([args.generate, str(args.recommendations), "2003"], check=True, capture_output=True).stdout
    with tempfile.TemporaryDirectory() as folder:
        last = repository(folder, text.decode(), args.commits)
        middle = FIRST + (last - FIRST) / 2
        environment = {"PATH": os.environ["PATH"], "PLAN_AS_OF": str(last), "LANG": "C.UTF-8", "COLUMNS": "100"}
        names = Path(folder) / "names"
        names.write_bytes(git(folder, "log", "--format=%H:plan.toml"))
        hand_over = ["git", "-C", folder, "cat-file", "--batch"]
        size = len(text) / 1e6
        print(f"\n## History: {args.commits} commits to {args.recommendations} recommendations, {size:.2f} MB\n")
        print("| command | ms | × git handing over every version | × git log -p | peak MiB |")
        print("| --- | --- | --- | --- | --- |")
        asked = [
            ["log"], ["burnup", "--format", "csv"], ["burnup"], ["changes", "--since", str(middle)],
            ["status", "--at", str(middle)],
        ]
        commands = {"git log -p": ["git", "-C", folder, "log", "-p", "--", "plan.toml"]}
        for words in asked:
            commands[" ".join(words)] = [args.plan, "-f", str(Path(folder) / "plan.toml"), *words]
        patches = None
        for name, command in commands.items():
            times, ratios = [], []
            for number in range(args.runs + 1):
                own = seconds(command, environment)
                with open(names, "rb") as wanted:
                    floor = seconds(hand_over, environment, wanted)
                if number > 0:
                    times.append(own)
                    ratios.append(own / floor)
            own, ratio = statistics.median(times), statistics.median(ratios)
            patches = patches or own
            of_patches, memory = own / patches, peak(command, environment)
            print(f"| {name} | {own * 1000:.0f} | {ratio:.2f} | {of_patches:.2f} | {memory:.0f} |", flush=True)


if __name__ == "__main__":
    main()
