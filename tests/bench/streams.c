/* Opens N event streams, sends R requests that make a happening, and measures the time from
 * each request to the last stream that has it. One thread, epoll. cc -O2 -o streams streams.c
 * streams PORT GET_FILE POST_FILE MARK N ROUNDS GAP_MS
 * GET_FILE, POST_FILE: whole requests; "########" in the second becomes a fresh number.
 * A ROUND line tells the clock at the request, so that the time of a commit can be subtracted.
 * When all are open it prints READY and waits for a line, so that memory can be read. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

typedef struct { int fd, state, round; } Conn; /* 0 connecting, 1 asked, 2 open, 3 closed */

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1e3 + t.tv_nsec / 1e6;
}
static double clock_ms(void) {
    struct timespec t;
    clock_gettime(CLOCK_REALTIME, &t);
    return t.tv_sec * 1e3 + t.tv_nsec / 1e6;
}
static int by_size(const void *a, const void *b) {
    double x = *(double *)a, y = *(double *)b;
    return x < y ? -1 : x > y;
}
static char *whole(const char *name, int *length) {
    FILE *f = fopen(name, "rb");
    if (!f) { perror(name); exit(1); }
    char *text = calloc(1, 1 << 16);
    *length = fread(text, 1, (1 << 16) - 1, f);
    fclose(f);
    return text;
}
static struct sockaddr_in place(int port) {
    struct sockaddr_in s = {0};
    s.sin_family = AF_INET; s.sin_port = htons(port); s.sin_addr.s_addr = htonl(0x7f000001);
    return s;
}
static int post(int port, const char *request, int length, int number) {
    struct sockaddr_in s = place(port);
    int fd = socket(AF_INET, SOCK_STREAM, 0), one = 1;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    if (connect(fd, (void *)&s, sizeof s)) { perror("post"); exit(1); }
    char *copy = malloc(length + 1), digits[16];
    memcpy(copy, request, length + 1);
    char *hole = strstr(copy, "########");
    if (hole) { snprintf(digits, sizeof digits, "%08d", number); memcpy(hole, digits, 8); }
    if (write(fd, copy, length) != length) perror("post");
    free(copy);
    fcntl(fd, F_SETFL, O_NONBLOCK);
    return fd;
}
int main(int c, char **v) {
    if (c < 8) { fprintf(stderr, "usage: see the source\n"); return 2; }
    int port = atoi(v[1]), n_get, n_post, N = atoi(v[5]), R = atoi(v[6]), gap = atoi(v[7]);
    char *get = whole(v[2], &n_get), *request = whole(v[3], &n_post), *mark = v[4];
    struct rlimit limit;
    getrlimit(RLIMIT_NOFILE, &limit); limit.rlim_cur = limit.rlim_max; setrlimit(RLIMIT_NOFILE, &limit);
    int ep = epoll_create1(0), opened = 0, started = 0, closed = 0;
    Conn *k = calloc(N, sizeof *k);
    struct epoll_event ev, *evs = malloc(sizeof *evs * 4096);
    static char buf[1 << 16];
    double t0 = now();
    while (opened + closed < N) {
        while (started < N && started - opened - closed < 128) {
            Conn *q = k + started;
            q->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
            struct sockaddr_in s = place(port);
            if (connect(q->fd, (void *)&s, sizeof s) && errno != EINPROGRESS) { perror("connect"); return 1; }
            ev.events = EPOLLOUT; ev.data.u32 = started;
            epoll_ctl(ep, EPOLL_CTL_ADD, q->fd, &ev);
            started++;
        }
        int n = epoll_wait(ep, evs, 4096, 60000);
        if (n <= 0) { fprintf(stderr, "stuck at %d of %d\n", opened, N); return 1; }
        for (int i = 0; i < n; i++) {
            Conn *q = k + evs[i].data.u32;
            if (q->state == 0) {
                if (write(q->fd, get, n_get) != n_get) { closed++; q->state = 3; continue; }
                q->state = 1; ev.events = EPOLLIN; ev.data.u32 = evs[i].data.u32;
                epoll_ctl(ep, EPOLL_CTL_MOD, q->fd, &ev);
            } else if (q->state == 1) {
                int r = read(q->fd, buf, sizeof buf - 1);
                if (r <= 0) { q->state = 3; closed++; close(q->fd); continue; }
                buf[r] = 0;
                if (strncmp(buf, "HTTP/1.1 200", 12)) { fprintf(stderr, "refused: %.80s\n", buf); return 1; }
                q->state = 2; opened++;
            } else if (q->state == 2 && read(q->fd, buf, sizeof buf) == 0) { q->state = 3; closed++; close(q->fd); }
        }
    }
    printf("READY open=%d closed=%d seconds=%.2f\n", opened, closed, (now() - t0) / 1e3);
    fflush(stdout);
    if (!fgets(buf, sizeof buf, stdin)) return 1;
    double *lat = malloc(8 * N), *p50 = malloc(8 * R), *p99 = malloc(8 * R), *last = malloc(8 * R);
    int lost = 0, base = (int)time(0) % 90000000;
    for (int r = 0; r < R; r++) {
        int got = 0, live = opened - closed;
        double at = clock_ms(), t = now();
        int fd = post(port, request, n_post, base + r);
        while (got < live) {
            int left = (int)(t + 20000 - now()), n = left > 0 ? epoll_wait(ep, evs, 4096, left) : 0;
            if (n <= 0) break;
            for (int i = 0; i < n; i++) {
                Conn *q = k + evs[i].data.u32;
                int m = read(q->fd, buf, sizeof buf - 1);
                if (m <= 0) { if (q->state == 2) { q->state = 3; closed++; live--; close(q->fd); } continue; }
                if (q->round <= r && memmem(buf, m, mark, strlen(mark))) { q->round = r + 1; lat[got++] = now() - t; }
            }
        }
        lost += live - got;
        qsort(lat, got, 8, by_size);
        p50[r] = got ? lat[got / 2] : -1; p99[r] = got ? lat[(int)(got * .99)] : -1; last[r] = got ? lat[got - 1] : -1;
        printf("ROUND number=%d at=%.3f p50=%.3f p99=%.3f last=%.3f\n", base + r, at, p50[r], p99[r], last[r]);
        while (read(fd, buf, sizeof buf) > 0) { }
        close(fd);
        usleep(gap * 1000);
    }
    qsort(p50, R, 8, by_size); qsort(p99, R, 8, by_size); qsort(last, R, 8, by_size);
    printf("RESULT n=%d closed=%d lost=%d p50=%.2f p99=%.2f last=%.2f worst=%.2f\n", opened, closed, lost, p50[R / 2], p99[R / 2], last[R / 2], last[R - 1]);
    return 0;
}
