#include "handlers/upload/check/pdf_objects.h"

#include <ctype.h>
#include <qpdf/qpdf-c.h>
#include <qpdf/qpdflogger-c.h>
#include <stdlib.h>
#include <strings.h>

#include "fcgi/base/array.h"
#include "handlers/upload/check/inflate.h"

#define MIB ((uint64_t)1024 * 1024)
#define OBJECTS_MAX 500000
#define DEPTH_MAX 128u
#define NOTED_MAX 512u
#define RELEASED_AT_ONCE 64
#define PIXELS_MAX ((uint64_t)200 * 1000 * 1000) /* of one picture: A2 at 600 dpi in one colour */
#define UNFOLDED_MAX (32 * MIB) /* of one stream, unless it is less than RATIO_MAX of itself */
#define RATIO_MAX 200u
#define RATIO_OF_DEFLATE 1032u /* it cannot do more */
#define KEPT_MAX (4 * MIB)     /* of a stream that is read */

/* ---- what an object says --------------------------------------------------------- */

/* Objects that are looked at once more for what their place means. */
struct noted {
	int ids[NOTED_MAX];
	size_t count;
};

struct judge {
	struct bytes text;
	size_t at;
	enum reason reason;
	bool opening; /* of the object itself: done without being asked for */
	struct noted *opened, *forms;
};

struct token {
	enum { END, NAME, STRING, OPEN, CLOSE, WORD } type;
	bool array; /* of OPEN */
	struct bytes text;
};

static void
note(struct judge *j, struct noted *noted, int id)
{
	for (size_t i = 0; i < noted->count; i++)
		if (noted->ids[i] == id)
			return;
	if (noted->count == NOTED_MAX)
		j->reason = REASON_UNCHECKED;
	else
		noted->ids[noted->count++] = id;
}

static size_t
string_end(struct bytes text, size_t at)
{
	unsigned depth = 0;

	for (; at < text.size; at++) {
		unsigned c = text.at[at];

		if (c == '\\')
			at++;
		else if (c == '(')
			depth++;
		else if (c == ')' && --depth == 0)
			return at + 1;
	}
	return text.size;
}

/* As libqpdf writes them: no comments, names without more escapes than they need. */
static struct token
next_token(struct judge *j)
{
	struct bytes text = j->text;

	while (j->at < text.size && (text.at[j->at] == '\0' || isspace(text.at[j->at])))
		j->at++;
	size_t start = j->at;
	struct token t = { .type = WORD };
	if (start >= text.size) {
		t.type = END;
	} else if (HOLDS(text, start, "<<") || HOLDS(text, start, ">>")) {
		t.type = text.at[start] == '<' ? OPEN : CLOSE;
		j->at += 2;
	} else if (text.at[start] == '[' || text.at[start] == ']') {
		t.type = text.at[start] == '[' ? OPEN : CLOSE;
		t.array = true;
		j->at++;
	} else if (text.at[start] == '(') {
		t.type = STRING;
		j->at = string_end(text, start);
	} else if (text.at[start] == '<') {
		t.type = STRING;
		j->at = FIND(text, start, ">") + 1;
	} else {
		t.type = text.at[start] == '/' ? NAME : WORD;
		for (j->at++; j->at < text.size && !isspace(text.at[j->at]) &&
			      !strchr("()<>[]/", text.at[j->at]);)
			j->at++;
	}
	if (j->at > text.size)
		j->at = text.size;
	t.text = part(text, start, j->at - start);
	return t;
}

static bool
is(struct bytes text, const char *word)
{
	size_t len = strlen(word);

	return text.size == len && holds(text, 0, word, len);
}

static bool
is_one(struct bytes text, const char *const words[], size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (is(text, words[i]))
			return true;
	return false;
}

/* A dictionary or an array that is open. */
struct frame {
	bool array, opening;
	bool valued;      /* the key has its value: the next name is a key */
	struct bytes key; /* of an array: its own */
};

