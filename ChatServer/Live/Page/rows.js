// The clients, one row each. Only the rows that can be seen exist as elements, so a thousand clients cost as much as thirty. Paper has no
// scroll bar: on it there are more.

import { channelName, nameOf } from '/channels.js';
import { showFrames } from '/frames.js';
import { isSlow, isWaiting, model } from '/model.js';
import { format } from '/numbers.js';
import { settings } from '/settings.js';

const mostPrinted = 400; // rows
const grid = document.getElementById('grid');
const rows = document.getElementById('rows');
const order = document.getElementById('order');
const onlySlow = document.getElementById('only-slow');
const filler = rows.appendChild(document.createElement('div'));
const pool = [];

let shown = [];
let selected = null; // the number of a client
let isPrinted = false;

export function startRows() {
  rows.addEventListener('scroll', drawRows);
  rows.addEventListener('keydown', onKey);
  rows.addEventListener('click', event => {
    const row = event.target.closest('.row');
    if (row) {
      select(Number(row.dataset.client));
      showFrames(selected);
    }
  });
  [order, onlySlow].forEach(choice => choice.addEventListener('change', drawRows));
  addEventListener('resize', drawRows);
  addEventListener('beforeprint', () => print(true));
  addEventListener('afterprint', () => print(false));
}

function print(isBegin) {
  isPrinted = isBegin;
  pool.splice(0).forEach(row => row.remove());
  drawRows();
  document.getElementById('more-rows').textContent = isPrinted && shown.length > mostPrinted ? settings.texts.more(shown.length - mostPrinted) : '';
}

export function drawRows() {
  const { texts } = settings;
  document.getElementById('hidden-texts').textContent = model.texts ? texts.shownTexts : texts.hiddenTexts;
  shown = [...model.clients.values()].filter(client => !onlySlow.checked || isSlow(client) || isWaiting(client));
  shown.sort(order.value === 'slow'
    ? (a, b) => isSlow(b) - isSlow(a) || isWaiting(b) - isWaiting(a) || b.queued - a.queued || a.id - b.id
    : (a, b) => a.id - b.id);
  grid.setAttribute('aria-rowcount', shown.length + 1);

  const height = rowHeight();
  filler.style.height = `${shown.length * height}px`;
  const first = isPrinted ? 0 : Math.max(0, Math.floor(rows.scrollTop / height) - 2);
  const count = Math.min(shown.length - first, isPrinted ? mostPrinted : Math.ceil(rows.clientHeight / height) + 4);
  for (let i = 0; i < Math.max(count, pool.length); i++) {
    const row = pool[i] ?? addRow();
    row.hidden = i >= count;
    row.style.display = row.hidden ? 'none' : '';
    if (!row.hidden) {
      row.style.top = `${(first + i) * height}px`;
      fill(row, shown[first + i], first + i);
    }
  }

  if (selected !== null && shown.some(client => client.id === selected)) {
    rows.setAttribute('aria-activedescendant', `client-${selected}`);
  } else {
    rows.removeAttribute('aria-activedescendant');
  }
}

const rowHeight = () => grid.querySelector('.heads').getBoundingClientRect().height || 35;

function addRow() {
  const row = rows.appendChild(document.createElement('div'));
  row.className = 'row';
  row.setAttribute('role', 'row');
  for (const kind of ['name', 'channel', 'state', 'bar', 'bar queue']) {
    const cell = row.appendChild(document.createElement('span'));
    cell.className = kind;
    cell.setAttribute('role', 'gridcell');
    cell.appendChild(document.createElement('bdi'));
    if (kind.startsWith('bar')) {
      cell.appendChild(document.createElement('i'));
    }
  }

  pool.push(row);
  return row;
}

function fill(row, client, index) {
  const { texts } = settings;
  const [name, channel, state, frame, queue] = row.children;
  row.id = `client-${client.id}`;
  row.dataset.client = client.id;
  row.setAttribute('aria-rowindex', index + 2);
  row.setAttribute('aria-selected', client.id === selected);
  row.classList.toggle('slow', isSlow(client));
  setText(name, client.name === null ? nameOf(client) : `${client.name} (${client.id})`);
  setText(channel, channelName(client.channel));
  state.dataset.state = model.states[client.state];
  setText(state, isWaiting(client) && client.waitsFor ? texts.waitsFor[client.waitsFor](client.member) : texts.states[model.states[client.state]]);
  setText(frame, texts.ofFrame(client.partial));
  frame.lastChild.style.width = `${client.partial / 2}%`;
  setText(queue, isSlow(client) ? texts.slowBytes(format(client.queued)) : format(client.queued));
  queue.lastChild.style.width = `${Math.min(100, client.queued / model.softLimit * 100)}%`;
}

function setText(cell, text) {
  if (cell.firstChild.textContent !== text) {
    cell.firstChild.textContent = text;
  }
}

function onKey(event) {
  const page = Math.max(1, Math.floor(rows.clientHeight / rowHeight()) - 1);
  const at = shown.findIndex(client => client.id === selected);
  const steps = { ArrowDown: at + 1, ArrowUp: at - 1, PageDown: at + page, PageUp: at - page, Home: 0, End: shown.length - 1 };
  if (event.key === 'Enter' && at >= 0) {
    showFrames(selected);
  } else if (event.key in steps && shown.length > 0) {
    const next = Math.min(shown.length - 1, Math.max(0, steps[event.key]));
    scrollTo(next);
    select(shown[next].id);
  } else {
    return;
  }

  event.preventDefault();
}

function scrollTo(index) {
  const height = rowHeight();
  if (index * height < rows.scrollTop) {
    rows.scrollTop = index * height;
  } else if ((index + 1) * height > rows.scrollTop + rows.clientHeight) {
    rows.scrollTop = (index + 1) * height - rows.clientHeight;
  }
}

function select(client) {
  selected = client;
  drawRows();
}
