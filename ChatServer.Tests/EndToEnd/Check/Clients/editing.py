"""Chat clients that leave the line to a library: editing.py LIBRARY NAME HOST PORT."""
import os
import socket
import sys
import threading


def frame(text):
    return text.encode()[:200].ljust(200)


def connect(host, port):
    try:
        return socket.create_connection((host, port))
    except OSError:
        print(f"Unable to connect to {host}:{port}")
        sys.exit(1)


def messages(server):
    received = b""
    while True:
        try:
            part = server.recv(4096)
        except OSError:
            return
        if not part:
            return
        received += part
        while len(received) >= 200:
            yield received[:200].decode().rstrip()
            received = received[200:]


def with_readline(server, name, place):
    import readline

    def show(text, prompt):
        sys.stdout.write("\r\x1b[K" + text + "\n" + prompt)
        sys.stdout.flush()

    def receive():
        for text in messages(server):
            show(text, "[Me] " + readline.get_line_buffer())
        show(f"Server at {place} has disconnected", "")
        os._exit(1)

    server.sendall(frame(name))
    threading.Thread(target=receive, daemon=True).start()
    while True:
        line = input("[Me] ")
        if line.strip():
            server.sendall(frame(line))


def with_prompt_toolkit(server, name, place):
    from prompt_toolkit import PromptSession
    from prompt_toolkit.patch_stdout import patch_stdout

    session = PromptSession()
    ended = threading.Event()

    def receive():
        for text in messages(server):
            print(text)
        ended.set()
        loop = session.app.loop
        if loop is not None:
            loop.call_soon_threadsafe(lambda: session.app.exit(exception=EOFError))

    server.sendall(frame(name))
    with patch_stdout():
        threading.Thread(target=receive, daemon=True).start()
        while not ended.is_set():
            try:
                line = session.prompt("[Me] ")
            except EOFError:
                break
            if line.strip():
                server.sendall(frame(line))
    print(f"Server at {place} has disconnected")
    os._exit(1)


def with_curses(server, name, place):
    import curses

    shown = []

    def run(window):
        window.scrollok(False)
        typed = ""
        lock = threading.Lock()

        def draw():
            rows, columns = window.getmaxyx()
            window.erase()
            for row, text in enumerate(shown[-(rows - 1):]):
                window.addnstr(row, 0, text, columns - 1)
            window.addnstr(rows - 1, 0, "[Me] " + typed, columns - 1)
            window.refresh()

        def receive():
            for text in messages(server):
                with lock:
                    shown.extend(text.split("\n"))
                    draw()
            with lock:
                shown.append(f"Server at {place} has disconnected")
                draw()
                curses.endwin()
            os._exit(1)

        draw()
        threading.Thread(target=receive, daemon=True).start()
        while True:
            key = sys.stdin.read(1)
            with lock:
                if key in "\r\n":
                    if typed.strip():
                        server.sendall(frame(typed))
                    typed = ""
                else:
                    typed += key
                draw()

    server.sendall(frame(name))
    curses.wrapper(run)


def with_cursor_report(server, name, place):
    """Edits the line itself, in raw mode, and asks the terminal where the cursor is before each prompt."""
    import termios
    import tty

    def column():
        sys.stdout.write("\x1b[6n")
        sys.stdout.flush()
        answer = ""
        while not answer.endswith("R"):
            answer += os.read(0, 1).decode()
        return int(answer[:-1].split(";")[1])

    typed = bytearray()
    lock = threading.Lock()

    def put(text):
        sys.stdout.write(text)
        sys.stdout.flush()

    def receive():
        for text in messages(server):
            with lock:
                put("\r\x1b[K" + text.replace("\n", "\r\n") + "\r\n[Me] " + typed.decode())
        put(f"\r\x1b[KServer at {place} has disconnected\r\n")
        termios.tcsetattr(0, termios.TCSANOW, before)
        os._exit(1)

    before = termios.tcgetattr(0)
    tty.setraw(0, termios.TCSANOW)
    if column() != 1:
        put("\r\n")
    put("[Me] ")
    server.sendall(frame(name))
    threading.Thread(target=receive, daemon=True).start()
    while True:
        key = os.read(0, 1)
        with lock:
            if key == b"\r":
                if typed.strip():
                    server.sendall(frame(typed.decode()))
                typed.clear()
                put("\r\n[Me] ")
            else:
                typed += key
                put(key.decode(errors="replace"))


def main():
    library, name, host, port = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])
    run = globals()["with_" + library]
    run(connect(host, port), name, f"{host}:{port}")


main()
