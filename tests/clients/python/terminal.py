"""Runs a command on a terminal of its own and tells what a person would have seen.

    python3 terminal.py COMMAND…

The answer is one line of JSON: `code`, `frames` (what stood on the screen each time it changed), and `left` (what stands
there in the end).
"""

import fcntl
import json
import os
import pty
import re
import struct
import sys
import termios

ROWS, COLUMNS = 30, 110


class Screen:
    """As much of a terminal as progress bars need."""

    def __init__(self):
        self.lines, self.row, self.column = [""], 0, 0

    def feed(self, text):
        for piece in re.findall(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b.|[^\x1b]", text, re.DOTALL):
            if piece.startswith("\x1b["):
                self.control(piece[2:-1], piece[-1])
            elif piece == "\n":
                self.row += 1
                while len(self.lines) <= self.row:
                    self.lines.append("")
            elif piece == "\r":
                self.column = 0
            elif piece.isprintable():
                self.put(piece)

    def control(self, argument, kind):
        count = int(argument) if argument.isdigit() else 0
        if kind == "A":
            self.row = max(0, self.row - max(1, count))
        elif kind == "B":
            self.row = min(len(self.lines) - 1, self.row + max(1, count))
        elif kind == "K":
            line = self.lines[self.row]
            self.lines[self.row] = "" if count == 2 else line[: self.column]
        elif kind == "J":
            self.lines[self.row] = self.lines[self.row][: self.column]
            del self.lines[self.row + 1 :]

    def put(self, character):
        line = self.lines[self.row].ljust(self.column)
        self.lines[self.row] = line[: self.column] + character + line[self.column + 1 :]
        self.column += 1

    def text(self):
        return "\n".join(line.rstrip() for line in self.lines).strip("\n")


def main(command):
    child, terminal = pty.fork()
    if child == 0:
        os.execvp(command[0], command)
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
    screen, frames = Screen(), []
    while True:
        try:
            seen = os.read(terminal, 65536)
        except OSError:
            break
        if not seen:
            break
        screen.feed(seen.decode(errors="replace"))
        if not frames or frames[-1] != screen.text():
            frames.append(screen.text())
    _, status = os.waitpid(child, 0)
    print(json.dumps({"code": os.waitstatus_to_exitcode(status), "frames": frames, "left": screen.text()}))


if __name__ == "__main__":
    main(sys.argv[1:])
