// A chat client with Node's own line editor: lines.js NAME HOST PORT.
const net = require('net');
const readline = require('readline');

const [name, host, port] = process.argv.slice(2);
const frame = text => { const bytes = Buffer.alloc(200, ' '); bytes.write(text); return bytes; };
const editor = readline.createInterface({ input: process.stdin, output: process.stdout, prompt: '[Me] ' });
let isConnected = false;
let received = Buffer.alloc(0);

function show(text) {
  readline.clearLine(process.stdout, 0);
  readline.cursorTo(process.stdout, 0);
  console.log(text);
}

function end(text) {
  show(text);
  process.exit(1);
}

const server = net.connect(Number(port), host, () => {
  isConnected = true;
  server.write(frame(name));
  editor.prompt();
});
server.on('error', () => end(isConnected
  ? `Server at ${host}:${port} has disconnected` : `Unable to connect to ${host}:${port}`));
server.on('end', () => end(`Server at ${host}:${port} has disconnected`));
server.on('data', part => {
  received = Buffer.concat([received, part]);
  for (; received.length >= 200; received = received.subarray(200)) {
    show(received.subarray(0, 200).toString().trimEnd());
    editor.prompt(true);
  }
});
editor.on('line', line => {
  if (line.trim()) {
    server.write(frame(line));
  }
  editor.prompt();
});
