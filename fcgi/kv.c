#include "fcgi/kv.h"

#include <hiredis/hiredis.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>

#include "fcgi/log.h"

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
 * using it, so a command that never reached the server is sent once more.
 */
static enum err
run(struct kv *kv, redisReply **ret, size_t argc, const char **argv)
{
	size_t lens[8];
	redisReply *reply = NULL;

	for (size_t i = 0; i < argc; i++)
		lens[i] = strlen(argv[i]);
	for (int attempt = 0; attempt < 2 && !reply; attempt++) {
		TRY(connected(kv));
		reply = redisCommandArgv(kv->link, (int)argc, argv, lens);
		if (!reply && (kv->link->err == REDIS_ERR_EOF || kv->link->err == REDIS_ERR_IO) &&
		    attempt == 0)
			drop(kv);
		else
			break;
	}
	if (!kv->link)
		return ERR_UNAVAILABLE;
	TRY(judge(kv, reply, argv[0]));
	*ret = reply;
	return ERR_OK;
}

#define RUN(kv, ret, ...)                                                                          \
	run((kv), (ret), sizeof((const char *[]){ __VA_ARGS__ }) / sizeof(const char *),           \
	    (const char *[]){ __VA_ARGS__ })

/* "family:key"; keys are ours or hashes, so they fit. */
struct name {
	char text[192];
};

static struct name
name_of(const struct kv_family *family, const char *key)
{
	struct name name;
	size_t used = strlen(family->name), more = strlen(key);

	if (used + 1 + more >= sizeof(name.text))
		abort();
	memcpy(name.text, family->name, used);
	name.text[used] = ':';
	memcpy(name.text + used + 1, key, more + 1);
	return name;
}

struct number {
	char text[24];
};

static struct number
number_of(unsigned n)
{
	struct number number;
	char *p = number.text + sizeof(number.text) - 1;

	*p = '\0';
	do
		*--p = (char)('0' + n % 10);
	while (n /= 10);
	memmove(number.text, p, strlen(p) + 1);
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
	struct name name = name_of(family, key);
	struct number lifetime = number_of(family->lifetime);
	const char *argv[] = { "SET", name.text, value, "EX", lifetime.text, condition };
	redisReply *reply;

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
	redisReply *reply;

	TRY(RUN(kv, &reply, "GET", name_of(family, key).text));
	return text_of(reply, arena, ret);
}

enum err
kv_get_fresh(struct kv *kv, struct arena *arena, const struct kv_family *family, const char *key,
    const char **ret)
{
	redisReply *reply;

	TRY(RUN(kv, &reply, "GETEX", name_of(family, key).text, "EX",
	    number_of(family->lifetime).text));
	return text_of(reply, arena, ret);
}

enum err
kv_take(struct kv *kv, struct arena *arena, const struct kv_family *family, const char *key,
    const char **ret)
{
	redisReply *reply;

	TRY(RUN(kv, &reply, "GETDEL", name_of(family, key).text));
	return text_of(reply, arena, ret);
}

enum err
kv_delete(struct kv *kv, const struct kv_family *family, const char *key)
{
	redisReply *reply;

	TRY(RUN(kv, &reply, "DEL", name_of(family, key).text));
	freeReplyObject(reply);
	return ERR_OK;
}

enum err
kv_counted(struct kv *kv, const struct kv_family *family, const char *key, int64_t *ret_count,
    int64_t *ret_left)
{
	struct name name = name_of(family, key);
	redisReply *reply;

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

/*
 * Three commands in one MULTI and one round trip. A counter must never stay
 * without an end, so its lifetime is set (NX) with every count.
 */
enum err
kv_count(struct kv *kv, const struct kv_family *family, const char *key, int64_t *ret_count,
    int64_t *ret_left)
{
	struct name name = name_of(family, key);
	redisReply *reply = NULL;

	TRY(kv_ping(kv)); /* after this a dead link is not silently counted twice */
	redisAppendCommand(kv->link, "MULTI");
	redisAppendCommand(kv->link, "INCR %s", name.text);
	redisAppendCommand(kv->link, "EXPIRE %s %u NX", name.text, family->lifetime);
	redisAppendCommand(kv->link, "TTL %s", name.text);
	redisAppendCommand(kv->link, "EXEC");
	for (int i = 0; i < 5; i++) {
		if (reply)
			freeReplyObject(reply);
		reply = NULL;
		if (redisGetReply(kv->link, (void **)&reply) != REDIS_OK)
			reply = NULL;
		TRY(judge(kv, reply, "count"));
	}
	bool whole = reply->type == REDIS_REPLY_ARRAY && reply->elements == 3;
	if (whole && ret_count)
		*ret_count = reply->element[0]->integer;
	if (whole && ret_left)
		*ret_left = reply->element[2]->integer;
	freeReplyObject(reply);
	return whole ? ERR_OK : ERR_UNAVAILABLE;
}

enum err
kv_add(struct kv *kv, const struct kv_family *family, const char *key, const char *member)
{
	struct name name = name_of(family, key);
	redisReply *reply;

	TRY(RUN(kv, &reply, "SADD", name.text, member));
	freeReplyObject(reply);
	TRY(RUN(kv, &reply, "EXPIRE", name.text, number_of(family->lifetime).text));
	freeReplyObject(reply);
	return ERR_OK;
}

enum err
kv_remove(struct kv *kv, const struct kv_family *family, const char *key, const char *member)
{
	redisReply *reply;

	TRY(RUN(kv, &reply, "SREM", name_of(family, key).text, member));
	freeReplyObject(reply);
	return ERR_OK;
}

enum err
kv_members(struct kv *kv, struct arena *arena, const struct kv_family *family, const char *key,
    const char *const **ret, size_t *ret_count)
{
	redisReply *reply;

	TRY(RUN(kv, &reply, "SMEMBERS", name_of(family, key).text));
	size_t count = reply->type == REDIS_REPLY_ARRAY ? reply->elements : 0;
	const char **members = arena_alloc(arena, count * sizeof(*members));
	for (size_t i = 0; i < count; i++)
		members[i] = arena_strndup(arena, reply->element[i]->str, reply->element[i]->len);
	freeReplyObject(reply);
	*ret = members;
	*ret_count = count;
	return ERR_OK;
}
