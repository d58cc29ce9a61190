#!/usr/bin/env python3
"""Measures whether `plan check` takes time in proportion to the size of a faulty file.

    cargo build --release && benches/hostile.py target/release/plan

Each kind of fault is checked at one size and at ten times that size, in one run. A ratio near 10 is right, near 100
is quadratic; the exit status is 1 where one is above 40.
"""
import pathlib, subprocess, sys, tempfile, time

HEAD = '[plan]\ntitle = "T"\ndate = 2003-05-08\n'


def recommendation(n):
    return f'\n[[recommendation]]\nid = "{n}"\ntext = "x"\ntimescale = "Ongoing"\narea = "zzz{n}"\n'


def areas(n):
    named = "".join(f'[[area]]\nid = "a{m}"\ntitle = "t"\n' for m in range(n))
    return named + "".join(recommendation(m) for m in range(n))


SHAPES = {
    "signs on one line": (10_000, lambda n: "=" * n),
    "keys in extra": (10_000, lambda n: "[plan.extra]\n" + "".join(f"k{m} = 1\n" for m in range(n))),
    "the same key": (5_000, lambda n: "a = 1\n" * n),
    "keys that stand twice": (5_000, lambda n: "".join(f"k{m % (n // 2)} = 1\n" for m in range(n))),
    "unknown keys": (5_000, lambda n: "".join(f"k{m} = 1\n" for m in range(n))),
    "faults on one line": (5_000, lambda n: "x = { " + ", ".join(f"k{m} = 1e999" for m in range(n)) + " }\n"),
    "unknown areas": (500, areas),
    "texts that are not closed": (2_000, lambda n: 'x = """\n' * n),
    "nested lists": (10_000, lambda n: "x = " + "[" * n + "1" + "]" * n + "\n"),
}


def seconds(program, text, form):
    with tempfile.TemporaryDirectory() as directory:
        file = pathlib.Path(directory, "plan.toml")
        file.write_text(HEAD + text)
        since = time.monotonic()
        subprocess.run([program, "-f", file, "check", "--format", form], stdout=subprocess.DEVNULL)
        return max(time.monotonic() - since, 0.01)


def main(program):
    worst = 0
    for name, (size, text) in SHAPES.items():
        for form in ["table", "json", "sarif"]:
            once, ten_times = (seconds(program, text(count), form) for count in (size, 10 * size))
            worst = max(worst, ten_times / once)
            print(f"{name:26}  {form:6}  {once:7.3f} s  {ten_times:7.3f} s  × {ten_times / once:.1f}")
    return worst > 40


sys.exit(main(sys.argv[1]))