/* A name that is the value of a key. */
static void
judge_name(struct judge *j, const struct frame *f, struct bytes name)
{
	static const char *const actions[] = { "/Launch", "/ImportData", "/SubmitForm", "/GoToE",
		"/GoToR" };
	static const char *const attached[] = { "/FileAttachment", "/RichMedia", "/EmbeddedFile" };

	if (is(f->key, "/S") && is(name, "/JavaScript"))
		j->reason = REASON_PDF_SCRIPT;
	else if (is(f->key, "/S") && is_one(name, actions, COUNT(actions)))
		j->reason = REASON_PDF_ACTION;
	else if (is(f->key, "/S") && is(name, "/URI") && f->opening)
		j->reason = REASON_PDF_ACTION;
	else if ((is(f->key, "/Subtype") || is(f->key, "/Type")) &&
		 is_one(name, attached, COUNT(attached)))
		j->reason = REASON_PDF_FILES;
}

static void
judge_string(struct judge *j, const struct frame *f, struct bytes string)
{
	static const char scheme[] = "(javascript:";

	if (is(f->key, "/URI") && has(string, 0, sizeof(scheme)) &&
	    strncasecmp((const char *)string.at, scheme, sizeof(scheme) - 1) == 0)
		j->reason = REASON_PDF_SCRIPT;
}

/* Whatever the value is. */
static void
judge_key(struct judge *j, const struct frame *f, const struct token *value)
{
	if (f->array || is(value->text, "null"))
		return;
	if (is(f->key, "/JS") || is(f->key, "/OnInstantiate"))
		j->reason = REASON_PDF_SCRIPT;
	else if (is(f->key, "/EF"))
		j->reason = REASON_PDF_FILES;
}

/* A reference: to what is done at opening, or to what a form is made of. */
static void
judge_reference(struct judge *j, const struct frame *f, int id)
{
	static const char *const others[] = { "/T", "/AN", "/R", "/P", "/Parent" };

	if (is(f->key, "/XFA"))
		note(j, j->forms, id);
	else if (!f->array && (is(f->key, "/OpenAction") || is(f->key, "/AA")))
		note(j, j->opened, id);
	else if (f->opening && !is_one(f->key, others, COUNT(others)))
		note(j, j->opened, id);
}

static struct frame
enter(const struct frame *f, bool array)
{
	bool begins = !f->array && (is(f->key, "/OpenAction") || is(f->key, "/AA"));

	/* an array there is a place in the document, but for a list of actions */
	return (struct frame){ .array = array,
		.opening = array ? f->opening && is(f->key, "/Next") : f->opening || begins,
		.key = array ? f->key : (struct bytes){ 0 },
		.valued = true };
}

static int
number(struct bytes word)
{
	int n = 0;

	for (size_t i = 0; i < word.size && i < 8 && isdigit(word.at[i]); i++)
		n = n * 10 + (word.at[i] - '0');
	return n;
}

static void
judge_text(struct judge *j)
{
	struct frame frames[DEPTH_MAX] = { { .array = true, .opening = j->opening } };
	struct bytes before[2] = { 0 };
	size_t depth = 0;

	for (struct token t; j->reason == REASON_NONE && (t = next_token(j)).type != END;) {
		struct frame *f = &frames[depth];

		if (t.type == NAME && !f->array && f->valued) {
			f->key = t.text;
			f->valued = false;
			continue;
		}
		if (t.type == CLOSE) {
			depth -= depth > 0;
			continue;
		}
		judge_key(j, f, &t);
		f->valued = true;
		if (t.type == NAME)
			judge_name(j, f, t.text);
		else if (t.type == STRING)
			judge_string(j, f, t.text);
		else if (is(t.text, "R"))
			judge_reference(j, f, number(before[0]));
		else if (t.type == OPEN && depth + 1 == DEPTH_MAX)
			j->reason = REASON_UNCHECKED;
		else if (t.type == OPEN)
			frames[++depth] = enter(f, t.array);
		before[0] = before[1];
		before[1] = t.text;
	}
}

