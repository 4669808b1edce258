# A right chat server with a thread for each client and one lock.
import socket
import sys
import threading

SIZE = 200
NOT_IN_CHANNEL = "Not currently in any channel. Must join a channel before sending messages."
lock = threading.Lock()
channels = {}  # name of a channel -> its members


class Client:
    def __init__(self, connection):
        self.connection = connection
        self.name = None
        self.channel = None

    def send(self, text):
        try:
            self.connection.sendall(text.encode().ljust(SIZE)[:SIZE])
        except OSError:
            pass  # its own thread finds out

    def receive(self):
        data = b""
        while len(data) < SIZE:
            part = self.connection.recv(SIZE - len(data))
            if not part:
                return None
            data += part
        return data.decode("utf-8", "replace").rstrip()

    def tell_others(self, text):
        for member in channels.get(self.channel, []):
            if member is not self:
                member.send(text)

    def leave(self):
        if self.channel is not None:
            channels[self.channel].remove(self)
            self.tell_others(self.name + " has left")
            self.channel = None

    def enter(self, channel):
        self.leave()
        channels.setdefault(channel, []).append(self)
        self.channel = channel


def obey(client, words):
    command, argument = words[0], words[1] if len(words) > 1 else None
    if command == "/list":
        if channels:
            client.send("\n".join(channels))
    elif command == "/join":
        if argument is None:
            client.send("/join command must be followed by the name of a channel to join.")
        elif argument not in channels:
            client.send("No channel named {0} exists. Try '/create {0}'?".format(argument))
        else:
            client.enter(argument)
            client.tell_others(client.name + " has joined")
    elif command == "/create":
        if argument is None:
            client.send("/create command must be followed by the name of a channel to create")
        elif argument in channels:
            client.send("Room {0} already exists, so cannot be created.".format(argument))
        else:
            client.enter(argument)
    else:
        client.send("{0} is not a valid control message. Valid messages are /create, /list, and /join.".format(command))


def serve(client):
    try:
        client.name = client.receive()
        while client.name is not None:
            text = client.receive()
            if text is None:
                break
            with lock:
                if text.startswith("/"):
                    obey(client, text.split())
                elif client.channel is None:
                    client.send(NOT_IN_CHANNEL)
                else:
                    client.tell_others("[{0}] {1}".format(client.name, text))
    except OSError:
        pass  # a connection that breaks is a client that has left
    with lock:
        client.leave()
    client.connection.close()


server = socket.socket()
server.bind(("", int(sys.argv[1])))
server.listen(5)
while True:
    connection, _ = server.accept()
    threading.Thread(target=serve, args=(Client(connection),), daemon=True).start()
