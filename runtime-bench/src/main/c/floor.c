// The floor: the minimal work of a fan-out over TCP. One thread; the body of each POST goes to every subscriber with
// one write(2). Loopback only; exits after the given number of seconds.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#define MAX_SUBSCRIBERS 100000
static int subscribers[MAX_SUBSCRIBERS], count;

static void subscribe(int fd) {
  static const char head[] = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\nretry: 3000\n: connected\n";
  if (count == MAX_SUBSCRIBERS || write(fd, head, sizeof head - 1) < 0) close(fd);
  else subscribers[count++] = fd;
}

static void leave(int fd) {
  for (int i = 0; i < count; i++)
    if (subscribers[i] == fd) subscribers[i--] = subscribers[--count];
  close(fd);
}

static void publish(int fd, const char *body, size_t length) {
  static const char done[] = "HTTP/1.1 204 No Content\r\n\r\n";
  for (int i = 0; i < count; i++)
    if (write(subscribers[i], body, length) != (ssize_t)length) fprintf(stderr, "floor: short write\n");
  if (write(fd, done, sizeof done - 1) < 0) perror("floor: answer");
}

static void request(int fd) {
  static char bytes[1 << 17];
  ssize_t got = read(fd, bytes, sizeof bytes - 1);
  if (got <= 0) {
    leave(fd);
    return;
  }
  bytes[got] = 0;
  if (!strncmp(bytes, "GET ", 4)) {
    subscribe(fd);
    return;
  }
  char *body = strstr(bytes, "\r\n\r\n"), *length = strstr(bytes, "Content-Length: ");
  if (!body || !length) {
    leave(fd);
    return;
  }
  body += 4;
  size_t wanted = strtoul(length + 16, NULL, 10);
  while ((size_t)(bytes + got - body) < wanted && got < (ssize_t)sizeof bytes - 1) {
    ssize_t more = read(fd, bytes + got, sizeof bytes - 1 - got);
    if (more > 0) got += more;
    else if (more == 0) return leave(fd);
  }
  publish(fd, body, wanted);
}

int main(int args, char **arg) {
  if (args != 3) return fprintf(stderr, "usage: floor PORT SECONDS\n"), 2;
  alarm(atoi(arg[2]));
  struct rlimit files;
  getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = files.rlim_max;
  setrlimit(RLIMIT_NOFILE, &files);
  int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), on = 1, poll = epoll_create1(0);
  setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  struct sockaddr_in at = {.sin_family = AF_INET, .sin_port = htons(atoi(arg[1]))};
  at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (bind(listener, (struct sockaddr *)&at, sizeof at) || listen(listener, 4096)) return perror("floor: listen"), 2;
  struct epoll_event e = {.events = EPOLLIN, .data.fd = listener}, ready[512];
  epoll_ctl(poll, EPOLL_CTL_ADD, listener, &e);
  for (;;) {
    int n = epoll_wait(poll, ready, 512, -1);
    for (int i = 0; i < n; i++) {
      if (ready[i].data.fd != listener) {
        request(ready[i].data.fd);
        continue;
      }
      for (int fd; (fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK)) >= 0;) {
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        struct epoll_event c = {.events = EPOLLIN, .data.fd = fd};
        epoll_ctl(poll, EPOLL_CTL_ADD, fd, &c);
      }
    }
  }
}
