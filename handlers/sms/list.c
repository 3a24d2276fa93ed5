#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fcgi/base/array.h"
#include "fcgi/base/time.h"
#include "handlers/admin/admin.h"
#include "handlers/common/mask.h"
#include "handlers/common/sealing.h"
#include "sql/record/sms.h"

#define LIMIT 50

/* clang-format off */
static const char *const names[] = {
	[SMS_WAITING] = "waiting", [SMS_SENT] = "sent", [SMS_GIVEN_UP] = "given-up",
	[SMS_SENDING] = "sending", [SMS_UNCERTAIN] = "uncertain",
	[SMS_DELIVERED] = "delivered", [SMS_UNDELIVERED] = "undelivered",
};
/* clang-format on */
#define NAMES (COUNT(names))

/* 0 when there is none of that name. */
static unsigned
state_of(const char *name)
{
	unsigned state = NAMES - 1;

	while (state > 0 && strcmp(names[state], name) != 0)
		state--;
	return state;
}

static bool
read_options(int argc, char *argv[], unsigned *ret_state, long *ret_limit)
{
	for (int i = 0; i + 1 < argc; i += 2)
		if (strcmp(argv[i], "--state") == 0 && state_of(argv[i + 1]) > 0)
			*ret_state = state_of(argv[i + 1]);
		else if (strcmp(argv[i], "--limit") == 0)
			*ret_limit = strtol(argv[i + 1], NULL, 10);
		else
			return false;
	return argc % 2 == 0 && *ret_limit > 0;
}

/* A row whose key is lost hides no other. */
static const char *
phone_of(struct req *q, const struct sms_message *sms)
{
	char *phone;

	if (unseal_text(q, PURPOSE_SMS_PHONE, sms->reference, sms->phone_sealed, &phone) != ERR_OK)
		return "?";
	return mask_phone(q->arena, phone);
}

static void
print(struct req *q, const struct sms_message *sms)
{
	struct tm tm = time_shanghai(sms->created_at);
	char when[24];

	strftime(when, sizeof(when), "%Y-%m-%d %H:%M:%S", &tm);
	printf("%lld\t%s\t%s\t%s\t%s\t%lld\t%s\n", (long long)sms->id, when, sms->template_name,
	    phone_of(q, sms), sms->state < NAMES ? names[sms->state] : "?",
	    (long long)sms->attempts, sms->note ? sms->note : "");
}

int
sms_list_run(struct req *q, int argc, char *argv[])
{
	const struct sms_message *list;
	unsigned state = 0;
	long limit = LIMIT;
	size_t count;

	if (!read_options(argc, argv, &state, &limit)) {
		fputs("usage: portal admin sms-list [--state waiting|sending|sent|delivered|"
		      "undelivered|uncertain|given-up] [--limit N]\n",
		    stderr);
		return EXIT_FAILURE;
	}
	if (sms_list(q->db, q->arena, state, (int64_t)limit, &list, &count) != ERR_OK)
		return EXIT_FAILURE;
	puts("id\tasked for\tnotice\tphone\tstate\tattempts\tnote");
	for (size_t i = 0; i < count; i++)
		print(q, &list[i]);
	return EXIT_SUCCESS;
}
