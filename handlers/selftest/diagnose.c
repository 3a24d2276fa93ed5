#include "handlers/selftest/diagnose.h"

#include <string.h>

#include "handlers/selftest/diagnose_cipher.h"
#include "handlers/selftest/diagnose_envelope.h"
#include "handlers/selftest/diagnose_hint.h"
#include "handlers/selftest/diagnose_sign.h"
#include "handlers/selftest/selftest_time.h"

static void
check_keys(const struct selftest_keys *keys, struct diagnosis *d)
{
	unsigned char own[SM2_PUBLIC_SIZE];

	if (keys->other_form)
		diagnosis_add(d, MISTAKE_KEY_FORMAT);
	if (memcmp(keys->channel_public, keys->platform_public, SM2_PUBLIC_SIZE) == 0)
		diagnosis_add(d, MISTAKE_OWN_PUBLIC_KEY);
	if (!keys->has_private)
		return;
	if (sm2_public_of(keys->channel_private, own) != ERR_OK)
		diagnosis_add(d, MISTAKE_KEYS_UNREADABLE);
	else if (memcmp(own, keys->platform_public, SM2_PUBLIC_SIZE) == 0)
		diagnosis_add(d, MISTAKE_OWN_PUBLIC_KEY);
	else if (memcmp(own, keys->channel_public, SM2_PUBLIC_SIZE) != 0)
		diagnosis_add(d, MISTAKE_KEY_PAIR);
}

void
diagnose(struct arena *arena, const struct selftest_keys *keys, const struct selftest_keys *wrong,
    const char *json, size_t size, int64_t now, struct diagnosis *ret)
{
	*ret = (struct diagnosis){ .step = STEP_COUNT };
	check_keys(keys, ret);
	if (read_envelope(arena, json, size, ret) && check_fields(arena, keys, ret)) {
		if (diagnose_cipher(arena, keys, wrong, ret))
			diagnose_sign(arena, keys, wrong, ret);
		enum mistake late = selftest_time_mistake(value_member(ret->envelope, "timestamp"),
		    now, SELFTEST_TIME_MAX);
		if (late != MISTAKE_COUNT)
			diagnosis_add(ret, late);
	}
	ret->ok = ret->count == 0;
	if (!diagnosis_determined(ret))
		diagnose_hint(arena, keys, ret);
}
