// The tiles with the sums, the curve of the deliveries, and what was refused or has ended.

import { model } from '/model.js';
import { settings } from '/settings.js';

const svg = 'http://www.w3.org/2000/svg';
const cutOffReasons = ['name_refused', 'name_timeout', 'frame_timeout', 'slow_consumer', 'memory_used_up', 'banned', 'kicked', 'taken_over', 'account_changed',
  'chat_unreachable', 'fault'];
const width = 240, height = 60, seconds = 60;

const tiles = document.getElementById('tiles');
const [area, line] = ['area', 'line'].map(name => {
  const path = document.getElementById('curve').appendChild(document.createElementNS(svg, 'path'));
  path.setAttribute('class', name);
  return path;
});

export const format = number => Math.round(number).toLocaleString(settings.texts.language);

const sum = counts => Object.values(counts).reduce((total, count) => total + count, 0);

export function drawNumbers() {
  const { texts } = settings;
  const { figures, rates } = model;
  if (!figures) {
    return;
  }

  const cutOff = cutOffReasons.reduce((total, reason) => total + (figures.closed[reason] ?? 0), 0);
  drawTiles([
    ['clients', texts.clients, figures.clients, ''],
    ['channels', texts.channels, figures.channels, ''],
    ['delivered', texts.perSecond, rates.delivered, ''],
    ['received', texts.receivedPerSecond, rates.received, ''],
    ['congested', texts.slow, figures.congested, figures.congested ? 'bad' : ''],
    ['waiting', texts.waiting, figures.waiting, figures.waiting ? 'warn' : ''],
    ['largest', texts.largest, figures.largest, ''],
    ['refused', texts.refused, sum(figures.refused), ''],
    ['cutoff', texts.cutOff, cutOff, ''],
    ['faults', texts.faults, figures.faults, figures.faults ? 'bad' : ''],
  ]);
  drawCurve();
  drawEnded();
  const batches = rates.sends ? (rates.batches / rates.sends).toLocaleString(texts.language, { maximumFractionDigits: 1 }) : '0';
  document.getElementById('writer').textContent = texts.writer(format(rates.rounds), format(rates.sends), batches);
}

function drawTiles(values) {
  if (tiles.childElementCount === 0) {
    values.forEach(([id]) => {
      const tile = tiles.appendChild(document.createElement('div'));
      tile.dataset.figure = id;
      tile.append(document.createElement('dt'), document.createElement('dd'));
    });
  }

  values.forEach(([, label, value, kind], i) => {
    const tile = tiles.children[i];
    tile.className = kind;
    tile.firstChild.textContent = label;
    tile.lastChild.textContent = format(value);
  });
}

function drawCurve() {
  const most = model.curve.reduce((top, [, value]) => Math.max(top, value), 1);
  const points = model.curve.map(([at, value]) => {
    const x = width - (model.at - at) / 1000 * (width / seconds);
    return `${x.toFixed(1)},${(height - 2 - value / most * (height - 4)).toFixed(1)}`;
  });
  const curve = points.length > 1 ? `M${points.join('L')}` : '';
  line.setAttribute('d', curve);
  area.setAttribute('d', curve && `${curve}V${height}H${points[0].split(',')[0]}Z`);
  document.getElementById('curve-most').textContent = settings.texts.mostPerSecond(format(most));
}

function drawEnded() {
  const { texts } = settings;
  const lines = [
    ...Object.entries(model.figures.refused).map(([reason, count]) => `${texts.refused}: ${texts.reasons[reason] ?? reason}: ${format(count)}`),
    ...Object.entries(model.figures.closed).map(([reason, count]) =>
      `${cutOffReasons.includes(reason) ? `${texts.cutOff}: ` : ''}${texts.reasons[reason] ?? reason}: ${format(count)}`),
  ];
  const list = document.getElementById('ended');
  list.replaceChildren(...(lines.length ? lines : [texts.nothingEnded]).map(line => {
    const item = document.createElement('li');
    item.textContent = line;
    return item;
  }));
}
