"""A client that waits for the rest of a message once it has a part of it: it shows whole messages only, as it should.

The seconds that it takes to end may be in front of the other arguments.
"""
import select
import socket
import sys
import time

MESSAGE_LENGTH = 200
PROMPT = "[Me] "
WIPE = "\r    \r"


def show(text):
    sys.stdout.write(text)
    sys.stdout.flush()


def receive(server):
    message = b""
    while len(message) < MESSAGE_LENGTH:
        data = server.recv(MESSAGE_LENGTH - len(message))
        if not data:
            return None
        message += data
    return message.decode().rstrip()


def main():
    name, host, port = sys.argv[-3], sys.argv[-2], int(sys.argv[-1])
    server = socket.socket()
    try:
        server.connect((host, port))
    except OSError:
        print("Unable to connect to %s:%d" % (host, port))
        return
    server.sendall(name.encode().ljust(MESSAGE_LENGTH))
    show(PROMPT)
    while True:
        readable, _, _ = select.select([sys.stdin, server], [], [])
        if server in readable:
            text = receive(server)
            if text is None:
                show(WIPE + "Server at %s:%d has disconnected\n" % (host, port))
                time.sleep(float(sys.argv[1]) if len(sys.argv) > 4 else 0)
                return
            show(WIPE + text + "\n" + PROMPT)
        if sys.stdin in readable:
            server.sendall(sys.stdin.readline().encode().ljust(MESSAGE_LENGTH))
            show(PROMPT)


main()
