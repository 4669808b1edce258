# A right chat server with one thread and select, as the assignment suggests. It pads by characters and sends while it blocks.
# A second argument makes it slow: the seconds that it takes for each message, or, with a third argument, for that one alone.
import select
import socket
import sys
import time

SIZE = 200
server = socket.socket()
server.bind(("", int(sys.argv[1])))
server.listen(5)
sockets = [server]
buffers, names, places = {}, {}, {}  # by socket
channels = []


def send(to, text):
    try:
        to.sendall(text.ljust(SIZE).encode()[:SIZE])
    except OSError:
        pass  # it is found out when it is read


def tell(channel, text, but):
    for other in sockets[1:]:
        if other is not but and channel is not None and places.get(other) == channel:
            send(other, text)


def move(client, channel):
    old = places.get(client)
    places[client] = channel
    tell(old, names.get(client, "") + " has left", client)


def handle(client, text):
    if len(sys.argv) > 2 and text in (sys.argv[3:] or [text]):
        time.sleep(float(sys.argv[2]))
    if client not in names:
        names[client] = text
        return
    if not text.startswith("/"):
        if places.get(client) is None:
            send(client, "Not currently in any channel. Must join a channel before sending messages.")
        else:
            tell(places[client], "[%s] %s" % (names[client], text), client)
        return
    command, _, argument = text.partition(" ")
    argument = argument.strip()
    if command == "/list":
        send(client, "\n".join(channels))
    elif command == "/join" and not argument:
        send(client, "/join command must be followed by the name of a channel to join.")
    elif command == "/join" and argument not in channels:
        send(client, "No channel named {0} exists. Try '/create {0}'?".format(argument))
    elif command == "/join":
        move(client, argument)
        tell(argument, names[client] + " has joined", client)
    elif command == "/create" and not argument:
        send(client, "/create command must be followed by the name of a channel to create")
    elif command == "/create" and argument in channels:
        send(client, "Room {0} already exists, so cannot be created.".format(argument))
    elif command == "/create":
        channels.append(argument)
        move(client, argument)
    else:
        send(client, text + " is not a valid control message. Valid messages are /create, /list, and /join.")


while True:
    for ready in select.select(sockets, [], [])[0]:
        if ready is server:
            client, _ = server.accept()
            sockets.append(client)
            buffers[client] = b""
            continue
        try:
            data = ready.recv(1024)
        except OSError:
            data = b""
        if not data:
            sockets.remove(ready)
            move(ready, None)
            ready.close()
            continue
        buffers[ready] += data
        while len(buffers[ready]) >= SIZE:
            message, buffers[ready] = buffers[ready][:SIZE], buffers[ready][SIZE:]
            handle(ready, message.decode("utf-8", "replace").rstrip())
