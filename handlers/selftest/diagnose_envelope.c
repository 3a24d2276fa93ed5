/* From what was pasted to the seven fields, whatever was done to their text on the way. */
#include "handlers/selftest/diagnose_envelope.h"

#include <string.h>

#include "fcgi/base/array.h"
#include "handlers/selftest/loose.h"
#include "handlers/selftest/value_read.h"

static const char *const names[] = { "appId", "version", "timestamp", "encType", "signType",
	"encData", "signData" };
#define NAMES (COUNT(names))

/* name=value&…, or JSON with its characters percent-encoded: how browsers post forms. */
static bool
is_form(const char *json, size_t size)
{
	size_t at = 0;

	while (at < size && at < 32 &&
	       memchr("_-ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", json[at],
		   64))
		at++;
	return size > 3 && (memcmp(json, "%7B", 3) == 0 || memcmp(json, "%7b", 3) == 0 ||
			       (at > 0 && at < size && json[at] == '='));
}

bool
read_envelope(struct arena *arena, const char *json, size_t size, struct diagnosis *d)
{
	bool form = is_form(json, size);
	struct loose loose;

	if (form) {
		diagnosis_add(d, MISTAKE_ENVELOPE_FORM);
		json = url_decoded(arena, json, size, true, &size);
	}
	if (!read_loose(arena, json, size, &loose)) {
		if (!form)
			diagnosis_add(d, MISTAKE_NOT_JSON);
		return false;
	}
	if (loose.bom)
		diagnosis_add(d, MISTAKE_ENVELOPE_BOM);
	if (loose.recoded)
		diagnosis_add(d, MISTAKE_NOT_UTF8);
	if (loose.wrapped)
		diagnosis_add(d, MISTAKE_ENVELOPE_QUOTED);
	d->envelope = d->sent = loose.value;
	return true;
}

/* But for case and what stands between words: appid, APP_ID, app-id. */
static bool
is_almost(const char *given, const char *name)
{
	for (; *given; given++) {
		if (strchr("_- ", *given))
			continue;
		if (((unsigned char)*given | 32) != ((unsigned char)*name | 32))
			return false;
		name++;
	}
	return !*name;
}

/* Gives such fields their names, to go on with. */
static void
mend_names(struct arena *arena, struct diagnosis *d)
{
	for (size_t i = 0; i < NAMES; i++)
		for (const struct value *m = d->envelope->first; m; m = m->next) {
			if (value_member(d->envelope, names[i]) || !is_almost(m->name, names[i]))
				continue;
			d->envelope = value_renamed(arena, d->envelope, m->name, names[i]);
			diagnosis_add(d, MISTAKE_FIELD_NAME);
			break;
		}
}

/* But for case and blanks around it. */
static bool
is_almost_id(const char *given, const char *id)
{
	size_t size = strlen(id);

	given += strspn(given, " \t\r\n");
	return strncasecmp(given, id, size) == 0 && !given[size + strspn(given + size, " \t\r\n")];
}

bool
check_fields(struct arena *arena, const struct selftest_keys *keys, struct diagnosis *d)
{
	static const char *const prescribed[][2] = { { "version", "2.0.1" }, { "encType", "SM4" },
		{ "signType", "SM2" } };

	mend_names(arena, d);
	for (size_t i = 0; i < NAMES; i++) {
		const char *text = value_text(d->envelope, names[i]);
		const struct value *field = value_member(d->envelope, names[i]);
		bool number =
		    field && field->kind == VALUE_NUMBER && strcmp(names[i], "timestamp") == 0;

		if (!number && !(text && *text)) {
			diagnosis_add(d, MISTAKE_FIELD_MISSING);
			return false;
		}
	}
	for (size_t i = 0; i < COUNT(prescribed); i++)
		if (strcmp(value_text(d->envelope, prescribed[i][0]), prescribed[i][1]) != 0)
			diagnosis_add(d, MISTAKE_FIELD_VALUE);
	const char *app_id = value_text(d->envelope, "appId");
	if (strcmp(app_id, keys->app_id) != 0)
		diagnosis_add(d, is_almost_id(app_id, keys->app_id) ? MISTAKE_APP_ID_WRITTEN
								    : MISTAKE_ENVIRONMENT);
	if (value_member(d->envelope, "data"))
		diagnosis_add(d, MISTAKE_DATA_LEFT_IN);
	return true;
}