/* ---- streams ----------------------------------------------------------------------- */

static uint64_t
int_of(qpdf_data qpdf, qpdf_oh dict, const char *key)
{
	qpdf_oh value = qpdf_oh_get_key(qpdf, dict, key);
	long long n = qpdf_oh_is_integer(qpdf, value) ? qpdf_oh_get_int_value(qpdf, value) : 0;

	return n > 0 ? (uint64_t)n : 0;
}

/* How often it is deflated; *ret_others: whether it is packed in other ways as well. */
static unsigned
deflated(qpdf_data qpdf, qpdf_oh dict, bool *ret_others)
{
	qpdf_oh filter = qpdf_oh_get_key(qpdf, dict, "/Filter");
	int count = qpdf_oh_is_array(qpdf, filter) ? qpdf_oh_get_array_n_items(qpdf, filter) : 1;
	unsigned times = 0;

	*ret_others = false;
	for (int i = 0; i < count && i < 8; i++) {
		qpdf_oh one = qpdf_oh_is_array(qpdf, filter)
				  ? qpdf_oh_get_array_item(qpdf, filter, i)
				  : filter;
		if (!qpdf_oh_is_name(qpdf, one))
			continue;
		const char *name = qpdf_oh_get_name(qpdf, one);
		if (strcmp(name, "/FlateDecode") == 0 || strcmp(name, "/Fl") == 0)
			times++;
		else
			*ret_others = true;
	}
	return times;
}

static unsigned char kept[KEPT_MAX];

static struct inflated
unfold(struct bytes data, uint64_t max)
{
	struct inflated i = { .keep = kept, .keep_max = sizeof(kept) };

	inflate_begin(false);
	inflate_more(&i, data, max);
	inflate_end();
	return i;
}

static enum reason
judge_unfolded(struct bytes data, unsigned times)
{
	uint64_t max = data.size * RATIO_MAX > UNFOLDED_MAX ? data.size * RATIO_MAX : UNFOLDED_MAX;
	struct inflated i = unfold(data, max);

	if (i.size > max)
		return REASON_UNFOLDS;
	if (times < 2)
		return REASON_NONE;
	if (i.size > KEPT_MAX / 2 || times > 2)
		return REASON_UNFOLDS; /* nobody needs that */
	memmove(kept + KEPT_MAX / 2, kept, i.size);
	struct inflated again = { .keep = kept, .keep_max = KEPT_MAX / 2 };
	inflate_begin(false);
	inflate_more(&again, (struct bytes){ kept + KEPT_MAX / 2, (size_t)i.size }, UNFOLDED_MAX);
	inflate_end();
	return again.size > UNFOLDED_MAX ? REASON_UNFOLDS : REASON_NONE;
}

static enum reason
judge_stream(qpdf_data qpdf, qpdf_oh stream, qpdf_oh dict)
{
	qpdf_oh subtype = qpdf_oh_get_key(qpdf, dict, "/Subtype");
	bool others;

	if (qpdf_oh_is_name(qpdf, subtype) &&
	    strcmp(qpdf_oh_get_name(qpdf, subtype), "/Image") == 0)
		return int_of(qpdf, dict, "/Width") * int_of(qpdf, dict, "/Height") > PIXELS_MAX
			   ? REASON_UNFOLDS
			   : REASON_NONE;
	if (qpdf_oh_has_key(qpdf, dict, "/F"))
		return REASON_PDF_ACTION; /* its content is fetched from elsewhere */
	unsigned times = deflated(qpdf, dict, &others);
	if (times == 0 || others ||
	    (times == 1 && int_of(qpdf, dict, "/Length") * RATIO_OF_DEFLATE < UNFOLDED_MAX))
		return REASON_NONE;
	unsigned char *data = NULL;
	size_t size = 0;
	enum reason reason = REASON_NONE;
	if ((qpdf_oh_get_stream_data(qpdf, stream, qpdf_dl_none, NULL, &data, &size) &
		QPDF_ERRORS) == 0)
		reason = judge_unfolded((struct bytes){ data, size }, times);
	free(data);
	return reason;
}

