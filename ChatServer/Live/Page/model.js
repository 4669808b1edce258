// What the server has told: the first event has everything, each later one what has changed.

export const model = {
  texts: false,     // whether the server shows what people wrote
  softLimit: 1,     // bytes in a send queue above which its client is slow
  states: [],       // the names of the states, by number
  figures: null,    // the sums of this moment
  rates: { delivered: 0, received: 0, rounds: 0, sends: 0, batches: 0 },
  curve: [],        // deliveries per second: [milliseconds, value]
  clients: new Map(),
  channels: new Map(),
  stopping: false,
};

const curveMilliseconds = 60_000;
const rateMilliseconds = 1_000; // a rate of less time would jump with each message
let past = []; // the sums of the last second: [milliseconds, sums]; the first may be a little older

export const isSlow = client => client.congested;
export const isWaiting = client => model.states[client.state] === 'Waiting';

/** A new stream begins with everything. */
export function forget() {
  model.clients.clear();
  model.channels.clear();
  model.figures = null;
  model.at = undefined;
  model.curve = [];
  past = [];
}

export function apply(event) {
  model.texts = event.texts ?? model.texts;
  model.softLimit = event.softLimit ?? model.softLimit;
  model.states = event.states ?? model.states;
  model.stopping = event.stopping;
  event.channelsGone.forEach(id => model.channels.delete(id));
  event.channels.forEach(([id, name]) => model.channels.set(id, { id, name }));
  event.rowsGone.forEach(id => model.clients.delete(id));
  for (const [id, name, channel, state, waitsFor, member, partial, queued, congested] of event.rows) {
    model.clients.set(id, { id, name, channel, state, waitsFor, member, partial, queued, congested: congested === 1 });
  }

  measure(event);
}

function measure(event) {
  const figures = event.figures ?? model.figures; // not sent where nothing has changed
  while (past.length > 1 && past[1][0] <= event.at - rateMilliseconds) {
    past.shift();
  }

  if (past.length > 0 && event.at > past[0][0]) {
    const [at, before] = past[0];
    for (const name of Object.keys(model.rates)) {
      model.rates[name] = (figures[name] - before[name]) / (event.at - at) * 1000;
    }
    model.curve.push([event.at, model.rates.delivered]);
    model.curve = model.curve.filter(([at]) => at > event.at - curveMilliseconds);
  }

  past.push([event.at, figures]);
  model.at = event.at;
  model.figures = figures;
}
