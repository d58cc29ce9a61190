#!/usr/bin/env python3
"""Counts what the program is made of, room by room, beside an earlier commit.

    benches/house.py [--before REV] [--key REV] [--circles] [--shared]

A room is a directory of `src/`, with the file of its name; `ground` is what lies in `src/` itself. Test files (`tests.rs`,
`tests/`) are left out, and modules of tests within a file count as no code. A circle is a set of files that all reach
each other through the names they use; a file may know the files above it, as their names are its own. `--key` names the commit that added a key: its places are the hunks of its
change in `src/`. `--circles` and `--shared` name the files and the types instead of counting them.
"""

import argparse
import io
import re
import subprocess
import tarfile
from collections import defaultdict
from pathlib import PurePosixPath

from measure import ROOT, head, row

ITEM = re.compile(
    r"^[ \t]*(?:pub(?:\([^)]*\))? )?(?:const |async |unsafe )*"
    r"(?P<kind>struct|enum|trait|type|fn|const|static|union|macro_rules!) (?P<name>\w+)", re.M)
TYPE = re.compile(r"^(?:pub(?:\([^)]*\))? )?(?:struct|enum|trait|type|union) (\w+)", re.M)
USE = re.compile(r"^[ \t]*(?:pub(?:\([^)]*\))? )?use ([^;]+);", re.M)
# Rooms by their names of before.
RENAMED = {"changes": "plan_diff", "paper": "report"}
MODULE = re.compile(r"^(?:pub(?:\([^)]*\))? )?mod (\w+);", re.M)
PATH = re.compile(r"\b((?:crate|super|self)(?:::\w+)+)")


def sources(revision):
    """The production files of `src/` at a git revision, or as they are, by their paths."""
    if revision is None:
        files = {str(path.relative_to(ROOT)): path.read_text() for path in (ROOT / "src").rglob("*.rs")}
    else:
        packed = subprocess.run(["git", "archive", revision, "src"], cwd=ROOT, check=True, capture_output=True).stdout
        with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
            files = {one.name: archive.extractfile(one).read().decode() for one in archive if one.name.endswith(".rs")}
    return {path: text for path, text in sorted(files.items()) if not re.search(r"/tests(\.rs$|/)", path)}


def code(text):
    """The lines that are neither blank nor a comment nor a test."""
    text = re.split(r"(?m)^#\[cfg\(test\)\]\n(?=mod \w+ \{)", text)[0]
    return [line for line in text.split("\n") if line.strip() and not line.lstrip().startswith("//")]


def room(path):
    name = PurePosixPath(path).with_suffix("").parts[1]
    return RENAMED.get(name, name)


def module(path):
    """The path of the module that a file is: `src/model/plan.rs` is `("model", "plan")`."""
    parts = PurePosixPath(path).with_suffix("").parts[1:]
    return parts[:-1] if parts[-1] in ("mod", "lib", "main") else parts


class Names:
    """Which file defines what a path of names means."""

    def __init__(self, files):
        self.paths = {module(path): path for path in files if not path.endswith("/main.rs")}
        self.code = {path: "\n".join(code(text)) for path, text in files.items()}
        self.items, self.uses = {}, {}
        for known, path in self.paths.items():
            self.items[known] = {found["name"] for found in ITEM.finditer(self.code[path])}
            self.uses[known] = list(leaves(self.code[path], known))

    def file(self, path, seen=frozenset()):
        """The file of a path of names; `None` where it is of another crate."""
        for length in range(len(path), -1, -1):
            if path[:length] in self.paths:
                return self.within(path[:length], path[length:], seen)
        return None

    def within(self, known, rest, seen):
        if not rest or rest[0] in self.items[known]:
            return self.paths[known]
        if (known, rest) in seen:
            return None
        seen = seen | {(known, rest)}
        for target, name in self.uses[known]:
            if name == rest[0] or name == "*":
                longer = target + (rest if name == "*" else rest[1:])
                found = self.file(longer, seen) if longer != known + rest else None
                if found:
                    return found
        return self.paths[known] if rest[0].islower() and not self.uses[known] else None

    def reached(self, path):
        """The files that a file uses."""
        known = module(path)
        text = self.code[path]
        targets = [target for target, name in leaves(text, known) if name != "*"]
        targets += [absolute(found.split("::"), known) for found in PATH.findall(text)]
        # What is written below a name that was brought in, and below a module of its own: `fields::Fields`.
        brought = [(name, target) for target, name in leaves(text, known) if name != "*"]
        own = [(child, (*known, child)) for child in MODULE.findall(text)]
        for name, target in brought + own:
            below = re.findall(rf"(?<!::)\b{re.escape(name)}::((?:\w+::)*\w+)", text)
            targets += [(*target, *more.split("::")) for more in below]
        found = {self.file(target) for target in targets if target is not None}
        return {other for other in found if other and other != path}


def absolute(parts, known):
    if parts[0] == "crate" or parts[0] == "action_plan":
        return tuple(parts[1:])
    if parts[0] == "self":
        return known + tuple(parts[1:])
    if parts[0] == "super":
        up = 0
        while up < len(parts) and parts[up] == "super":
            up += 1
        return known[:len(known) - up] + tuple(parts[up:])
    return None


def leaves(text, known):
    """Each name that a file uses: its full path in the crate, and what it is called here."""
    children = MODULE.findall(text)
    for tree in USE.findall(text):
        for parts in flat(re.sub(r"\s+", " ", tree).strip()):
            name = parts[-1]
            if " as " in name:
                whole, name = name.split(" as ")
                parts = [*parts[:-1], whole]
            if parts[0] in children:
                parts = ["self", *parts]
            if parts[-1] == "self":
                parts = parts[:-1]
                name = parts[-1]
            if name == "*":
                parts = parts[:-1]
            path = absolute(parts, known)
            if path is not None:
                yield path, name


