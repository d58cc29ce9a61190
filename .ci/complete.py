"""Types into real shells, presses Tab, and looks at what they show. Called by .ci/shells, and by .ci/packages, which has
installed the scripts as those of the system."""

import os
import sys
import time

import pexpect
import pyte

DIRECTORY, SCREENS, *INSTALLED = sys.argv[1:]
COLUMNS, LINES = 80, 24

SHELLS = {
    "bash": (
        ["bash", "--norc", "--noprofile", "-i"],
        "PS1='$ '; bind 'set show-all-if-ambiguous on' 'set completion-query-items -1'",
        "source <(plan completions bash)",
        "source /usr/share/bash-completion/completions/plan",
    ),
    "zsh": (
        ["zsh", "-f", "-i"],
        "PS1='$ '; autoload -U compinit; compinit -u -D",
        "source <(plan completions zsh)",
        "whence _plan >/dev/null",
    ),
    "fish": (
        ["fish", "--private", "-i"],
        "function fish_prompt; echo '$ '; end; function fish_greeting; end",
        "plan completions fish | source",
        "true",
    ),
}
# What is typed before Tab, and what must then be seen. The titles of ids are shown by zsh and fish.
CASES = [
    ("plan mar", ["plan mark"], []),
    ("plan mark 5.", ["5.1", "5.3"], ["The delivery of individual reviews"]),
    ("plan mark 5.1 comp", ["plan mark 5.1 complete"], []),
    ("plan list --area best", ["plan list --area best-value-reviews"], []),
    ("plan list --owner Dir", ["--owner Director\\ of\\ Risk\\ Management"], []),
    ("plan help no-ow", ["plan help no-owner"], []),
]


class Shell:
    """A shell on a screen of its own."""

    def __init__(self, words, start):
        self.screen = pyte.Screen(COLUMNS, LINES)
        self.stream = pyte.Stream(self.screen)
        environment = dict(os.environ, TERM="xterm", COLUMNS=str(COLUMNS), LINES=str(LINES))
        self.process = pexpect.spawn(
            words[0], words[1:], cwd=DIRECTORY, env=environment, dimensions=(LINES, COLUMNS), encoding="utf-8"
        )
        self.read(lambda text: "$" in text or "#" in text or ">" in text)
        self.process.send(start + "; echo rea''dy\r")
        self.read(lambda text: "\nready" in text)

    def read(self, is_seen):
        """Reads until something is on the screen, for a minute at most, and answers what a terminal is asked."""
        end = time.monotonic() + 60
        while time.monotonic() < end and not is_seen(self.text()):
            try:
                text = self.process.read_nonblocking(4096, timeout=1)
            except pexpect.TIMEOUT:
                continue
            self.stream.feed(text)
            if "\x1b[c" in text or "\x1b[0c" in text:
                self.process.send("\x1b[?62;c")
            if "\x1b[6n" in text:
                self.process.send(f"\x1b[{self.screen.cursor.y + 1};{self.screen.cursor.x + 1}R")

    def text(self):
        return "\n".join(line.rstrip() for line in self.screen.display).rstrip()


failed = False
for name, (words, setup, sourced, installed) in SHELLS.items():
    start = f"{setup}; {installed if INSTALLED else sourced}"
    for number, (typed, wanted, titles) in enumerate(CASES):
        wanted = wanted + (titles if name != "bash" else [])
        shell = Shell(words, start)
        shell.process.send("clear\r")
        shell.read(lambda text: "ready" not in text and "$" in text)
        shell.process.send(typed + "\t")
        shell.read(lambda text: all(word in text for word in wanted))
        with open(os.path.join(SCREENS, f"{name}-{number}.txt"), "w") as file:
            file.write(shell.text() + "\n")
        missing = [word for word in wanted if word not in shell.text()]
        if missing:
            failed = True
            print(f"{name}: {typed!r} does not show {missing}:\n{shell.text()}\n")
        shell.process.close(force=True)
    print(f"{name}: {len(CASES)} lines completed")
sys.exit(failed)
