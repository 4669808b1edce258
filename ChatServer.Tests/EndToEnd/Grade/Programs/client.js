// A chat client with the events of Node.
const net = require('net');

const FRAME = 200;
const [, , name, host, port] = process.argv;
let isConnected = false, hasEnded = false, received = Buffer.alloc(0), typed = Buffer.alloc(0);

function send(text) {
  for (let at = 0; at < text.length; at += FRAME) {
    const frame = Buffer.alloc(FRAME, ' ');
    text.copy(frame, 0, at, at + FRAME);
    server.write(frame);
  }
}

const server = net.connect(Number(port), host, () => {
  isConnected = true;
  send(Buffer.from(name));
  process.stdout.write('[Me] ');
  process.stdin.on('data', part => {
    typed = Buffer.concat([typed, part]);
    for (let end; (end = typed.indexOf('\n')) >= 0; typed = typed.subarray(end + 1)) {
      send(Buffer.from(typed.toString('utf8', 0, end).trimEnd()));
      process.stdout.write('[Me] ');
    }
  });
  process.stdin.on('end', () => {
    hasEnded = true;
    server.end();
  });
});

server.on('data', part => {
  received = Buffer.concat([received, part]);
  for (; received.length >= FRAME; received = received.subarray(FRAME)) {
    const text = received.toString('utf8', 0, FRAME).trimEnd();
    if (text !== '') process.stdout.write(`\r    \r${text}\n[Me] `);
  }
});
server.on('error', () => {
  if (!isConnected) {
    process.stdout.write(`Unable to connect to ${host}:${port}\n`);
    process.exit(1);
  }
});
server.on('close', () => {
  if (!hasEnded) process.stdout.write(`\r    \rServer at ${host}:${port} has disconnected\n`);
  process.exit(hasEnded ? 0 : 1);
});
