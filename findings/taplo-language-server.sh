#!/usr/bin/env bash
# taplo offers its language server as `taplo lsp stdio`, and its help lists the command. In the package on PyPI (taplo
# 0.9.3) the server was left out when the program was built: the command ends at once with status 1, and writes no word
# about it to standard output or standard error, with `--verbose` neither. An editor sees only that the server is gone.
# The help of the command, status 0, is that of a program that has it. tombi (1.9.6, PyPI) answers the same question.
# Seen on 2026-11-30.
# For plans: an editor that is set up to check plan.toml by its schema shows nothing wrong in any plan, and no reason.
set -euo pipefail
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"

python3 -m venv python
python/bin/pip install -q taplo==0.9.3 tombi==1.9.6

cat > ask.py <<'END'
import json, subprocess
from importlib.metadata import version

body = json.dumps({
    "jsonrpc": "2.0", "id": 1, "method": "initialize",
    "params": {"processId": None, "rootUri": None, "capabilities": {}},
}).encode()
question = b"Content-Length: %d\r\n\r\n%s" % (len(body), body)

def ask(name, *words):
    # Standard input is left open, as an editor leaves it.
    server = subprocess.Popen(
        [f"python/bin/{name}", *words], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    try:
        server.stdin.write(question)
        server.stdin.flush()
    except BrokenPipeError:
        pass
    first = server.stdout.readline().decode().strip()
    answered = first.lower().startswith("content-length")
    if answered:
        server.kill()
        return "an answer"
    return f"exit {server.wait()}, standard output {first!r}, standard error {server.stderr.read().decode()!r}"

for name in ("taplo", "tombi"):
    print(name, version(name))
help = subprocess.run(["python/bin/taplo", "lsp", "stdio", "--help"], capture_output=True, text=True)
print("taplo lsp stdio --help:", "exit", help.returncode, "Run the language server" in help.stdout)
print("taplo lsp stdio:", ask("taplo", "lsp", "stdio"))
print("taplo --verbose lsp stdio:", ask("taplo", "--verbose", "lsp", "stdio"))
print("tombi lsp:", ask("tombi", "lsp"))
END
python/bin/python ask.py | tee seen

diff - seen <<'END' || { echo "It behaves differently now."; exit 1; }
taplo 0.9.3
tombi 1.9.6
taplo lsp stdio --help: exit 0 True
taplo lsp stdio: exit 1, standard output '', standard error ''
taplo --verbose lsp stdio: exit 1, standard output '', standard error ''
tombi lsp: an answer
END