/* "<script", whatever stands before the colon of its name. */
static bool
holds_script(struct bytes text)
{
	for (size_t at = 0; (at = FIND(text, at, "script")) < text.size; at++) {
		size_t start = at;

		while (start > 0 && at - start < 32 &&
		       (isalnum(text.at[start - 1]) || strchr("_-:.", text.at[start - 1])))
			start--;
		if (start > 0 && text.at[start - 1] == '<')
			return true;
	}
	return FIND(text, 0, "x-javascript") < text.size;
}

/* A part of a form made of XML: what stands in it is run by whoever shows it. */
static enum reason
judge_form(qpdf_data qpdf, qpdf_oh stream)
{
	unsigned char *data = NULL;
	size_t size = 0;
	bool others;

	if (!qpdf_oh_is_stream(qpdf, stream))
		return REASON_NONE;
	unsigned times = deflated(qpdf, qpdf_oh_get_dict(qpdf, stream), &others);
	enum reason reason = REASON_UNCHECKED;
	if (!others && times < 2 &&
	    (qpdf_oh_get_stream_data(qpdf, stream, qpdf_dl_none, NULL, &data, &size) &
		QPDF_ERRORS) == 0) {
		struct bytes text = { data, size };

		if (times == 1) {
			struct inflated i = unfold(text, KEPT_MAX);
			text = (struct bytes){ kept, (size_t)i.size };
		}
		if (text.size <= KEPT_MAX)
			reason = holds_script(text) ? REASON_PDF_SCRIPT : REASON_NONE;
	}
	free(data);
	return reason;
}

/* ---- all of it ----------------------------------------------------------------------- */

struct opened {
	qpdf_data qpdf;
	struct noted opened, forms;
};

static enum reason
judge_object(struct opened *d, int id, bool opening)
{
	qpdf_oh o = qpdf_get_object_by_id(d->qpdf, id, 0);
	qpdf_oh stream = o;
	bool is_stream = qpdf_oh_is_stream(d->qpdf, o);

	if (is_stream)
		o = qpdf_oh_get_dict(d->qpdf, o);
	const char *text = qpdf_oh_unparse_resolved(d->qpdf, o);
	struct judge j = { .text = { (const unsigned char *)text, strlen(text) },
		.opening = opening,
		.opened = &d->opened,
		.forms = &d->forms };
	judge_text(&j);
	if (j.reason == REASON_NONE && is_stream)
		j.reason = judge_stream(d->qpdf, stream, o);
	if (id % RELEASED_AT_ONCE == 0) /* giving memory back takes time, too */
		qpdf_oh_release_all(d->qpdf);
	return j.reason;
}

static enum reason
judge_objects(struct opened *d)
{
	uint64_t count = int_of(d->qpdf, qpdf_get_trailer(d->qpdf), "/Size");
	enum reason reason = count > OBJECTS_MAX ? REASON_UNCHECKED : REASON_NONE;

	for (int id = 1; reason == REASON_NONE && (uint64_t)id < count; id++)
		reason = judge_object(d, id, false);
	for (size_t i = 0; reason == REASON_NONE && i < d->opened.count; i++)
		reason = judge_object(d, d->opened.ids[i], true);
	for (size_t i = 0; reason == REASON_NONE && i < d->forms.count; i++)
		reason = judge_form(d->qpdf, qpdf_get_object_by_id(d->qpdf, d->forms.ids[i], 0));
	return reason;
}

