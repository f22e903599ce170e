// Shared by the load generator's files: its options, and the data that its two threads exchange.
#pragma once
#define _GNU_SOURCE
#include <stdatomic.h>

#define MAX_STACKS 4096
#define MAX_CHANGES 2000
#define MAX_STAGES 64

struct options {
  const char *host;    // a loopback address; any other is refused
  int port;            // of the server under test
  int upstream_port;   // where to serve the server's upstream; 0: drive a floor by POST instead
  int clients, stacks, stages, changes, warmup, rate_ms, settle_s, idle_s, limit_s;
  int websocket, small;
  int serve_s;         // only serve the upstream, for this many seconds
  int pid;             // of the server under test
  long run;            // part of every stack id: a server that runs on has no state of this run's stacks
};

struct measured {
  _Atomic double served[MAX_STACKS][MAX_CHANGES + 1];  // when a stack's change was first served; 0: not yet
  _Atomic int current, started, finished;
  _Atomic long calls;
  double cpu_start, writes_start, calls_start, time_start;  // when the first measured change was made
};

extern struct options options;
extern struct measured measured;

double seconds(void);
_Noreturn void fail(const char *what);
double cpu_seconds(int pid);
double write_calls(int pid);     // write(2) and its relatives, since the process began
double resident_kb(int pid);
int dial(int client);            // client -1: from no particular address; blocking
void *serve_upstream(void *unused);
void *post_changes(void *unused);
void run_clients(void);
int stack_of(int client);
void change_began(int change);   // counts from the first measured change
