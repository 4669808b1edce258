/* A chat server with one loop around poll. */
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define FRAME 200
#define MOST 500
#define QUEUE (1 << 20)

struct client {
  int fd, is_named, is_gone, channel, got;
  char name[FRAME + 1], in[FRAME], *out;
  size_t queued;
};

static struct client clients[MOST];
static char channels[MOST][FRAME + 1];
static int channel_count;

static void say(struct client *client, const char *text) {
  size_t length = strlen(text);
  if (client->is_gone) return;
  if (client->queued + FRAME > QUEUE) {
    client->is_gone = 1; /* it does not read */
    return;
  }
  memset(client->out + client->queued, ' ', FRAME);
  memcpy(client->out + client->queued, text, length < FRAME ? length : FRAME);
  client->queued += FRAME;
}

static void tell(const struct client *about, const char *text) {
  for (int i = 0; i < MOST; i++)
    if (clients[i].fd >= 0 && &clients[i] != about && clients[i].channel == about->channel) say(&clients[i], text);
}

static void leave(struct client *client) {
  char text[2 * FRAME];
  if (client->channel < 0) return;
  snprintf(text, sizeof text, "%s has left", client->name);
  tell(client, text);
  client->channel = -1;
}

static int find(const char *name) {
  for (int i = 0; i < channel_count; i++)
    if (!strcmp(channels[i], name)) return i;
  return -1;
}

static void obey(struct client *client, char *text) {
  char answer[3 * FRAME], *word = strtok(text, " \t"), *name = strtok(NULL, " \t");
  int found = name ? find(name) : -1;
  if (!strcmp(word, "/list")) {
    for (int i = 0; i < channel_count; i++) say(client, channels[i]);
  } else if (!strcmp(word, "/create") && !name) {
    say(client, "/create command must be followed by the name of a channel to create");
  } else if (!strcmp(word, "/create") && found >= 0) {
    snprintf(answer, sizeof answer, "Room %s already exists, so cannot be created.", name);
    say(client, answer);
  } else if (!strcmp(word, "/create") && channel_count < MOST) {
    leave(client);
    snprintf(channels[channel_count], FRAME + 1, "%s", name);
    client->channel = channel_count++;
  } else if (!strcmp(word, "/join") && !name) {
    say(client, "/join command must be followed by the name of a channel to join.");
  } else if (!strcmp(word, "/join") && found < 0) {
    snprintf(answer, sizeof answer, "No channel named %s exists. Try '/create %s'?", name, name);
    say(client, answer);
  } else if (!strcmp(word, "/join")) {
    leave(client);
    client->channel = found;
    snprintf(answer, sizeof answer, "%s has joined", client->name);
    tell(client, answer);
  } else {
    snprintf(answer, sizeof answer, "%s is not a valid control message. Valid messages are /create, /list, and /join.", word);
    say(client, answer);
  }
}

static void handle(struct client *client) {
  char text[FRAME + 1], message[3 * FRAME];
  int length = FRAME;
  while (length > 0 && strchr(" \t\r\n", client->in[length - 1])) length--;
  memcpy(text, client->in, length);
  text[length] = 0;
  if (!client->is_named) {
    strcpy(client->name, text);
    client->is_named = 1;
  } else if (text[0] == '/') {
    obey(client, text);
  } else if (text[0] && client->channel < 0) {
    say(client, "Not currently in any channel. Must join a channel before sending messages.");
  } else if (text[0]) {
    snprintf(message, sizeof message, "[%s] %s", client->name, text);
    tell(client, message);
  }
}

static void receive(struct client *client) {
  char bytes[16384];
  ssize_t count = recv(client->fd, bytes, sizeof bytes, MSG_DONTWAIT);
  if (count < 0 && (errno == EAGAIN || errno == EINTR)) return;
  if (count <= 0) client->is_gone = 1;
  for (ssize_t i = 0; i < count; i++) {
    client->in[client->got++] = bytes[i];
    if (client->got == FRAME) {
      client->got = 0;
      handle(client);
    }
  }
}

static void flush(struct client *client) {
  ssize_t count = send(client->fd, client->out, client->queued, MSG_DONTWAIT | MSG_NOSIGNAL);
  if (count > 0) {
    memmove(client->out, client->out + count, client->queued - count);
    client->queued -= count;
  } else if (errno != EAGAIN && errno != EINTR) {
    client->is_gone = 1;
  }
}

static void welcome(int fd) {
  for (int i = 0; i < MOST; i++) {
    if (clients[i].fd < 0) {
      char *out = clients[i].out ? clients[i].out : malloc(QUEUE);
      clients[i] = (struct client){ .fd = fd, .channel = -1, .out = out };
      return;
    }
  }
  close(fd);
}

int main(int argc, char **argv) {
  int yes = 1, listener = socket(AF_INET, SOCK_STREAM, 0);
  struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons(argc > 1 ? atoi(argv[1]) : 0) };
  setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  if (bind(listener, (struct sockaddr *)&address, sizeof address) || listen(listener, 128)) {
    perror("cannot listen");
    return 1;
  }
  for (int i = 0; i < MOST; i++) clients[i].fd = -1;
  for (;;) {
    struct pollfd places[MOST + 1] = { { .fd = listener, .events = POLLIN } };
    for (int i = 0; i < MOST; i++)
      places[i + 1] = (struct pollfd){ .fd = clients[i].fd, .events = POLLIN | (clients[i].queued ? POLLOUT : 0) };
    if (poll(places, MOST + 1, -1) < 0) continue;
    for (int i = 0; i < MOST; i++)
      if (clients[i].fd >= 0 && places[i + 1].revents & (POLLIN | POLLHUP | POLLERR)) receive(&clients[i]);
    for (int i = 0; i < MOST; i++)
      if (clients[i].fd >= 0 && clients[i].queued && !clients[i].is_gone) flush(&clients[i]);
    for (int i = 0; i < MOST; i++) {
      if (clients[i].fd >= 0 && clients[i].is_gone) {
        close(clients[i].fd);
        clients[i].fd = -1;
        clients[i].queued = 0;
        leave(&clients[i]);
      }
    }
    if (places[0].revents) {
      int fd = accept(listener, NULL, NULL);
      if (fd >= 0) welcome(fd);
    }
  }
}
