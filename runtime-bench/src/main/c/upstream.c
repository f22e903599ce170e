// The upstream that the server polls: keep-alive HTTP/1.1 with a stack document and reconciles.
//
// Every stage of a stack changes with each change. A poll keeps the number that its stack document was read under, and
// the last stage carries it as "mark", so that the mark arrives after all other events of the change. Mark 0 is in the
// first snapshot: a client that has it is ready.
#include "bench.h"
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

struct exchange { int fd, length; char bytes[4096]; };
static int polled[MAX_STACKS];

static int document(char *out, size_t size, int stack) {
  int n = snprintf(out, size, "{\"data\":{\"stack\":{\"id\":\"s%d-%lx\",\"name\":\"Bench\",\"stages\":[", stack, options.run);
  for (int s = 1; s <= options.stages; s++)
    n += snprintf(out + n, size - n, "%s{\"id\":\"stage-%d\",\"title\":\"Stage %d\",\"status\":\"in-progress\"}",
                  s > 1 ? "," : "", s, s);
  return n + snprintf(out + n, size - n, "]}}}");
}

static int runtime(char *out, size_t size, int stack, int stage) {
  int change = polled[stack], last = stage == options.stages;
  if (last && change > 0 && measured.served[stack][change] == 0) measured.served[stack][change] = seconds();
  int n = snprintf(out, size, "{\"data\":{\"stageStatus\":\"in-progress\",\"runtimeState\":\"busy\","
                   "\"todoCompleted\":%d,\"todoTotal\":100000", change);
  if (last) n += snprintf(out + n, size - n, ",\"mark\":%d", change);
  return n + snprintf(out + n, size - n, "}}");
}

static void answer(int fd, const char *request) {
  static char body[16384], head[128];
  int stack = -1, stage = 0, length;
  const char *at = strstr(request, "/api/stacks/s");
  if (at) stack = atoi(at + strlen("/api/stacks/s"));
  const char *of = strstr(request, "/stages/stage-");
  if (of) stage = atoi(of + strlen("/stages/stage-"));
  const char *status = "200 OK";
  measured.calls++;
  if (stack < 0 || stack >= options.stacks) {
    status = "404 Not Found";
    length = snprintf(body, sizeof body, "{\"error\":{\"code\":\"not-found\",\"message\":\"Stack not found.\"}}");
  } else if (!strncmp(request, "POST", 4)) {
    length = runtime(body, sizeof body, stack, stage);
  } else {
    polled[stack] = measured.current;
    length = document(body, sizeof body, stack);
  }
  int h = snprintf(head, sizeof head, "HTTP/1.1 %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n", status, length);
  memmove(body + h, body, length);
  memcpy(body, head, h);
  if (write(fd, body, h + length) != h + length) fprintf(stderr, "upstream: short write\n");
}

static int serve(struct exchange *x) {
  ssize_t got = read(x->fd, x->bytes + x->length, sizeof x->bytes - 1 - x->length);
  if (got < 0 && errno == EAGAIN) return 1;
  if (got <= 0) return 0;
  x->length += got;
  x->bytes[x->length] = 0;
  for (char *end; (end = strstr(x->bytes, "\r\n\r\n"));) {
    end += 4;
    char next = *end;
    *end = 0;
    answer(x->fd, x->bytes);
    *end = next;
    x->length -= end - x->bytes;
    memmove(x->bytes, end, x->length + 1);
  }
  return x->length < (int)sizeof x->bytes - 1;
}

static int listening(void) {
  int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), on = 1;
  setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  struct sockaddr_in at = {.sin_family = AF_INET, .sin_port = htons(options.upstream_port)};
  inet_pton(AF_INET, "127.0.0.1", &at.sin_addr);
  if (bind(fd, (struct sockaddr *)&at, sizeof at) || listen(fd, 512)) fail("upstream: listen");
  return fd;
}

static void watch(int poll, int fd) {
  struct exchange *x = calloc(1, sizeof *x);
  if (!x) fail("memory");
  x->fd = fd;
  int on = 1;
  setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  struct epoll_event e = {.events = EPOLLIN, .data.ptr = x};
  epoll_ctl(poll, EPOLL_CTL_ADD, fd, &e);
}

static void advance(double *began) {
  if (!measured.started) return;
  if (*began == 0) *began = seconds();
  int change = (int)((seconds() - *began) * 1000 / options.rate_ms) + 1, all = options.warmup + options.changes;
  // Two more turns, so that the last change arrives before the end.
  if (change > all + 2) measured.finished = 1;
  if (change > all) change = all;
  if (change != measured.current) change_began(change);
}

void *serve_upstream(void *unused) {
  (void)unused;
  int listener = listening(), poll = epoll_create1(0);
  struct epoll_event e = {.events = EPOLLIN, .data.ptr = NULL}, ready[256];
  epoll_ctl(poll, EPOLL_CTL_ADD, listener, &e);
  for (double began = 0; !measured.finished;) {
    int n = epoll_wait(poll, ready, 256, 10);
    advance(&began);
    for (int i = 0; i < n; i++) {
      struct exchange *x = ready[i].data.ptr;
      if (!x) {
        for (int fd; (fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK)) >= 0;) watch(poll, fd);
      } else if (!serve(x)) {
        close(x->fd);
        free(x);
      }
    }
  }
  return NULL;
}

// Drives a floor: one POST per change with the frames that it is to write, as long as the server's.
void *post_changes(void *unused) {
  (void)unused;
  static char body[65536], head[256], reply[1024];
  while (!measured.started && !measured.finished) usleep(1000);
  int fd = dial(-1);
  double began = seconds();
  for (int change = 1; change <= options.warmup + options.changes && !measured.finished; change++) {
    double wait = began + (change - 1) * options.rate_ms / 1e3 - seconds();
    if (wait > 0) usleep((useconds_t)(wait * 1e6));
    int n = 0;
    for (int s = 1; s <= options.stages; s++) {
      n += snprintf(body + n, sizeof body - n, "id: 29qg1j33rwui-%d\nevent: stage-runtime\ndata: {\"stackId\":\"s0-%lx\",\"stageId\":\"stage-%d\","
                    "\"runtime\":{\"stageStatus\":\"in-progress\",\"runtimeState\":\"busy\",\"todoCompleted\":%d,\"todoTotal\":100000",
                    change * options.stages + s, options.run, s, change);
      if (s == options.stages) n += snprintf(body + n, sizeof body - n, ",\"mark\":%d", change);
      n += snprintf(body + n, sizeof body - n, "},\"observedAt\":\"2026-01-01T00:00:00.000Z\"}\n\n");
    }
    int h = snprintf(head, sizeof head, "POST / HTTP/1.1\r\nContent-Length: %d\r\n\r\n", n);
    change_began(change);
    measured.served[0][change] = seconds();
    memmove(body + h, body, n);
    memcpy(body, head, h);
    if (write(fd, body, h + n) != h + n || read(fd, reply, sizeof reply) <= 0) fail("floor: POST");
  }
  usleep((useconds_t)options.rate_ms * 2000);
  measured.finished = 1;
  return NULL;
}
