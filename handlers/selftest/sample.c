#include "handlers/selftest/sample.h"

#include <stdbool.h>
#include <string.h>

/* The files as they are; the assembler reads them. */
#define TEXT(name, path)                                                                           \
	__asm__(                                                                                   \
	    ".section .rodata\n" #name ":\n.incbin \"" CLIENTS path "\"\n.byte 0\n.previous\n");   \
	extern const char name[] __asm__(#name);

TEXT(sample_c_channel, "c/channel.c")
TEXT(sample_c_json, "c/json.c")
TEXT(sample_c_sm, "c/sm.c")
TEXT(sample_java_channel, "java/Channel.java")
TEXT(sample_java_json, "java/Json.java")
TEXT(sample_js_channel, "js/channel.js")
TEXT(sample_python_channel, "python/channel.py")
TEXT(sample_python_sm, "python/sm.py")

static const struct {
	const char *title, *files[4];
} languages[SAMPLE_LANGUAGE_COUNT] = {
	[SAMPLE_LANGUAGE_C] = { "C（OpenSSL 3）",
	    { sample_c_channel, sample_c_json, sample_c_sm, NULL } },
	[SAMPLE_LANGUAGE_JAVA] = { "Java（Bouncy Castle）",
	    { sample_java_channel, sample_java_json, NULL } },
	[SAMPLE_LANGUAGE_JS] = { "JavaScript（sm-crypto）", { sample_js_channel, NULL } },
	[SAMPLE_LANGUAGE_PYTHON] = { "Python（OpenSSL 3）",
	    { sample_python_channel, sample_python_sm, NULL } },
};

/* The lines between the marks; false when the file has no such part. */
static bool
find(const char *file, const char *wire, const char **ret_begin, const char **ret_end)
{
	static const char mark[] = "sample: ", last[] = "end of sample";
	size_t size = strlen(wire);

	for (const char *at = strstr(file, mark); at; at = strstr(at + 1, mark)) {
		const char *name = at + sizeof(mark) - 1;
		const char *begin = strchr(name, '\n');
		const char *end = begin ? strstr(begin, last) : NULL;

		if (!end || strncmp(name, wire, size) != 0 || !strchr(" \n", name[size]))
			continue;
		while (end[-1] != '\n')
			end--;
		*ret_begin = begin + 1;
		*ret_end = end;
		return true;
	}
	return false;
}

static size_t
line_size(const char *line, const char *end)
{
	const char *stop = memchr(line, '\n', (size_t)(end - line));

	return stop ? (size_t)(stop - line) + 1 : (size_t)(end - line);
}

/* The blanks that every line begins with, empty ones apart. */
static size_t
indentation(const char *begin, const char *end)
{
	size_t least = 80;

	for (const char *line = begin; line < end; line += line_size(line, end)) {
		size_t blanks = strspn(line, " \t");

		if (line[blanks] != '\n' && blanks < least)
			least = blanks;
	}
	return least;
}

const char *
sample_code(struct arena *arena, enum sample sample, enum sample_language language)
{
	const char *begin = NULL, *end = NULL;

	for (const char *const *file = languages[language].files; *file; file++)
		if (find(*file, samples[sample].wire, &begin, &end))
			break;
	if (!begin)
		return "";
	size_t cut = indentation(begin, end), size = 0;
	char *text = arena_alloc(arena, (size_t)(end - begin) + 1);
	for (const char *line = begin; line < end; line += line_size(line, end)) {
		size_t skip = *line == '\n' ? 0 : cut, more = line_size(line, end) - skip;

		memcpy(text + size, line + skip, more);
		size += more;
	}
	text[size] = '\0';
	return text;
}

static const struct answer_row rows[] = {
	ANSWER(struct sample_code_answer, language),
	ANSWER(struct sample_code_answer, text),
};
const struct answer sample_code_answer =
    ANSWER_TABLE("sample_code", struct sample_code_answer, rows);

const struct sample_code_answer *
sample_codes(struct arena *arena, enum sample sample)
{
	struct sample_code_answer *all =
	    ARENA_ARRAY(arena, struct sample_code_answer, SAMPLE_LANGUAGE_COUNT);

	for (enum sample_language i = 0; i < SAMPLE_LANGUAGE_COUNT; i++)
		all[i] = (struct sample_code_answer){
			.language = languages[i].title,
			.text = sample_code(arena, sample, i),
		};
	return all;
}
