"""A terminal for tests: runs a command in a pseudo-terminal, answers its question, and prints what it wrote as base64.

usage: fake_terminal.py ANSWER PROGRAM [ARGUMENT...]     ANSWER has \\e for escape; empty for a terminal that stays silent
"""
import base64
import os
import pty
import select
import sys
import time

answer = sys.argv[1].replace("\\e", "\x1b").encode()
process, terminal = pty.fork()
if process == 0:
    os.execvp(sys.argv[2], sys.argv[2:])

written = b""
answered = 0
deadline = time.monotonic() + 120
while time.monotonic() < deadline:
    if not select.select([terminal], [], [], 1)[0]:
        continue
    try:
        part = os.read(terminal, 65536)
    except OSError:
        break
    if not part:
        break
    written += part
    # Where the cursor is: the progress bar wants to know.
    os.write(terminal, b"\x1b[1;1R" * part.count(b"\x1b[6n"))
    # Device attributes are asked for last.
    while answered < written.count(b"\x1b[c"):
        answered += 1
        os.write(terminal, answer)
os.waitpid(process, 0)
print(base64.b64encode(written).decode())
