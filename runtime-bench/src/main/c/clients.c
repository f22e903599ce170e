// The clients: one epoll loop that opens the streams, looks for marks in what arrives, and reports.
#include "bench.h"
#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#define WINDOW 256  // streams that wait for their first bytes at once
static const char MARK[] = "\"mark\":";
enum { MARK_LENGTH = sizeof MARK - 1, TAIL = 24 };

struct client { int fd, answered, kept, last; char tail[TAIL]; };
static struct client *clients;
static int reached[MAX_CHANGES + 1], answered, refused, lost, ready;
static double last_receipt[MAX_CHANGES + 1];
static float *latencies, *small_latencies;
static long latency_count, small_count;

int stack_of(int client) { return options.small ? client == 0 : client % options.stacks; }

static void received(int index, int change, double at) {
  if (change > options.warmup + options.changes) return;
  double served = measured.served[stack_of(index)][change];
  if (served == 0 || change <= options.warmup) return;
  float ms = (float)((at - served) * 1e3);
  if (options.small && index == 0) {
    small_latencies[small_count++] = ms;
    return;
  }
  reached[change]++;
  if (ms > last_receipt[change]) last_receipt[change] = ms;
  latencies[latency_count++] = ms;
}

// A number counts once the character after it has arrived.
static void scan(int index, char *bytes, int length, double at) {
  struct client *c = &clients[index];
  char *from = bytes, *end = bytes + length;
  for (char *hit; (hit = memmem(from, end - from, MARK, MARK_LENGTH));) {
    char *digit = hit + MARK_LENGTH;
    int value = 0;
    while (digit < end && *digit >= '0' && *digit <= '9') value = value * 10 + *digit++ - '0';
    if (digit == end) {
      from = hit;
      break;
    }
    if (c->last < 0) ready++;
    if (value > c->last) received(index, c->last = value, at);
    from = digit;
  }
  int left = (int)(end - from);
  if (left >= TAIL) from = end - (TAIL - 1);
  c->kept = (int)(end - from);
  memcpy(c->tail, from, c->kept);
}

