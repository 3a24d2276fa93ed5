/* Any JSON as the answers to every form: what is accepted stays accepted when it comes again. */
#include "fcgi/http/form.h"
#include "handlers/site/forms.h"
#include "tests/fuzz/fuzz.h"

#define OUT_SIZE 4096 /* more than the largest struct of answers */

static void
read_into(const struct form *form, const json_t *input, const char *kind, enum form_mode mode)
{
	struct arena *arena = fuzz_arena();
	struct field_errors errors = { .count = 0 };
	void *out = arena_alloc(arena, OUT_SIZE);

	if (form_read(form, input, kind, mode, arena, &errors, out) != ERR_OK)
		return;
	json_t *once = form_dump(form, out);
	void *again = arena_alloc(arena, OUT_SIZE);
	must(form_read(form, once, kind, FORM_DRAFT, arena, &errors, again) == ERR_OK);
	json_t *twice = form_dump(form, again);
	must(json_equal(once, twice));
	json_decref(twice);
	again = arena_alloc(arena, OUT_SIZE);
	must(form_check(form, out, kind, FORM_DRAFT, arena, &errors, again) == ERR_OK);
	twice = form_dump(form, again);
	must(json_equal(once, twice));
	json_decref(twice);
	json_decref(once);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const kinds[] = { NULL, "hospital", "pharmacy", "x" };

	if (size < 2)
		return 0;
	const struct form *form = forms[data[0] % forms_count];
	json_t *input = json_loadb((const char *)data + 2, size - 2, JSON_REJECT_DUPLICATES, NULL);
	read_into(form, input, kinds[data[1] % 4], data[1] & 4 ? FORM_DRAFT : FORM_SUBMIT);
	json_decref(input);
	return 0;
}
