"""A client as a student writes it: select, a buffer for one message, no thread, and no idea of TLS."""
import select
import socket
import sys

MESSAGE_LENGTH = 200
PROMPT = "[Me] "
WIPE = "\r    \r"


def show(text):
    sys.stdout.write(text)
    sys.stdout.flush()


def pad(text):
    return text.encode().ljust(MESSAGE_LENGTH)


def main():
    name, host, port = sys.argv[1], sys.argv[2], int(sys.argv[3])
    server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        server.connect((host, port))
    except OSError:
        print("Unable to connect to %s:%d" % (host, port))
        return
    server.sendall(pad(name))
    show(PROMPT)
    message = b""
    while True:
        readable, _, _ = select.select([sys.stdin, server], [], [])
        if server in readable:
            data = server.recv(MESSAGE_LENGTH - len(message))
            if not data:
                show(WIPE + "Server at %s:%d has disconnected\n" % (host, port))
                return
            message += data
            if len(message) == MESSAGE_LENGTH:
                show(WIPE + message.decode().rstrip() + "\n" + PROMPT)
                message = b""
        if sys.stdin in readable:
            line = sys.stdin.readline()
            if not line:
                return
            server.sendall(pad(line))
            show(PROMPT)


main()
