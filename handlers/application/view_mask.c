#include "handlers/application/view_mask.h"

#include <string.h>

#include "fcgi/base/array.h"
#include "handlers/common/mask.h"

static const struct {
	const char *field;
	const char *(*mask)(struct arena *arena, const char *text);
} masks[] = {
	{ "contact_phone", mask_phone },
	{ "tester_name", mask_name },
	{ "tester_id_no", mask_id },
};
#define MASKS (COUNT(masks))

json_t *
view_masked(struct req *q, const char *field, json_t *value)
{
	const char *text = json_string_value(value);

	for (size_t i = 0; text && i < MASKS; i++)
		if (strcmp(masks[i].field, field) == 0)
			return reply_keep(q, json_string(masks[i].mask(q->arena, text)));
	return value;
}

void
view_mask_answers(struct req *q, json_t *answers)
{
	for (size_t i = 0; i < MASKS; i++) {
		json_t *value = json_object_get(answers, masks[i].field);

		if (value)
			json_object_set(answers, masks[i].field,
			    view_masked(q, masks[i].field, value));
	}
}
