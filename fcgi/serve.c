#include "fcgi/serve.h"

#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "fcgi/log.h"
#include "fcgi/metrics.h"

#define WORKERS_MAX 256u
#define TICK_MS 200
#define DRAIN_TICKS 150 /* 30 s for requests under way, then SIGKILL */

struct master {
	pid_t children[WORKERS_MAX];
	time_t born[WORKERS_MAX];
	unsigned count;
	int (*work)(void *context);
	void *context;
	sigset_t watched, inherited;
};

static pid_t
spawn(struct master *m)
{
	pid_t master = getpid(), pid = fork();

	if (pid != 0)
		return pid;
	prctl(PR_SET_PDEATHSIG, SIGTERM); /* a master that was killed leaves nobody behind */
	if (getppid() != master)
		_exit(EXIT_FAILURE);
	sigprocmask(SIG_SETMASK, &m->inherited, NULL);
	signal(SIGHUP, SIG_IGN);
	signal(SIGINT, SIG_IGN); /* a ^C reaches the whole group; the master decides */
	exit(m->work(m->context));
}

static void
fill(struct master *m, unsigned place)
{
	m->children[place] = spawn(m);
	m->born[place] = time(NULL);
	if (m->children[place] < 0) {
		log_line(LOG_ERROR, "master", "what=fork errno=%d", errno);
		m->children[place] = 0; /* tried again at the next tick */
	}
}

/* Take the dead from their places. */
static void
reap(struct master *m, bool expected)
{
	int status;

	for (pid_t pid; (pid = waitpid(-1, &status, WNOHANG)) > 0;)
		for (unsigned i = 0; i < m->count; i++) {
			if (m->children[i] != pid)
				continue;
			m->children[i] = 0;
			if (expected || (WIFEXITED(status) && WEXITSTATUS(status) == 0))
				continue;
			metrics_worker_died();
			log_line(LOG_ERROR, "master", "what=died pid=%d signal=%d status=%d",
			    (int)pid, WIFSIGNALED(status) ? WTERMSIG(status) : 0,
			    WIFEXITED(status) ? WEXITSTATUS(status) : 0);
		}
}

/* A child that keeps dying at once is started at most once a second. */
static void
replace_missing(struct master *m)
{
	for (unsigned i = 0; i < m->count; i++)
		if (!m->children[i] && time(NULL) > m->born[i])
			fill(m, i);
}

/*
 * A worker that is just about to accept() misses a signal that came before the
 * call, so it is sent until the worker is gone.
 */
static void
end_child(pid_t pid)
{
	const struct timespec tick = { 0, TICK_MS * 1000000L };

	for (int n = 0; n < DRAIN_TICKS; n++) {
		kill(pid, SIGTERM);
		if (waitpid(pid, NULL, WNOHANG) != 0)
			return;
		nanosleep(&tick, NULL);
	}
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
}

static void
renew(struct master *m)
{
	for (unsigned i = 0; i < m->count; i++) {
		pid_t old = m->children[i];

		fill(m, i);
		if (old)
			end_child(old);
	}
}

static void
drain(struct master *m)
{
	for (unsigned i = 0; i < m->count; i++)
		if (m->children[i])
			kill(m->children[i], SIGTERM);
	for (unsigned i = 0; i < m->count; i++)
		if (m->children[i])
			end_child(m->children[i]);
}

enum err
serve_prefork(unsigned workers, int (*work)(void *context), void *context)
{
	static struct master m;
	const struct timespec tick = { 0, TICK_MS * 1000000L };

	if (workers < 1 || workers > WORKERS_MAX)
		return ERR_INVALID;
	m = (struct master){ .count = workers, .work = work, .context = context };
	sigemptyset(&m.watched);
	sigaddset(&m.watched, SIGTERM);
	sigaddset(&m.watched, SIGINT);
	sigaddset(&m.watched, SIGHUP);
	sigaddset(&m.watched, SIGCHLD);
	sigprocmask(SIG_BLOCK, &m.watched, &m.inherited);
	for (unsigned i = 0; i < workers; i++)
		fill(&m, i);
	for (;;) {
		int got = sigtimedwait(&m.watched, NULL, &tick);

		if (got == SIGTERM || got == SIGINT)
			break;
		if (got == SIGHUP)
			renew(&m);
		reap(&m, false);
		replace_missing(&m);
	}
	drain(&m);
	return ERR_OK;
}