static qpdf_data
begin(bool recover)
{
	qpdf_data qpdf = qpdf_init();

	qpdf_set_suppress_warnings(qpdf, QPDF_TRUE);
	qpdf_silence_errors(qpdf);
	qpdf_set_attempt_recovery(qpdf, recover);
	return qpdf;
}

/* An error nobody asked for would be printed, and the jail has no place for that. */
static void
end(qpdf_data qpdf)
{
	(void)qpdf_get_error(qpdf);
	qpdf_cleanup(&qpdf);
}

/* The first error, REASON_NONE when there is none. */
static enum reason
error_of(qpdf_data qpdf)
{
	if (!qpdf_has_error(qpdf))
		return REASON_NONE;
	enum qpdf_error_code_e code = qpdf_get_error_code(qpdf, qpdf_get_error(qpdf));
	return code == qpdf_e_password || code == qpdf_e_unsupported ? REASON_PDF_PASSWORD
								     : REASON_BROKEN;
}

static enum reason
read_whole(struct opened *d, struct bytes file)
{
	if (qpdf_read_memory(d->qpdf, "", (const char *)file.at, file.size, NULL) & QPDF_ERRORS)
		return error_of(d->qpdf);
	int pages = qpdf_get_num_pages(d->qpdf);
	if (pages < 0 || qpdf_has_error(d->qpdf))
		return REASON_BROKEN;
	return pages == 0 ? REASON_PDF_EMPTY : REASON_NONE;
}

enum reason
pdf_objects(struct bytes file)
{
	struct opened d = { .qpdf = begin(false) };
	enum reason reason = read_whole(&d, file);

	if (reason == REASON_NONE)
		reason = judge_objects(&d);
	/* what libqpdf had to guess at, others may read in other ways: it was not looked at */
	if (reason == REASON_NONE && (qpdf_has_error(d.qpdf) || qpdf_more_warnings(d.qpdf)))
		reason = REASON_BROKEN;
	end(d.qpdf);
	return reason;
}

/* Its table was read, and misleads: without the word that points to it libqpdf looks for the objects itself. */
static bool
without_table(struct bytes file, struct copy *copy)
{
	if (!copy_bytes(copy, file))
		return false;
	for (size_t at = 0; (at = FIND(file, at, "startxref")) < file.size; at++)
		memset(copy->room + at, ' ', sizeof("startxref") - 1);
	return true;
}

static bool
write_again(struct bytes file, struct copy *copy)
{
	struct opened d = { .qpdf = begin(true) };
	bool written = false;

	if (read_whole(&d, file) == REASON_NONE &&
	    (qpdf_init_write_memory(d.qpdf) & QPDF_ERRORS) == 0) {
		qpdf_set_stream_data_mode(d.qpdf, qpdf_s_preserve);
		qpdf_set_static_ID(d.qpdf, QPDF_TRUE); /* equal files become equal copies */
		qpdf_set_static_aes_IV(d.qpdf, QPDF_TRUE);
		if ((qpdf_write(d.qpdf) & QPDF_ERRORS) == 0)
			written = copy_bytes(copy, (struct bytes){ qpdf_get_buffer(d.qpdf),
						       qpdf_get_buffer_length(d.qpdf) });
	}
	end(d.qpdf);
	return written;
}

bool
pdf_repair(struct bytes file, struct copy *copy)
{
	return write_again(file, copy) ||
	       (without_table(file, copy) &&
		   write_again((struct bytes){ copy->room, copy->size }, copy));
}

void
pdf_make_ready(void)
{
	qpdflogger_handle log = qpdflogger_default_logger();

	qpdflogger_set_info(log, qpdf_log_dest_discard, NULL, NULL);
	qpdflogger_set_warn(log, qpdf_log_dest_discard, NULL, NULL);
	qpdflogger_set_error(log, qpdf_log_dest_discard, NULL, NULL);
	qpdflogger_cleanup(&log);
}
