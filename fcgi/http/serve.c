#include "fcgi/http/serve.h"

#include <errno.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "fcgi/base/log.h"
#include "fcgi/http/metrics.h"

#define WORKERS_MAX 256u
#define TICK_MS 200
#define PAUSE_MS 1000  /* between two starts at one place */
#define DRAIN_MS 30000 /* for requests under way, then SIGKILL */

struct master {
	pid_t children[WORKERS_MAX];
	int64_t born[WORKERS_MAX]; /* milliseconds, see now_ms() */
	unsigned count;
	unsigned next;    /* place to be renewed next; count: none */
	pid_t leaving;    /* whose successor is there already, or 0 */
	int64_t patience; /* when it is killed */
	int (*work)(void *context);
	void *context;
	sigset_t watched, inherited;
};

/* Not the time of day, which may be set back. */
static int64_t
now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

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

/* A new child at this place; the one before it stays when there can be none. */
static void
fill(struct master *m, unsigned place)
{
	pid_t pid = spawn(m);

	m->born[place] = now_ms();
	if (pid > 0)
		m->children[place] = pid;
	else
		log_line(LOG_ERROR, "master", "what=fork errno=%d", errno);
}

/* Tell of a child that ended neither by itself nor because it was told to. */
static void
mourn(pid_t pid, int status)
{
	if ((WIFEXITED(status) && WEXITSTATUS(status) == 0) ||
	    (WIFSIGNALED(status) && WTERMSIG(status) == SIGTERM))
		return;
	metrics_worker_died();
	log_line(LOG_ERROR, "master", "what=died pid=%d signal=%d status=%d", (int)pid,
	    WIFSIGNALED(status) ? WTERMSIG(status) : 0,
	    WIFEXITED(status) ? WEXITSTATUS(status) : 0);
}

/* Take the dead from their places. */
static void
reap(struct master *m)
{
	int status;

	for (pid_t pid; (pid = waitpid(-1, &status, WNOHANG)) > 0;) {
		if (pid == m->leaving)
			m->leaving = 0;
		for (unsigned i = 0; i < m->count; i++)
			if (m->children[i] == pid) {
				m->children[i] = 0;
				mourn(pid, status);
			}
	}
}

/* A child that keeps dying at once is started at most once a second. */
static void
replace_missing(struct master *m)
{
	for (unsigned i = 0; i < m->count; i++)
		if (!m->children[i] && now_ms() - m->born[i] >= PAUSE_MS)
			fill(m, i);
}

/* One step of a renewal, which never waits: the next child goes when the one before has gone. */
static void
renew(struct master *m)
{
	if (m->leaving) {
		kill(m->leaving, now_ms() < m->patience ? SIGTERM : SIGKILL);
	} else if (m->next < m->count) {
		pid_t old = m->children[m->next];

		fill(m, m->next);
		m->leaving = m->children[m->next] != old ? old : 0;
		m->patience = now_ms() + DRAIN_MS;
		m->next++;
		if (m->leaving)
			kill(m->leaving, SIGTERM);
	}
}

/* Send a signal to all that live; how many they are. */
static unsigned
tell(const struct master *m, int signal_number)
{
	unsigned alive = 0;

	for (unsigned i = 0; i < m->count; i++)
		if (m->children[i] && ++alive)
			kill(m->children[i], signal_number);
	if (m->leaving && ++alive)
		kill(m->leaving, signal_number);
	return alive;
}

static void
drain(struct master *m)
{
	const struct timespec tick = { 0, TICK_MS * 1000000L };
	int64_t patience = now_ms() + DRAIN_MS;

	while (tell(m, now_ms() < patience ? SIGTERM : SIGKILL) > 0) {
		sigtimedwait(&m->watched, NULL, &tick);
		reap(m);
	}
}

enum err
serve_prefork(unsigned workers, int (*work)(void *context), void *context)
{
	static struct master m;
	const struct timespec tick = { 0, TICK_MS * 1000000L };

	if (workers < 1 || workers > WORKERS_MAX)
		return ERR_INVALID;
	m = (struct master){ .count = workers, .next = workers, .work = work, .context = context };
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
			m.next = 0;
		reap(&m);
		replace_missing(&m);
		renew(&m);
	}
	drain(&m);
	return ERR_OK;
}
