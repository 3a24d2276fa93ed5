/*
 * Any bytes as an envelope, and as the data of one. What the reader passes the self-test passes, and the
 * other way round; what was sealed opens again.
 */
#include <string.h>

#include "handlers/selftest/diagnose.h"
#include "handlers/selftest/diagnosis_answer.h"
#include "handlers/selftest/envelope.h"
#include "handlers/selftest/keys_read.h"
#include "tests/fuzz/fuzz.h"

#define NOW INT64_C(1795400000)

/* The first of tests/vectors/envelopes.json, of which the seeds are. */
static const char keys_json[] =
    "{\"appId\":\"A2DEDA9E8797362F77476A508775B2A0\","
    "\"appSecret\":\"9748245DDD5ACD15A4624F4774AE3C6F\","
    "\"channelPrivateKey\":\"+x+MJENil171UmD8EoxUqquEu/2/Aqu43ogOAwHx97I=\","
    "\"channelPublicKey\":\"BEMa3N7+ECFImjLM96plagyrHw4/"
    "U3AVEnSablTNb4V9vg+euDfa72roiykjsFkmh/FKYs373TM1MVagDBiT4Do=\","
    "\"platformPublicKey\":\"BEt5ibKw9b+R0Cfqi93envnpKF8R5CUQfVqMjvGYSCCgS/"
    "WGYdmsjFKTyOxMLxhDNzgK5JpNahXxgJkSV3e7zAc=\"}";

static void
both_agree(struct arena *arena, const struct selftest_keys *keys,
    const struct envelope_keys *theirs, const char *json, size_t size)
{
	struct opened_envelope opened;
	const struct req nobody = { .arena = arena };
	struct diagnosis_answer shown;
	struct diagnosis d;

	diagnose(arena, keys, NULL, json, size, NOW, false, &d);
	diagnosis_show_masked(arena, &d, keys, NULL, &shown);
	must(answer_text(&nobody, &diagnosis_answer, &shown) != NULL);
	/* of what the reader has no opinion on */
	size_t others = 0;
	for (size_t i = 0; i < d.count; i++)
		others += d.mistakes[i] != MISTAKE_TIMESTAMP_FAR_OFF &&
			  d.mistakes[i] != MISTAKE_TIMESTAMP_ZONE &&
			  d.mistakes[i] != MISTAKE_DATA_GARBLED;
	must((envelope_open(arena, theirs, json, size, &opened) == ERR_OK) == !others);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct arena *arena = fuzz_arena();
	const char *text = fuzz_text(arena, bytes, size), *sealed;
	struct envelope_keys own = { 0 };
	struct selftest_keys keys;
	enum mistake mistake;

	must(selftest_keys_read(arena, keys_json, strlen(keys_json), &keys, &mistake) == ERR_OK);
	own.app_id = keys.app_id;
	own.app_secret = keys.app_secret;
	memcpy(own.own_private, keys.channel_private, sizeof(own.own_private));
	memcpy(own.peer_public, keys.channel_public, sizeof(own.peer_public));
	if (size > SELFTEST_MAX)
		return 0;
	both_agree(arena, &keys, &own, text, size);
	if (envelope_seal(arena, &own, text, "1795400000000", NULL, &sealed) == ERR_OK)
		both_agree(arena, &keys, &own, sealed, strlen(sealed));
	/* the same bytes as a file of keys */
	(void)selftest_keys_read(arena, text, size, &keys, &mistake);
	return 0;
}
