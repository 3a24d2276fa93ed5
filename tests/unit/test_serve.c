#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "fcgi/http/serve.h"
#include "tests/support/suite.h"
#include "tests/support/toy.h"

#define WORKERS 3
#define MANY 100000u

static struct fcgi_reply r;

/* Asks until every worker has answered: their ids. */
static void
workers_of(pid_t *pids)
{
	size_t count = 0;

	while (count < WORKERS) {
		pid_t pid = toy_pid();
		size_t i = 0;

		CU_ASSERT_TRUE_FATAL(pid > 0);
		while (i < count && pids[i] != pid)
			i++;
		if (i == count)
			pids[count++] = pid;
		/* one that is stopped leaves the next request to another */
		if (count < WORKERS)
			kill(pid, SIGSTOP);
	}
	for (size_t i = 0; i < count; i++)
		kill(pids[i], SIGCONT);
}

static bool
is_among(const pid_t *pids, pid_t pid)
{
	for (size_t i = 0; i < WORKERS; i++)
		if (pids[i] == pid)
			return true;
	return false;
}

static void
a_child_that_dies_is_replaced(void)
{
	pid_t before[WORKERS], after[WORKERS], master = toy_start(WORKERS, MANY);
	unsigned fresh = 0;

	workers_of(before);
	kill(before[0], SIGKILL);
	CU_ASSERT_FALSE(toy_ask("GET", "/die", &r)); /* whoever gets it: a second one gone */
	workers_of(after);
	for (size_t i = 0; i < WORKERS; i++)
		fresh += !is_among(before, after[i]);
	CU_ASSERT_TRUE(fresh == 2);
	CU_ASSERT_FALSE(is_among(after, before[0]));
	CU_ASSERT_EQUAL(toy_stop(master), 2);
}

/* Asks without a pause until told to stop; exits with whether a request was lost. */
static pid_t
hammer(const int until[2])
{
	pid_t pid = fork();
	bool lost = false;
	char byte;

	if (pid != 0)
		return pid;
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	close(until[1]);
	while (read(until[0], &byte, 1) < 0) /* it does not block; closed: the end */
		lost = lost || toy_pid() == 0;
	_exit(lost);
}

static void
a_renewal_loses_no_request(void)
{
	pid_t before[WORKERS], master = toy_start(WORKERS, MANY), clients[4];
	int until[2], status;

	CU_ASSERT_EQUAL_FATAL(pipe2(until, O_CLOEXEC | O_NONBLOCK), 0);
	for (size_t i = 0; i < 4; i++)
		clients[i] = hammer(until);
	for (int round = 0; round < 5; round++) {
		workers_of(before);
		kill(master, SIGHUP);
		for (size_t gone = 0; gone < WORKERS; gone++) /* each of the old ones leaves */
			while (kill(before[gone], 0) == 0)
				CU_ASSERT_TRUE(toy_pid() > 0);
	}
	close(until[1]);
	for (size_t i = 0; i < 4; i++) {
		CU_ASSERT_EQUAL(waitpid(clients[i], &status, 0), clients[i]);
		CU_ASSERT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0);
	}
	close(until[0]);
	CU_ASSERT_EQUAL(toy_stop(master), 0);
}

static void
a_worker_leaves_after_its_share(void)
{
	pid_t master = toy_start(1, 3), first = toy_pid();

	CU_ASSERT_EQUAL(toy_pid(), first);
	CU_ASSERT_EQUAL(toy_pid(), first);
	pid_t second = toy_pid();
	CU_ASSERT_TRUE(second > 0 && second != first);
	CU_ASSERT_EQUAL(toy_stop(master), 0);
}

static void
the_end_waits_for_a_slow_request(void)
{
	pid_t master = toy_start(WORKERS, MANY);
	int fd = toy_slow(), status;

	kill(master, SIGTERM);
	for (int i = 0; i < 3; i++) /* and asking again does not hurry it */
		kill(master, SIGTERM);
	CU_ASSERT_EQUAL(waitpid(master, &status, WNOHANG), 0);
	toy_release();
	fcgi_receive(fd, &r);
	CU_ASSERT_TRUE(r.ended);
	CU_ASSERT_EQUAL(r.status, 200);
	close(fd);
	CU_ASSERT_EQUAL(waitpid(master, &status, 0), master);
	CU_ASSERT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

static void
a_renewal_that_waits_holds_nobody_up(void)
{
	pid_t master = toy_start(1, MANY), slow = toy_pid(), next;
	int fd = toy_slow();

	kill(master, SIGHUP);
	next = toy_pid(); /* answered by the successor, before the old one has left */
	CU_ASSERT_TRUE(next > 0 && next != slow);
	CU_ASSERT_FALSE(toy_ask("GET", "/die", &r));
	CU_ASSERT_TRUE(toy_pid() > 0); /* a death is seen meanwhile */
	kill(master, SIGTERM);
	toy_release();
	fcgi_receive(fd, &r);
	CU_ASSERT_EQUAL(r.status, 200);
	close(fd);
	CU_ASSERT_EQUAL(toy_stop(master), 1);
}

static void
a_killed_master_leaves_nobody_behind(void)
{
	pid_t pids[WORKERS], master = toy_start(WORKERS, MANY);
	int status;

	workers_of(pids);
	kill(master, SIGKILL);
	CU_ASSERT_EQUAL(waitpid(master, &status, 0), master);
	/* they are ours now; a worker that stays would make this wait until the alarm */
	for (size_t i = 0; i < WORKERS; i++)
		CU_ASSERT_EQUAL(waitpid(pids[i], &status, 0), pids[i]);
	CU_ASSERT_FALSE(toy_ask("GET", "/pid", &r));
}

static int
never(void *context)
{
	(void)context;
	return 1;
}

static void
a_number_of_workers_has_limits(void)
{
	CU_ASSERT_EQUAL(serve_prefork(0, never, NULL), ERR_INVALID);
	CU_ASSERT_EQUAL(serve_prefork(257, never, NULL), ERR_INVALID);
	CU_ASSERT_EQUAL(serve_prefork((unsigned)-1, never, NULL), ERR_INVALID);
}

int
main(void)
{
	static CU_TestInfo tests[] = {
		{ "a child that dies is replaced", a_child_that_dies_is_replaced },
		{ "a renewal loses no request", a_renewal_loses_no_request },
		{ "a worker leaves after its share", a_worker_leaves_after_its_share },
		{ "the end waits for a slow request", the_end_waits_for_a_slow_request },
		{ "a renewal that waits holds nobody up", a_renewal_that_waits_holds_nobody_up },
		{ "a killed master leaves nobody behind", a_killed_master_leaves_nobody_behind },
		{ "a number of workers has limits", a_number_of_workers_has_limits },
		CU_TEST_INFO_NULL,
	};

	alarm(120); /* whoever waits for a process that does not end fails */
	prctl(PR_SET_CHILD_SUBREAPER, 1);
	return run_suite("serve", tests);
}