static void open_stream(int poll, int index) {
  static char request[512];
  int n = snprintf(request, sizeof request, "GET /api/stacks/s%d-%lx/runtime/%s HTTP/1.1\r\nHost: %s:%d\r\n%s\r\n",
                   stack_of(index), options.run, options.websocket ? "ws" : "stream", options.host, options.port,
                   options.websocket ? "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                                       "Sec-WebSocket-Key: c3RhY2tlZC1ydW50aW1lLg==\r\n" : "Accept: text/event-stream\r\n");
  int fd = clients[index].fd = dial(index);
  if (write(fd, request, n) != n) fail("open stream");
  fcntl(fd, F_SETFL, O_NONBLOCK);
  struct epoll_event e = {.events = EPOLLIN, .data.u32 = index};
  epoll_ctl(poll, EPOLL_CTL_ADD, fd, &e);
}

// A server pings with each heartbeat, and closes a WebSocket whose client does not answer. If this fails, so does the
// next read.
static void answer_ping(int fd, const char *bytes, size_t length) {
  static const char PONG[] = {(char)0x8a, (char)0x80, 0, 0, 0, 0};
  if (memmem(bytes, length, "\"heartbeat\"", 11)) send(fd, PONG, sizeof PONG, MSG_NOSIGNAL);
}

static void take(int index) {
  static char buffer[1 << 17];
  struct client *c = &clients[index];
  memcpy(buffer, c->tail, c->kept);
  ssize_t got = read(c->fd, buffer + c->kept, sizeof buffer - c->kept);
  if (got < 0 && errno == EAGAIN) return;
  if (got <= 0) {
    lost++;
    close(c->fd);
    return;
  }
  if (!c->answered) {
    c->answered = 1;
    answered++;
    if (memcmp(buffer, options.websocket ? "HTTP/1.1 101" : "HTTP/1.1 200", 12) && !refused++)
      fprintf(stderr, "refused: %.60s\n", buffer);
  }
  double at = seconds();
  if (options.websocket) answer_ping(c->fd, buffer + c->kept, got);
  scan(index, buffer, c->kept + (int)got, at);
}

static void receive(int poll, int wait_ms) {
  static struct epoll_event ready[4096];
  int n = epoll_wait(poll, ready, 4096, wait_ms);
  for (int i = 0; i < n; i++) take(ready[i].data.u32);
}

static int ascending(const void *a, const void *b) {
  float x = *(const float *)a, y = *(const float *)b;
  return (x > y) - (x < y);
}

static float quantile(float *values, long count, double q) {
  if (!count) return NAN;
  qsort(values, count, sizeof *values, ascending);
  return values[(long)ceil(q * count) - 1 < 0 ? 0 : (long)ceil(q * count) - 1];
}

static int report(double connect_s, double kb_per_stream) {
  int expected = options.clients - options.small, complete = 0;
  static float last[MAX_CHANGES + 1];
  for (int c = 1; c <= options.changes; c++) {
    complete += reached[options.warmup + c] == expected;
    last[c - 1] = (float)last_receipt[options.warmup + c];
  }
  double elapsed = seconds() - measured.time_start, cpu = cpu_seconds(options.pid) - measured.cpu_start;
  double writes = write_calls(options.pid) - measured.writes_start;
  double pairs = (double)options.changes * options.clients;
  printf("clients=%d stages=%d connect_s=%.2f refused=%d lost=%d changes=%d complete=%d p50_ms=%.2f p99_ms=%.2f max_ms=%.2f"
         " last_ms=%.2f us_per_event=%.2f us_per_change_client=%.2f writes_per_change_client=%.2f kb_per_stream=%.2f calls_per_s=%.1f",
         options.clients, options.stages, connect_s, refused, lost, options.changes, complete,
         quantile(latencies, latency_count, .5), quantile(latencies, latency_count, .99), quantile(latencies, latency_count, 1),
         quantile(last, options.changes, .5), cpu * 1e6 / pairs / options.stages, cpu * 1e6 / pairs, writes / pairs, kb_per_stream,
         (measured.calls - measured.calls_start) / elapsed);
  if (options.small)
    printf(" small_received=%ld small_p50_ms=%.2f small_p99_ms=%.2f small_max_ms=%.2f", small_count,
           quantile(small_latencies, small_count, .5), quantile(small_latencies, small_count, .99),
           quantile(small_latencies, small_count, 1));
  printf("\n");
  if (!refused && !lost && complete == options.changes && (!options.small || small_count == options.changes)) return 0;
  fprintf(stderr, "Incomplete: %d of %d changes reached every client\n", complete, options.changes);
  return 1;
}

static int idle(int poll, double connect_s, double kb_per_stream) {
  double cpu = cpu_seconds(options.pid), began = seconds();
  long calls = measured.calls;
  while (seconds() < began + options.idle_s) receive(poll, 20);
  double elapsed = seconds() - began, used = cpu_seconds(options.pid) - cpu;
  printf("clients=%d connect_s=%.2f refused=%d lost=%d idle_us_per_stream_s=%.2f kb_per_stream=%.2f calls_per_s=%.1f us_per_call=%.1f\n",
         options.clients, connect_s, refused, lost, used * 1e6 / elapsed / options.clients, kb_per_stream,
         (measured.calls - calls) / elapsed, used * 1e6 / (measured.calls - calls));
  return refused || lost;
}

void run_clients(void) {
  int poll = epoll_create1(0);
  long most = (long)options.clients * options.changes;
  clients = calloc(options.clients, sizeof *clients);
  latencies = calloc(most, sizeof *latencies);
  small_latencies = calloc(options.changes, sizeof *small_latencies);
  if (!clients || !latencies || !small_latencies) fail("memory");
  double before = resident_kb(options.pid), began = seconds();
  for (int i = 0; i < options.clients; i++) clients[i].last = -1;
  for (int opened = 0; answered < options.clients || (options.upstream_port && ready < options.clients);) {
    while (opened < options.clients && opened - answered < WINDOW) open_stream(poll, opened++);
    receive(poll, 10);
    if (refused || lost) {
      fprintf(stderr, "Of %d streams %d were refused and %d lost\n", opened, refused, lost);
      exit(1);
    }
  }
  double connect_s = seconds() - began;
  for (double until = seconds() + options.settle_s; seconds() < until;) receive(poll, 10);
  double kb = (resident_kb(options.pid) - before) / options.clients;
  if (options.idle_s) exit(idle(poll, connect_s, kb));
  measured.started = 1;
  while (!measured.finished) receive(poll, 10);
  exit(report(connect_s, kb));
}