def flat(tree, before=()):
    """The paths of a tree of `use`: `a::{b, c::d}` is `a::b` and `a::c::d`."""
    opened = tree.find("{")
    if opened < 0:
        yield [*before, *(part.strip() for part in tree.split("::") if part.strip())]
        return
    start = [*before, *(part for part in tree[:opened].strip().split("::") if part)]
    inner, depth, begun = tree[opened + 1:tree.rindex("}")], 0, 0
    for at, sign in enumerate(inner + ","):
        depth += (sign == "{") - (sign == "}")
        if sign == "," and depth == 0:
            if inner[begun:at].strip():
                yield from flat(inner[begun:at].strip(), start)
            begun = at + 1


def circles(files):
    """The sets of files that all reach each other, the largest first."""
    names = Names(files)
    return together({path: {other for other in names.reached(path) if not is_below(path, other)} for path in files})


def circles_of_rooms(files):
    """The sets of rooms whose files reach each other. What lies in `src/` itself has no room."""
    names = Names(files)
    reached = defaultdict(set)
    for path in files:
        if not is_ground(path, files):
            found = {room(other) for other in names.reached(path) if not is_ground(other, files)}
            reached[room(path)] |= found - {room(path)}
    return together(reached)


def together(reached):
    """The sets of two or more that all reach each other, the largest first."""
    index, low, stack, found = {}, {}, [], []

    def visit(one):
        index[one] = low[one] = len(index)
        stack.append(one)
        for other in sorted(reached.get(one, ())):
            if other not in index:
                visit(other)
            if other in stack:
                low[one] = min(low[one], low[other])
        if low[one] == index[one]:
            circle = stack[stack.index(one):]
            del stack[stack.index(one):]
            if len(circle) > 1:
                found.append(sorted(circle))

    for one in list(reached):
        if one not in index:
            visit(one)
    return sorted(found, key=len, reverse=True)


def is_below(path, other):
    """Whether a file stands below the other in the tree of modules."""
    above = module(other)
    return module(path)[:len(above)] == above


def shared(files):
    """The types that two or more files have, by name."""
    places = defaultdict(list)
    for path, text in files.items():
        for name in TYPE.findall(re.split(r"(?m)^#\[cfg\(test\)\]\n", text)[0]):
            places[name].append(path)
    return {name: paths for name, paths in sorted(places.items()) if len(paths) > 1}


def of_rooms(files):
    """Files, lines and lines of code of each room."""
    rooms = defaultdict(lambda: [0, 0, 0])
    for path, text in files.items():
        counts = rooms["ground" if is_ground(path, files) else room(path)]
        for place, count in enumerate([1, text.count("\n"), len(code(text))]):
            counts[place] += count
    return rooms


def is_ground(path, files):
    return path.count("/") == 1 and not any(other.startswith(path.removesuffix(".rs") + "/") for other in files)


def naming(files, key):
    """The files and lines of code that name a key of the format."""
    lines = {path: sum(bool(re.search(rf"\b{key}\b", line)) for line in code(text)) for path, text in files.items()}
    return sum(count > 0 for count in lines.values()), sum(lines.values())


def hunks(revision):
    """The files and places in `src/`, without tests, that a commit changed."""
    words = ["git", "diff", "-U0", f"{revision}~1", revision, "--", "src"]
    patch = subprocess.run(words, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    files = [part for part in patch.split("\ndiff --git ") if not re.search(r"/tests(\.rs|/)", part.split("\n")[0])]
    counts = [len(re.findall(r"(?m)^@@", part)) for part in files]
    return sum(count > 0 for count in counts), sum(counts)


def table(before, key):
    """Prints the house of today beside the one of before."""
    sides = [sources(before), sources(None)] if before else [sources(None)]
    rooms = [of_rooms(files) for files in sides]
    print("\n## The house\n")
    print("Production files only; code is what is neither blank nor a comment nor a test.\n")
    head("room", *(f"{name}{when}" for when in ([" before", ""] if before else [""]) for name in ("files", "lines", "code")))
    for name in sorted(set().union(*rooms)):
        row(name, *(count for counts in rooms for count in counts.get(name, ("–", "–", "–"))))
    row("**all**", *(sum(column) for counts in rooms for column in zip(*counts.values())))
    print()
    head("of the whole", *(["before", "now"] if before else ["now"]))
    row("types of one name", *(len(shared(files)) for files in sides))
    found = [circles(files) for files in sides]
    row("circles between files", *(len(circle) for circle in found))
    row("files in circles", *(sum(map(len, circle)) for circle in found))
    row("rooms in circles", *(sum(map(len, circles_of_rooms(files))) for files in sides))
    row("files longer than 400 lines", *(sum(text.count("\n") > 400 for text in files.values()) for files in sides))
    row("files (lines) of code that name `priority`", *("{} ({})".format(*naming(files, "priority")) for files in sides))
    if key:
        row("files (places) of one new key", *(["–"] if before else []), "{} ({})".format(*hunks(key)))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--before", metavar="REV")
    parser.add_argument("--key", metavar="REV")
    parser.add_argument("--circles", action="store_true")
    parser.add_argument("--shared", action="store_true")
    args = parser.parse_args()
    files = sources(args.before) if args.circles or args.shared else None
    if args.circles:
        for circle in circles(files) + circles_of_rooms(files):
            print(len(circle), *circle)
    elif args.shared:
        for name, paths in shared(files).items():
            print(name, *paths)
    else:
        table(args.before, args.key)


if __name__ == "__main__":
    main()
