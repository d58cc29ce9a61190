"""Runs of whole processes, and tables of what they took."""

import os
import statistics
import subprocess
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PLAN = ROOT / "target" / "dist" / "plan"
GENERATE = ROOT / "target" / "dist" / "generate-plan"
AS_OF = "2026-06-30"
ENVIRONMENT = {"PATH": os.environ["PATH"], "PLAN_AS_OF": AS_OF, "LANG": "C.UTF-8", "COLUMNS": "100"}
QUIET = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}


def seconds(command, **variables):
    begun = time.perf_counter()
    subprocess.run(command, env=ENVIRONMENT | variables, **QUIET)
    return time.perf_counter() - begun


def seconds_of_pipe(command, given=subprocess.DEVNULL, **variables):
    """The time of a command whose answer is read through a pipe and thrown away."""
    begun = time.perf_counter()
    piped = {"stdin": given, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, env=ENVIRONMENT | variables, **piped) as running:
        while os.read(running.stdout.fileno(), 1 << 20):
            pass
    return time.perf_counter() - begun


def peak(command, **variables):
    """The peak mebibytes of one run. GNU time starts it, because a process begins with the peak of the one that starts it."""
    with tempfile.NamedTemporaryFile("r") as told:
        timed = ["/usr/bin/time", "-f", "%M", "-o", told.name, *command]
        subprocess.run(timed, env=ENVIRONMENT | variables, **QUIET)
        return int(told.read().split()[-1]) / 1024


def paired(one, other, runs):
    """The median time of each of two, which run in turn, and the median ratio of neighbouring runs."""
    pairs = [(one(), other()) for _ in range(runs + 1)][1:]
    ratio = statistics.median(own / others for own, others in pairs)
    return (*(statistics.median(times) for times in zip(*pairs)), ratio)


def ratio(one, other, runs):
    return paired(one, other, runs)[2]


def generated(folder, size, seed=2003):
    """A plan of so many recommendations; the same numbers make the same plan."""
    path = Path(folder) / f"{size}-{seed}.toml"
    if not path.exists():
        path.write_bytes(subprocess.run([GENERATE, str(size), str(seed)], check=True, capture_output=True).stdout)
    return path


def empty_program(folder):
    """A program that does nothing, built as the program is."""
    source, program = Path(folder) / "empty.rs", Path(folder) / "empty"
    source.write_text("fn main() {}\n")
    flags = ["-C", "opt-level=3", "-C", "panic=abort", "-C", "strip=symbols"]
    subprocess.run(["rustc", *flags, source, "-o", program], check=True)
    return program


def row(*cells):
    print("| " + " | ".join(str(cell) for cell in cells) + " |", flush=True)


def head(*cells):
    row(*cells)
    row(*["---"] * len(cells))
