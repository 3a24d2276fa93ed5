#include "handlers/application/view_mask.h"

#include <string.h>

#include "handlers/common/mask.h"

static const struct {
	const char *field;
	const char *(*mask)(struct arena *arena, const char *text);
} masks[] = {
	{ "contact_phone", mask_phone },
	{ "tester_name", mask_name },
	{ "tester_id_no", mask_id },
};
#define MASKS (sizeof(masks) / sizeof(masks[0]))

void
view_mask(struct arena *arena, json_t *object, const char *field, const char *name)
{
	const char *text = json_string_value(json_object_get(object, name));

	for (size_t i = 0; i < MASKS; i++)
		if (text && strcmp(masks[i].field, field) == 0)
			json_object_set_new(object, name, json_string(masks[i].mask(arena, text)));
}

void
view_mask_answers(struct arena *arena, json_t *answers)
{
	for (size_t i = 0; i < MASKS; i++)
		view_mask(arena, answers, masks[i].field, masks[i].field);
}
