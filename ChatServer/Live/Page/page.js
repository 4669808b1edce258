// The live page: listens to the events of the server and draws what they tell.

import { drawChannels } from '/channels.js';
import { startFrames } from '/frames.js';
import { apply, forget, model } from '/model.js';
import { drawNumbers } from '/numbers.js';
import { drawRows, startRows } from '/rows.js';
import { settings, startSettings, whenChanged } from '/settings.js';

const retryMilliseconds = 1_000;
const status = document.getElementById('status');

let connection = 'connecting';
let isDrawn = true;

function draw() {
  isDrawn = true;
  const kind = connection === 'live' && model.stopping ? 'stopping' : connection;
  status.dataset.kind = kind;
  status.textContent = settings.texts[kind];
  drawNumbers();
  drawChannels();
  drawRows();
}

/** Once for each picture of the screen, and not at all while nobody sees the page. */
function drawSoon() {
  if (isDrawn) {
    isDrawn = false;
    requestAnimationFrame(draw);
  }
}

function listen() {
  let isFirst = true;
  const events = new EventSource('/events');
  events.onmessage = event => {
    if (isFirst) {
      forget();
    }
    isFirst = false;
    connection = 'live';
    apply(JSON.parse(event.data));
    drawSoon();
  };
  events.onerror = () => {
    // A new connection begins with everything: the browser's own would go on with the old model.
    events.close();
    connection = 'gone';
    drawSoon();
    setTimeout(listen, retryMilliseconds);
  };
}

startSettings();
startRows();
startFrames();
whenChanged(draw);
listen();
