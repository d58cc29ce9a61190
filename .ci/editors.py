"""Opens a plan in a language server as an editor does, and looks at what it says. Called by .ci/shells."""

import json
import pathlib
import subprocess
import sys

DIRECTORY = pathlib.Path(sys.argv[1])
SERVER = sys.argv[2:]
# Lines with a fault that a schema sees.
FAULTS = ["priority = 1", 'timescal = "March 2031"']
TEXT = (DIRECTORY / "plan.toml").read_text() + "\n".join(
    ["", "[[recommendation]]", 'id = "1"', 'text = "Report budgets."', *FAULTS, ""]
)


class Editor:
    """The editor's side of a conversation with a language server."""

    def __init__(self):
        self.server = subprocess.Popen(SERVER, cwd=DIRECTORY, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.asked = 0

    def send(self, **message):
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.server.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self.server.stdin.flush()

    def until(self, is_wanted):
        """The first message that is wanted. Questions of the server are answered on the way."""
        while True:
            length = 0
            while line := self.server.stdout.readline().strip():
                if line.lower().startswith(b"content-length:"):
                    length = int(line.split(b":")[1])
            if not length:
                sys.exit(f"{SERVER[0]} ended")
            message = json.loads(self.server.stdout.read(length))
            if is_wanted(message):
                return message
            if "method" in message and "id" in message:
                is_list = message["method"] == "workspace/configuration"
                self.send(id=message["id"], result=[None for _ in message["params"]["items"]] if is_list else None)

    def ask(self, method, **params):
        self.asked += 1
        self.send(id=self.asked, method=method, params=params)
        return self.until(lambda message: message.get("id") == self.asked and "method" not in message)["result"]


editor = Editor()
folder = {"uri": DIRECTORY.as_uri(), "name": "plan"}
document = {"uri": (DIRECTORY / "plan.toml").as_uri()}
editor.ask("initialize", processId=None, rootUri=folder["uri"], workspaceFolders=[folder], capabilities={})
editor.send(method="initialized", params={})
opened = {**document, "languageId": "toml", "version": 1, "text": TEXT}
editor.send(method="textDocument/didOpen", params={"textDocument": opened})
lines = TEXT.splitlines()
wrong = set()
while not wrong:
    told = editor.until(lambda message: message.get("method") == "textDocument/publishDiagnostics")
    wrong = {lines[fault["range"]["start"]["line"]] for fault in told["params"]["diagnostics"]}
# Over the value: taplo says nothing over a key.
at = {"line": lines.index('id = "1"') + 1, "character": len("text = R")}
hover = editor.ask("textDocument/hover", textDocument=document, position=at)["contents"]["value"]
schema = json.loads((DIRECTORY / "plan.schema.json").read_text())
help = schema["properties"]["recommendation"]["items"]["properties"]["text"]["description"]
editor.server.kill()
if wrong != set(FAULTS) or help not in hover:
    sys.exit(f"{SERVER[0]} marks {wrong} and says {hover}")
print(f"{SERVER[0]} marks what the schema sees, and explains a key")
