#include "fcgi/store/kv.h"

#include <errno.h>
#include <fcntl.h>
#include <hiredis/hiredis.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>

#include "fcgi/base/log.h"

struct kv {
	const char *socket;
	struct timeval timeout;
	redisContext *link; /* NULL when there is none */
};

struct kv *
kv_new(const char *socket, unsigned timeout)
{
	struct kv *kv = calloc(1, sizeof(*kv));

	if (!kv)
		abort();
	kv->socket = socket;
	kv->timeout.tv_sec = (time_t)timeout;
	return kv;
}

static void
drop(struct kv *kv)
{
	if (kv->link)
		redisFree(kv->link);
	kv->link = NULL;
}

void
kv_free(struct kv *kv)
{
	if (!kv)
		return;
	drop(kv);
	free(kv);
}

static enum err
connected(struct kv *kv)
{
	if (kv->link)
		return ERR_OK;
	kv->link = redisConnectUnixWithTimeout(kv->socket, kv->timeout);
	if (!kv->link || kv->link->err) {
		log_line(LOG_ERROR, "kv", "what=connect why=\"%s\"",
		    kv->link ? kv->link->errstr : "out of memory");
		drop(kv);
		return ERR_UNAVAILABLE;
	}
	redisSetTimeout(kv->link, kv->timeout);
	fcntl(kv->link->fd, F_SETFD, FD_CLOEXEC); /* no business of a program we start */
	return ERR_OK;
}

/*
 * One answer from the server, or a logged reason why there is none. A broken
 * link is dropped, so the next call opens a new one.
 */
static enum err
judge(struct kv *kv, redisReply *reply, const char *what)
{
	if (!reply) {
		log_line(LOG_ERROR, "kv", "what=%s why=\"%s\"", what, kv->link->errstr);
		drop(kv);
		return ERR_UNAVAILABLE;
	}
	if (reply->type == REDIS_REPLY_ERROR) {
		log_line(LOG_ERROR, "kv", "what=%s why=\"%s\"", what, reply->str);
		freeReplyObject(reply);
		return ERR_UNAVAILABLE;
	}
	return ERR_OK;
}

/*
 * Run one command. An idle link the server has closed is found out only by
 * using it, so on a link from an earlier command it is sent once more; not
 * when the server is merely silent, for then it may be at work on it.
 */
static enum err
run(struct kv *kv, redisReply **ret, size_t argc, const char **argv)
{
	size_t lens[8];
	bool idle = kv->link;

	for (size_t i = 0; i < argc; i++)
		lens[i] = strlen(argv[i]);
	TRY(connected(kv));
	redisReply *reply = redisCommandArgv(kv->link, (int)argc, argv, lens);
	bool closed = !reply && (kv->link->err == REDIS_ERR_EOF ||
				    (kv->link->err == REDIS_ERR_IO && errno != EAGAIN));
	if (idle && closed) {
		drop(kv);
		TRY(connected(kv));
		reply = redisCommandArgv(kv->link, (int)argc, argv, lens);
	}
	TRY(judge(kv, reply, argv[0]));
	*ret = reply;
	return ERR_OK;
}

#define RUN(kv, ret, ...)                                                                          \
	run((kv), (ret), sizeof((const char *[]){ __VA_ARGS__ }) / sizeof(const char *),           \
	    (const char *[]){ __VA_ARGS__ })

/* "family:key" */
struct name {
	char text[192];
};

/* Keys are ours or hashes, so they fit; one that does not is a mistake of ours. */
static enum err
name_of(const struct kv_family *family, const char *key, struct name *ret)
{
	int n = snprintf(ret->text, sizeof(ret->text), "%s:%s", family->name, key);

	if (n >= 0 && (size_t)n < sizeof(ret->text))
		return ERR_OK;
	log_line(LOG_ERROR, "kv", "family=%s why=\"key too long\"", family->name);
	return ERR_INTERNAL;
}

struct number {
	char text[24];
};

static struct number
number_of(unsigned n)
{
	struct number number;

	snprintf(number.text, sizeof(number.text), "%u", n);
	return number;
}

enum err
kv_ping(struct kv *kv)
{
	redisReply *reply;

	TRY(RUN(kv, &reply, "PING"));
	freeReplyObject(reply);
	return ERR_OK;
}

static enum err
set(struct kv *kv, const struct kv_family *family, const char *key, const char *value,
    const char *condition)
{
	struct name name;
	struct number lifetime = number_of(family->lifetime);
	const char *argv[] = { "SET", name.text, value, "EX", lifetime.text, condition };
	redisReply *reply;

	TRY(name_of(family, key, &name));
	TRY(run(kv, &reply, condition ? 6 : 5, argv));
	bool done = reply->type == REDIS_REPLY_STATUS;
	freeReplyObject(reply);
	return done ? ERR_OK : ERR_CONFLICT;
}

enum err
kv_set(struct kv *kv, const struct kv_family *family, const char *key, const char *value)
{
	return set(kv, family, key, value, NULL);
}

enum err
kv_set_new(struct kv *kv, const struct kv_family *family, const char *key, const char *value)
{
	return set(kv, family, key, value, "NX");
}

