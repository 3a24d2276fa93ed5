#include "tests/fakes/attempt_store.h"

#include <stdlib.h>
#include <string.h>

#include "sql/account/attempt.h"
#include "sql/account/known_device.h"
#include "tests/fakes/sql.h"

#define BUCKETS 600
#define DEVICES 20

static struct bucket {
	char subject[65], source[65];
	int64_t used, until; /* used 0: a free place */
} buckets[BUCKETS];

static struct device {
	unsigned role; /* 0: a free place */
	int64_t user_id;
	char device[65], address[46];
} devices[DEVICES];

void
attempt_store_clear(void)
{
	memset(buckets, 0, sizeof(buckets));
	memset(devices, 0, sizeof(devices));
}

static struct bucket *
bucket_of(const struct attempt_bucket *b)
{
	struct bucket *free_one = NULL;

	for (size_t i = 0; i < BUCKETS; i++) {
		if (buckets[i].used && strcmp(buckets[i].subject, b->subject) == 0 &&
		    strcmp(buckets[i].source, b->source) == 0)
			return &buckets[i];
		if (!buckets[i].used && !free_one)
			free_one = &buckets[i];
	}
	if (!free_one)
		abort(); /* raise BUCKETS */
	*free_one = (struct bucket){ 0 };
	strncpy(free_one->subject, b->subject, sizeof(free_one->subject) - 1);
	strncpy(free_one->source, b->source, sizeof(free_one->source) - 1);
	return free_one;
}

enum err
attempt_take(struct sql *db, struct arena *arena, const struct attempt_bucket *list, size_t count,
    int64_t now, struct attempt_count *ret)
{
	(void)db;
	(void)arena;
	TRY(fake_call());
	for (size_t i = 0; i < count; i++) {
		const struct bucket *b = bucket_of(&list[i]);

		if (b->used >= list[i].most && b->until > now) {
			*ret = (struct attempt_count){ .full = i, .until = b->until };
			return ERR_OK;
		}
	}
	*ret = (struct attempt_count){ .full = count };
	for (size_t i = 0; i < count; i++) {
		struct bucket *b = bucket_of(&list[i]);

		if (b->until <= now) {
			b->used = 0;
			b->until = now + list[i].window;
		}
		ret->last = ++b->used == list[i].most;
		if (ret->last)
			b->until = now + list[i].lock;
		ret->until = b->until;
	}
	return ERR_OK;
}

enum err
attempt_give_back(struct sql *db, const struct attempt_bucket *list, size_t count)
{
	(void)db;
	TRY(fake_call());
	for (size_t i = 0; i + 1 < count; i++)
		bucket_of(&list[i])->used--;
	bucket_of(&list[count - 1])->used = 0;
	return ERR_OK;
}

enum err
attempt_clear(struct sql_tx *tx, const char *subject)
{
	(void)tx;
	TRY(fake_call());
	for (size_t i = 0; i < BUCKETS; i++)
		if (strcmp(buckets[i].subject, subject) == 0)
			buckets[i].used = 0;
	return ERR_OK;
}

enum err
known_device_get(struct sql *db, struct arena *arena, unsigned role, int64_t user_id,
    const char *device, const char *address, struct known_device *ret)
{
	(void)db;
	(void)arena;
	TRY(fake_call());
	*ret = (struct known_device){ 0 };
	for (size_t i = 0; i < DEVICES; i++) {
		const struct device *d = &devices[i];

		if (!d->role || d->role != role || d->user_id != user_id)
			continue;
		ret->any = true;
		ret->browser |= device && strcmp(d->device, device) == 0;
		ret->address |= strcmp(d->address, address) == 0;
	}
	return ERR_OK;
}

enum err
known_device_exists(struct sql *db, struct arena *arena, const char *device, bool *ret)
{
	(void)db;
	(void)arena;
	TRY(fake_call());
	*ret = false;
	for (size_t i = 0; i < DEVICES; i++)
		*ret |= devices[i].role && strcmp(devices[i].device, device) == 0;
	return ERR_OK;
}

enum err
known_device_put(struct sql_tx *tx, struct arena *arena, unsigned role, int64_t user_id,
    const char *device, const char *address, int64_t now)
{
	(void)tx;
	(void)arena;
	(void)now;
	TRY(fake_call());
	for (size_t i = 0; i < DEVICES; i++) {
		struct device *d = &devices[i];

		if (d->role)
			continue;
		*d = (struct device){ .role = role, .user_id = user_id };
		strncpy(d->device, device, sizeof(d->device) - 1);
		strncpy(d->address, address, sizeof(d->address) - 1);
		return ERR_OK;
	}
	abort(); /* raise DEVICES */
}

enum err
known_device_clear(struct sql_tx *tx, unsigned role, int64_t user_id)
{
	(void)tx;
	TRY(fake_call());
	for (size_t i = 0; i < DEVICES; i++)
		if (devices[i].role == role && devices[i].user_id == user_id)
			devices[i].role = 0;
	return ERR_OK;
}
