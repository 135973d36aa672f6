/* The floor of fan-out: the least a server can do - accept, answer 200, and write one ready-made chunk to every
 * open stream when something is POSTed. One thread, epoll. cc -O2 -o floor floor.c; floor PORT */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>
int main(int c, char **v) {
    struct rlimit rl; getrlimit(RLIMIT_NOFILE, &rl); rl.rlim_cur = rl.rlim_max; setrlimit(RLIMIT_NOFILE, &rl);
    int ls = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), one = 1; setsockopt(ls, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    struct sockaddr_in s = {0}; s.sin_family = AF_INET; s.sin_port = htons(atoi(v[c > 1 ? 1 : 0])); s.sin_addr.s_addr = htonl(0x7f000001);
    if (bind(ls, (void *)&s, sizeof s) || listen(ls, 4096)) { perror("bind"); return 1; }
    int ep = epoll_create1(0), n = 0; static int fds[1 << 17]; static char buf[1 << 16], out[1 << 16]; struct epoll_event e = {EPOLLIN, {.fd = ls}}, evs[1024];
    epoll_ctl(ep, EPOLL_CTL_ADD, ls, &e);
    const char *hdr = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-cache\r\nTransfer-Encoding: chunked\r\n\r\n6\r\n: hi\n\n\r\n";
    for (;;) {
        int k = epoll_wait(ep, evs, 1024, -1);
        for (int i = 0; i < k; i++) {
            int fd = evs[i].data.fd;
            if (fd == ls) { int f; while ((f = accept4(ls, 0, 0, SOCK_NONBLOCK)) >= 0) { setsockopt(f, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one); e.events = EPOLLIN; e.data.fd = f; epoll_ctl(ep, EPOLL_CTL_ADD, f, &e); } continue; }
            int r = read(fd, buf, sizeof buf - 1);
            if (r <= 0) { for (int j = 0; j < n; j++) if (fds[j] == fd) { fds[j] = fds[--n]; break; } close(fd); continue; }
            buf[r] = 0;
            if (!strncmp(buf, "GET", 3)) { if (write(fd, hdr, strlen(hdr)) > 0) fds[n++] = fd; continue; }
            char *b = strstr(buf, "\r\n\r\n"); if (!b) continue; b += 4;
            int bl = r - (b - buf), m = sprintf(out, "%x\r\ndata: ", bl + 8); memcpy(out + m, b, bl); m += bl; memcpy(out + m, "\n\n\r\n", 4); m += 4;
            for (int j = 0; j < n; j++) if (write(fds[j], out, m) != m) { }
            const char *ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok"; if (write(fd, ok, strlen(ok)) < 0) { } close(fd);
        }
    }
}
