// Load for a server on this machine: serves its upstream, opens streams, makes changes at a fixed rate, and measures
// how each reaches the clients. Loopback only, and it ends by itself. README.md describes its options and its figures.
#include "bench.h"
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#ifndef IP_BIND_ADDRESS_NO_PORT
#define IP_BIND_ADDRESS_NO_PORT 24
#endif
#define CLIENTS_PER_ADDRESS 15000

struct options options = {.host = "127.0.0.1", .clients = 100, .stacks = 1, .stages = 1, .changes = 100, .warmup = 0,
                          .rate_ms = 400, .settle_s = 4, .limit_s = 300};
struct measured measured;

double seconds(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec + t.tv_nsec / 1e9;
}

void fail(const char *what) {
  perror(what);
  exit(2);
}

double cpu_seconds(int pid) {
  char path[64], line[1024];
  unsigned long user = 0, kernel = 0;
  snprintf(path, sizeof path, "/proc/%d/stat", pid);
  FILE *file = fopen(path, "r");
  if (!file || !fgets(line, sizeof line, file)) fail(path);
  fclose(file);
  char *name_end = strrchr(line, ')');
  if (!name_end || sscanf(name_end + 2, "%*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu", &user, &kernel) != 2) fail(path);
  return (double)(user + kernel) / sysconf(_SC_CLK_TCK);
}

double write_calls(int pid) {
  char path[64], line[128];
  long calls = -1;
  snprintf(path, sizeof path, "/proc/%d/io", pid);
  FILE *file = fopen(path, "r");
  if (!file) fail(path);
  while (calls < 0 && fgets(line, sizeof line, file)) sscanf(line, "syscw: %ld", &calls);
  fclose(file);
  if (calls < 0) fail(path);
  return calls;
}

double resident_kb(int pid) {
  char path[64];
  long pages = 0;
  snprintf(path, sizeof path, "/proc/%d/statm", pid);
  FILE *file = fopen(path, "r");
  if (!file || fscanf(file, "%*d %ld", &pages) != 1) fail(path);
  fclose(file);
  return pages * (sysconf(_SC_PAGESIZE) / 1024.0);
}

int dial(int client) {
  int fd = socket(AF_INET, SOCK_STREAM, 0), on = 1;
  if (fd < 0) fail("socket");
  setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  if (client >= 0) {
    struct sockaddr_in from = {.sin_family = AF_INET};
    from.sin_addr.s_addr = htonl(INADDR_LOOPBACK + 1 + client / CLIENTS_PER_ADDRESS);
    setsockopt(fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &on, sizeof on);
    if (bind(fd, (struct sockaddr *)&from, sizeof from)) fail("bind");
  }
  struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(options.port)};
  inet_pton(AF_INET, options.host, &to.sin_addr);
  if (connect(fd, (struct sockaddr *)&to, sizeof to)) fail("connect");
  return fd;
}

void change_began(int change) {
  if (change == options.warmup + 1) {
    measured.cpu_start = cpu_seconds(options.pid);
    measured.writes_start = write_calls(options.pid);
    measured.calls_start = measured.calls;
    measured.time_start = seconds();
  }
  measured.current = change;
}

static int *number_option(const char *name) {
  struct { const char *name; int *value; } all[] = {
      {"--port", &options.port},       {"--upstream", &options.upstream_port}, {"--clients", &options.clients},
      {"--stacks", &options.stacks},   {"--stages", &options.stages},          {"--changes", &options.changes},
      {"--warmup", &options.warmup},   {"--rate-ms", &options.rate_ms},        {"--idle", &options.idle_s},
      {"--limit", &options.limit_s},   {"--pid", &options.pid},             {"--settle", &options.settle_s},
      {"--serve", &options.serve_s}};
  for (size_t i = 0; i < sizeof all / sizeof *all; i++)
    if (!strcmp(all[i].name, name)) return all[i].value;
  fprintf(stderr, "Unknown option %s\n", name);
  exit(2);
}

static void read_options(int count, char **args) {
  for (int i = 1; i < count; i++) {
    if (!strcmp(args[i], "--ws")) options.websocket = 1;
    else if (!strcmp(args[i], "--small")) options.small = 1, options.stacks = 2;
    else if (i + 1 == count) fprintf(stderr, "%s needs a value\n", args[i]), exit(2);
    else if (!strcmp(args[i], "--host")) options.host = args[++i];
    else {
      int *value = number_option(args[i]);
      *value = atoi(args[++i]);
    }
  }
  struct in_addr host;
  if (inet_pton(AF_INET, options.host, &host) != 1 || ntohl(host.s_addr) >> 24 != 127) {
    fprintf(stderr, "--host must be a loopback address (127.0.0.0/8); it is '%s'\n", options.host);
    exit(2);
  }
  int loads = !options.serve_s;
  if (options.clients < 1 || options.stacks < 1 || options.stacks > MAX_STACKS || options.stages < 1
      || options.stages > MAX_STAGES || options.changes < 1 || options.warmup < 0 || options.rate_ms < 1
      || options.warmup + options.changes > MAX_CHANGES || options.limit_s < 1 || (loads ? !options.port || !options.pid : !options.upstream_port)) {
    fprintf(stderr, "An option is missing or out of its range; --port and --pid are required, --upstream with --serve\n");
    exit(2);
  }
}

int main(int count, char **args) {
  read_options(count, args);
  options.run = time(NULL);
  alarm(options.serve_s ? options.serve_s : options.limit_s);  // SIGALRM ends the process, whatever it waits for
  if (options.serve_s) serve_upstream(NULL);
  struct rlimit files;
  getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = files.rlim_max;
  setrlimit(RLIMIT_NOFILE, &files);
  pthread_t driver;
  if (pthread_create(&driver, NULL, options.upstream_port ? serve_upstream : post_changes, NULL)) fail("thread");
  run_clients();
}
