// What the server has told: the first event has everything, each later one what has changed.

export const model = {
  texts: false,     // whether the server shows what people wrote
  states: [],       // the names of the states, by number
  figures: null,    // the sums of this moment
  rates: { delivered: 0, received: 0, rounds: 0, sends: 0, batches: 0 },
  curve: [],        // deliveries per second: [milliseconds, value]
  clients: new Map(),
  channels: new Map(),
  stopping: false,
};

const curveMilliseconds = 60_000;

export const isSlow = client => client.congested;
export const isWaiting = client => model.states[client.state] === 'Waiting';

/** A new stream begins with everything. */
export function forget() {
  model.clients.clear();
  model.channels.clear();
  model.figures = null;
  model.at = undefined;
  model.curve = [];
}

export function apply(event) {
  model.texts = event.texts ?? model.texts;
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
  const before = model.figures;
  const figures = event.figures ?? before; // not sent where nothing has changed
  const seconds = (event.at - model.at) / 1000;
  if (before && seconds > 0) {
    for (const name of Object.keys(model.rates)) {
      model.rates[name] = (figures[name] - before[name]) / seconds;
    }
    model.curve.push([event.at, model.rates.delivered]);
    model.curve = model.curve.filter(([at]) => at > event.at - curveMilliseconds);
  }

  model.at = event.at;
  model.figures = figures;
}
