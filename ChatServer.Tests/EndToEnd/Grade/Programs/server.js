// A chat server with the events of Node.
const net = require('net');

const FRAME = 200;
const MOST_QUEUED = 4000000;
const clients = new Set();
const channels = new Set();

function say(client, text) {
  if (client.socket.destroyed) return;
  const frame = Buffer.alloc(FRAME, ' ');
  frame.write(text);
  client.socket.write(frame);
  if (client.socket.writableLength > MOST_QUEUED) client.socket.destroy(); // it does not read
}

function tell(client, text) {
  for (const other of clients) {
    if (other !== client && other.channel === client.channel) say(other, text);
  }
}

function leave(client) {
  if (client.channel === null) return;
  tell(client, `${client.name} has left`);
  client.channel = null;
}

function obey(client, [word, name]) {
  if (word === '/list') {
    for (const channel of channels) say(client, channel);
  } else if (word === '/create' && name === undefined) {
    say(client, '/create command must be followed by the name of a channel to create');
  } else if (word === '/create' && channels.has(name)) {
    say(client, `Room ${name} already exists, so cannot be created.`);
  } else if (word === '/create') {
    leave(client);
    channels.add(name);
    client.channel = name;
  } else if (word === '/join' && name === undefined) {
    say(client, '/join command must be followed by the name of a channel to join.');
  } else if (word === '/join' && !channels.has(name)) {
    say(client, `No channel named ${name} exists. Try '/create ${name}'?`);
  } else if (word === '/join') {
    leave(client);
    client.channel = name;
    tell(client, `${client.name} has joined`);
  } else {
    say(client, `${word} is not a valid control message. Valid messages are /create, /list, and /join.`);
  }
}

function handle(client, text) {
  if (client.name === null) {
    client.name = text;
    clients.add(client);
  } else if (text.startsWith('/')) {
    obey(client, text.split(/\s+/));
  } else if (text !== '' && client.channel === null) {
    say(client, 'Not currently in any channel. Must join a channel before sending messages.');
  } else if (text !== '') {
    tell(client, `[${client.name}] ${text}`);
  }
}

net.createServer(socket => {
  const client = { socket, name: null, channel: null, received: Buffer.alloc(0) };
  socket.on('data', part => {
    client.received = Buffer.concat([client.received, part]);
    let taken = 0;
    for (; client.received.length - taken >= FRAME; taken += FRAME) {
      handle(client, client.received.toString('utf8', taken, taken + FRAME).trimEnd());
    }
    client.received = client.received.subarray(taken);
  });
  socket.on('error', () => {});
  socket.on('close', () => {
    clients.delete(client);
    leave(client);
  });
}).listen(Number(process.argv[2]));
