// The channels and who is in them. Bounded: of a large channel only the first members are shown, the slow ones before the others.

import { isSlow, model } from '/model.js';
import { settings } from '/settings.js';

const mostChannels = 60;
const mostMembers = 40;

export const nameOf = client => client.name ?? settings.texts.clientNumber(client.id);
export const channelName = id => id === 0 ? '' : model.channels.get(id)?.name ?? settings.texts.channelNumber(id);

export function drawChannels() {
  const { texts } = settings;
  const list = document.getElementById('channels');
  const members = new Map();
  for (const client of model.clients.values()) {
    if (client.channel !== 0) {
      const others = members.get(client.channel);
      if (others) {
        others.push(client);
      } else {
        members.set(client.channel, [client]);
      }
    }
  }

  const shown = [...model.channels.values()]
    .sort((a, b) => (members.get(b.id)?.length ?? 0) - (members.get(a.id)?.length ?? 0) || a.id - b.id)
    .slice(0, mostChannels);
  const items = shown.map(channel => channelItem(channel, members.get(channel.id) ?? []));
  if (model.channels.size > shown.length) {
    items.push(textItem(texts.more(model.channels.size - shown.length)));
  }

  list.replaceChildren(...(items.length ? items : [textItem(texts.noChannels)]));
}

function channelItem(channel, members) {
  const { texts } = settings;
  const item = document.createElement('li');
  item.dataset.channel = channel.id;
  const heading = item.appendChild(document.createElement('h3'));
  heading.appendChild(document.createElement('bdi')).textContent = channelName(channel.id);
  item.appendChild(noteOf(texts.members(members.length)));
  const list = item.appendChild(document.createElement('ul'));
  list.className = 'members';
  members.sort((a, b) => isSlow(b) - isSlow(a) || a.id - b.id);
  for (const client of members.slice(0, mostMembers)) {
    const member = list.appendChild(textItem(nameOf(client)));
    member.classList.toggle('slow', isSlow(client));
  }
  if (members.length > mostMembers) {
    list.appendChild(textItem(texts.more(members.length - mostMembers)));
  }

  return item;
}

function noteOf(text) {
  const note = document.createElement('span');
  note.className = 'note';
  note.textContent = text;
  return note;
}

/** Text only, whatever it holds; isolated, so that its direction changes nothing around it. */
function textItem(text) {
  const item = document.createElement('li');
  item.appendChild(document.createElement('bdi')).textContent = text;
  return item;
}
