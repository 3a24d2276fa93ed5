#include "tests/support/redis.h"

#include <hiredis/hiredis.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define TRIES 1000 /* of 10 ms */

static char folder[] = "/tmp/redis.XXXXXX";
static char path[64];
static pid_t server, owner;
static redisContext *behind; /* our own link */

static void
fail(const char *why)
{
	fprintf(stderr, "redis: %s\n", why);
	exit(EXIT_FAILURE);
}

static void
launch(void)
{
	server = fork();
	if (server != 0)
		return;
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	execlp("redis-server", "redis-server", "--port", "0", "--unixsocket", path, "--save", "",
	    "--appendonly", "no", "--dir", folder, "--logfile", "/dev/null", (char *)NULL);
	_exit(127);
}

static void
wait_until_it_answers(void)
{
	const struct timespec tick = { 0, 10000000L };

	for (int i = 0; i < TRIES; i++) {
		redisReply *reply;

		if (waitpid(server, NULL, WNOHANG) == server)
			fail("cannot start redis-server; is it installed?");
		behind = redisConnectUnix(path);
		if (behind && !behind->err && (reply = redisCommand(behind, "PING"))) {
			freeReplyObject(reply);
			return;
		}
		redisFree(behind);
		nanosleep(&tick, NULL);
	}
	fail("redis-server does not answer");
}

void
redis_stop(void)
{
	if (!server || getpid() != owner)
		return;
	kill(server, SIGKILL);
	waitpid(server, NULL, 0);
	server = 0;
	redisFree(behind);
	behind = NULL;
	unlink(path);
}

static void
clean_up(void)
{
	redis_stop();
	if (getpid() == owner)
		rmdir(folder);
}

void
redis_start(void)
{
	if (!owner) {
		owner = getpid();
		if (!mkdtemp(folder) || atexit(clean_up))
			fail("no folder");
		snprintf(path, sizeof(path), "%s/s", folder);
	}
	launch();
	wait_until_it_answers();
}

void
redis_restart(void)
{
	redis_stop();
	redis_start();
}

pid_t
redis_pid(void)
{
	return server;
}

const char *
redis_path(void)
{
	return path;
}

int64_t
redis_number(const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	redisReply *reply = redisvCommand(behind, format, ap);
	va_end(ap);
	int64_t n = reply && reply->type == REDIS_REPLY_INTEGER ? reply->integer : INT64_MIN;
	freeReplyObject(reply);
	return n;
}

const char *
redis_text(const char *format, ...)
{
	static char text[65536];
	va_list ap;

	va_start(ap, format);
	redisReply *reply = redisvCommand(behind, format, ap);
	va_end(ap);
	snprintf(text, sizeof(text), "%s", reply && reply->str ? reply->str : "");
	freeReplyObject(reply);
	return text;
}
