// The last frames of one client, while the window with them is open.

import { nameOf } from '/channels.js';
import { model } from '/model.js';
import { settings } from '/settings.js';

const milliseconds = 500;
const dialog = document.getElementById('frames');
const list = document.getElementById('frames-list');
const note = document.getElementById('frames-note');

let shown = null; // the number of a client
let timer = 0;

export function startFrames() {
  document.getElementById('frames-close').addEventListener('click', () => dialog.close());
  dialog.addEventListener('close', () => {
    clearTimeout(timer);
    shown = null;
  });
}

export function showFrames(client) {
  shown = client;
  list.replaceChildren();
  heading();
  dialog.showModal();
  if (model.texts) {
    load();
  } else {
    note.textContent = settings.texts.framesNeedTrace;
  }
}

function heading() {
  const client = model.clients.get(shown);
  document.getElementById('frames-heading').textContent =
    settings.texts.framesOf(client ? nameOf(client) : settings.texts.clientNumber(shown));
}

async function load() {
  const client = shown;
  let frames = null;
  try {
    const answer = await fetch(`/frames?client=${client}`);
    frames = answer.ok ? await answer.json() : null;
  } catch {
    // The server is gone: the next look may find it again.
  }

  if (shown === client && dialog.open) {
    draw(frames);
    timer = setTimeout(load, milliseconds);
  }
}

function draw(frames) {
  const { texts } = settings;
  note.textContent = frames === null ? texts.clientGone : frames.length === 0 ? texts.noFrames : '';
  if (frames !== null) {
    list.replaceChildren(...frames.map(frameItem).reverse()); // the newest first
  }
}

function frameItem(frame) {
  const { texts } = settings;
  const item = document.createElement('li');
  const direction = frame.received ? texts.received : texts.sent;
  item.classList.toggle('sent', !frame.received);
  item.classList.toggle('part', frame.size < 200);
  const line = item.appendChild(document.createElement('span'));
  line.className = 'note';
  line.textContent = frame.size < 200
    ? texts.partLine(direction, frame.number, frame.size)
    : texts.frameLine(direction, frame.number, frame.time, frame.length, frame.padding);
  const code = item.appendChild(document.createElement('code'));
  code.appendChild(document.createElement('bdi')).textContent = frame.text;
  const padding = code.appendChild(document.createElement('span'));
  padding.className = 'padding';
  padding.textContent = '·'.repeat(frame.padding);
  return item;
}
