/* A chat client that waits for its input and its server at the same time. */
#include <netdb.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define FRAME 200

static int server = -1;

static void send_frame(const char *text, int length) {
  char frame[FRAME];
  memset(frame, ' ', FRAME);
  memcpy(frame, text, length);
  for (int sent = 0, count; sent < FRAME; sent += count)
    if ((count = send(server, frame + sent, FRAME - sent, MSG_NOSIGNAL)) <= 0) return;
}

static void prompt(void) {
  printf("[Me] ");
  fflush(stdout);
}

static void send_line(const char *line, int length) {
  while (length > 0 && strchr(" \t\r\n", line[length - 1])) length--;
  for (int at = 0; at < length; at += FRAME) send_frame(line + at, length - at < FRAME ? length - at : FRAME);
  prompt();
}

static void show(const char *frame) {
  int length = FRAME;
  while (length > 0 && strchr(" \t\r\n", frame[length - 1])) length--;
  if (length == 0) return;
  printf("\r    \r%.*s\n", length, frame);
  prompt();
}

static int connect_to(const char *host, const char *port) {
  struct addrinfo hints = { .ai_socktype = SOCK_STREAM }, *all, *one;
  if (getaddrinfo(host, port, &hints, &all)) return 0;
  for (one = all; one; one = one->ai_next) {
    server = socket(one->ai_family, one->ai_socktype, one->ai_protocol);
    if (server >= 0 && !connect(server, one->ai_addr, one->ai_addrlen)) return 1;
    close(server);
  }
  return 0;
}

int main(int argc, char **argv) {
  static char line[1 << 16], frame[FRAME];
  int length = 0, got = 0, has_input = 1;
  if (argc < 4) return 2;
  if (!connect_to(argv[2], argv[3])) {
    printf("Unable to connect to %s:%s\n", argv[2], argv[3]);
    return 1;
  }
  send_frame(argv[1], strlen(argv[1]));
  prompt();
  for (;;) {
    struct pollfd places[2] = { { .fd = server, .events = POLLIN }, { .fd = has_input ? 0 : -1, .events = POLLIN } };
    char bytes[8192];
    if (poll(places, 2, -1) < 0) continue;
    if (places[0].revents) {
      ssize_t count = recv(server, bytes, sizeof bytes, 0);
      for (ssize_t i = 0; i < count; i++) {
        frame[got++] = bytes[i];
        if (got == FRAME) {
          show(frame);
          got = 0;
        }
      }
      if (count <= 0) {
        if (!has_input) return 0;
        printf("\r    \rServer at %s:%s has disconnected\n", argv[2], argv[3]);
        return 1;
      }
    }
    if (places[1].revents) {
      ssize_t count = read(0, bytes, sizeof bytes);
      for (ssize_t i = 0; i < count; i++) {
        if (bytes[i] == '\n' || length == sizeof line) {
          send_line(line, length);
          length = 0;
        } else {
          line[length++] = bytes[i];
        }
      }
      if (count <= 0) {
        has_input = 0;
        shutdown(server, SHUT_WR);
      }
    }
  }
}