enum err
kv_replace(struct kv *kv, const struct kv_family *family, const char *key, const char *value)
{
	enum err e = set(kv, family, key, value, "XX");

	return e == ERR_CONFLICT ? ERR_NOT_FOUND : e;
}

/* The text of a string reply into the arena; frees the reply. */
static enum err
text_of(redisReply *reply, struct arena *arena, const char **ret)
{
	enum err e = ERR_NOT_FOUND;

	if (reply->type == REDIS_REPLY_STRING) {
		*ret = arena_strndup(arena, reply->str, reply->len);
		e = ERR_OK;
	}
	freeReplyObject(reply);
	return e;
}

enum err
kv_get(struct kv *kv, struct arena *arena, const struct kv_family *family, const char *key,
    const char **ret)
{
	struct name name;
	redisReply *reply;

	TRY(name_of(family, key, &name));
	TRY(RUN(kv, &reply, "GET", name.text));
	return text_of(reply, arena, ret);
}

enum err
kv_get_fresh(struct kv *kv, struct arena *arena, const struct kv_family *family, const char *key,
    const char **ret)
{
	struct name name;
	redisReply *reply;

	TRY(name_of(family, key, &name));
	TRY(RUN(kv, &reply, "GETEX", name.text, "EX", number_of(family->lifetime).text));
	return text_of(reply, arena, ret);
}

enum err
kv_take(struct kv *kv, struct arena *arena, const struct kv_family *family, const char *key,
    const char **ret)
{
	struct name name;
	redisReply *reply;

	TRY(name_of(family, key, &name));
	TRY(RUN(kv, &reply, "GETDEL", name.text));
	return text_of(reply, arena, ret);
}

enum err
kv_delete(struct kv *kv, const struct kv_family *family, const char *key)
{
	struct name name;
	redisReply *reply;

	TRY(name_of(family, key, &name));
	TRY(RUN(kv, &reply, "DEL", name.text));
	freeReplyObject(reply);
	return ERR_OK;
}

enum err
kv_counted(struct kv *kv, const struct kv_family *family, const char *key, int64_t *ret_count,
    int64_t *ret_left)
{
	struct name name;
	redisReply *reply;

	TRY(name_of(family, key, &name));
	TRY(RUN(kv, &reply, "GET", name.text));
	int64_t count = reply->type == REDIS_REPLY_STRING ? strtoll(reply->str, NULL, 10) : 0;
	freeReplyObject(reply);
	TRY(RUN(kv, &reply, "TTL", name.text));
	int64_t left = reply->integer > 0 ? reply->integer : 0;
	freeReplyObject(reply);
	if (ret_count)
		*ret_count = count;
	if (ret_left)
		*ret_left = left;
	return ERR_OK;
}

/* A counter must never stay without an end, so it gets one with its first, or when it has none. */
static const char count_script[] = "local count = redis.call('INCR', KEYS[1])\n"
				   "local left = redis.call('TTL', KEYS[1])\n"
				   "if left < 0 then\n"
				   "  redis.call('EXPIRE', KEYS[1], ARGV[1])\n"
				   "  left = tonumber(ARGV[1])\n"
				   "end\n"
				   "return { count, left }\n";

enum err
kv_count(struct kv *kv, const struct kv_family *family, const char *key, int64_t *ret_count,
    int64_t *ret_left)
{
	struct name name;
	redisReply *reply;

	TRY(name_of(family, key, &name));
	TRY(RUN(kv, &reply, "EVAL", count_script, "1", name.text,
	    number_of(family->lifetime).text));
	bool whole = reply->type == REDIS_REPLY_ARRAY && reply->elements == 2;
	if (whole && ret_count)
		*ret_count = reply->element[0]->integer;
	if (whole && ret_left)
		*ret_left = reply->element[1]->integer;
	freeReplyObject(reply);
	return whole ? ERR_OK : ERR_UNAVAILABLE;
}

enum err
kv_add(struct kv *kv, const struct kv_family *family, const char *key, const char *member)
{
	struct name name;
	redisReply *reply;

	TRY(name_of(family, key, &name));
	TRY(RUN(kv, &reply, "SADD", name.text, member));
	freeReplyObject(reply);
	TRY(RUN(kv, &reply, "EXPIRE", name.text, number_of(family->lifetime).text));
	freeReplyObject(reply);
	return ERR_OK;
}

enum err
kv_remove(struct kv *kv, const struct kv_family *family, const char *key, const char *member)
{
	struct name name;
	redisReply *reply;

	TRY(name_of(family, key, &name));
	TRY(RUN(kv, &reply, "SREM", name.text, member));
	freeReplyObject(reply);
	return ERR_OK;
}

enum err
kv_members(struct kv *kv, struct arena *arena, const struct kv_family *family, const char *key,
    const char *const **ret, size_t *ret_count)
{
	struct name name;
	redisReply *reply;

	TRY(name_of(family, key, &name));
	TRY(RUN(kv, &reply, "SMEMBERS", name.text));
	size_t count = reply->type == REDIS_REPLY_ARRAY ? reply->elements : 0;
	const char **members = arena_alloc(arena, count * sizeof(*members));
	for (size_t i = 0; i < count; i++)
		members[i] = arena_strndup(arena, reply->element[i]->str, reply->element[i]->len);
	freeReplyObject(reply);
	*ret = members;
	*ret_count = count;
	return ERR_OK;
}
