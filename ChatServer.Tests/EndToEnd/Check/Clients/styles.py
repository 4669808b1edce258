"""Chat clients that differ in how they write to the terminal: styles.py STYLE NAME HOST PORT.

Each style is a function from a message to what is printed for it. The styles in WRONG have one fault each.
"""
import os
import select
import socket
import sys
import threading

PROMPT = "[Me] "

RIGHT = {
    # The assignment's own constant, and then the text: its blanks stay in front of the line.
    "constant": lambda text: "\r    " + text + "\n" + PROMPT,
    "blanks": lambda text: "\r    \r" + text + "\n" + PROMPT,
    "erase_to_end": lambda text: "\r\x1b[K" + text + "\n" + PROMPT,
    "erase_line": lambda text: "\x1b[2K\x1b[G" + text + "\n" + PROMPT,
    "erase_below": lambda text: "\x1b[1G\x1b[J" + text + "\n" + PROMPT,
    "erase_characters": lambda text: "\x1b[5D\x1b[5X" + text + "\n" + PROMPT,
    "delete_characters": lambda text: "\r\x1b[5P" + text + "\n" + PROMPT,
    "backspaces": lambda text: "\b \b" * len(PROMPT) + text + "\n" + PROMPT,
    "print_over": lambda text: "\r" + text.ljust(60) + "\n" + PROMPT,
    "save_restore": lambda text: "\r\x1b7" + " " * len(PROMPT) + "\x1b8" + text + "\n" + PROMPT,
    # Opens a row above the prompt, writes there, and comes back: the prompt is never written again.
    "insert_above": lambda text: "\n" + PROMPT + "\x1b[1A\r\x1b[2K" + text + "\x1b[1B\r\x1b[%dC" % len(PROMPT),
    "colours": lambda text: "\r\x1b[K\x1b[1;36m" + text + "\x1b[0m\n\x1b[32m[Me]\x1b[0m ",
}

WRONG = {
    "only_returns": lambda text: "\r" + text + "\n" + PROMPT,
    "erases_behind": lambda text: "\x1b[K" + text + "\n" + PROMPT,
    "wipes_message": lambda text: "\r\x1b[K" + text + "\n\x1b[1A\x1b[2K" + PROMPT,
    "prints_padding": lambda text: "\r\x1b[K" + text.ljust(200) + "\n" + PROMPT,
    "no_newline": lambda text: "\r\x1b[K" + text + " " + PROMPT,
    "no_prompt": lambda text: "\r\x1b[K" + text + "\n",
    "not_flushed": lambda text: "\r\x1b[K" + text + "\n" + PROMPT,
}


def frame(text):
    return text.encode()[:200].ljust(200)


def main():
    style, name, host, port = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])
    show = RIGHT.get(style) or WRONG[style]

    def put(text):
        sys.stdout.write(text)
        if style != "not_flushed":
            sys.stdout.flush()

    try:
        server = socket.create_connection((host, port))
    except OSError:
        print(f"Unable to connect to {host}:{port}")
        sys.exit(1)

    received = b""

    def receive():
        """Shows what has come; False at the end."""
        nonlocal received
        try:
            part = server.recv(4096)
        except OSError:
            part = b""
        received += part
        while len(received) >= 200:
            put(show(received[:200].decode().rstrip()))
            received = received[200:]
        if not part:
            put(f"\r\x1b[KServer at {host}:{port} has disconnected\n")
        return bool(part)

    def receive_all():
        while receive():
            pass
        sys.stdout.flush()
        os._exit(1)

    server.sendall(frame(name))
    # Every second style waits for both with select, the others have a thread and input().
    if len(style) % 2:
        put(PROMPT)
        while True:
            ready, _, _ = select.select([sys.stdin, server], [], [])
            if server in ready and not receive():
                sys.exit(1)
            if sys.stdin in ready:
                line = sys.stdin.readline()
                if not line:
                    return
                if line.strip():
                    server.sendall(frame(line.rstrip("\n")))
                put(PROMPT)
    threading.Thread(target=receive_all, daemon=True).start()
    while True:
        try:
            line = input(PROMPT) if style != "not_flushed" else sys.stdin.readline()
        except EOFError:
            return
        if line.strip():
            server.sendall(frame(line))


main()
