/*
 * client KEYS.json call ADDRESS SERVICE   data from standard input to the platform; prints its answer
 * client KEYS.json seal                   an envelope for each line of data
 * client KEYS.json open                   the data of each line, an answer of the platform
 */
#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "channel.h"

#define NOT_SIGNED "the signature is not the platform's"

static int
fail(const char *text, const char *more)
{
	fprintf(stderr, "client: %s%s%s\n", text, *more ? ": " : "", more);
	return 1;
}

static size_t
take(char *bytes, size_t one, size_t count, void *to)
{
	text_add(to, bytes, one * count);
	return one * count;
}

/* The body of the answer; NULL when there is none. */
static char *
post(const char *address, const char *service, const char *body)
{
	struct curl_slist *headers = curl_slist_append(NULL, "Content-Type: application/json");
	CURL *curl = curl_easy_init();
	struct text url = { 0 }, answer = { 0 };

	text_say(&url, address);
	if (url.size && url.bytes[url.size - 1] != '/')
		text_say(&url, "/");
	text_say(&url, service);
	curl_easy_setopt(curl, CURLOPT_URL, url.bytes);
	curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
	curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body);
	curl_easy_setopt(curl, CURLOPT_TIMEOUT, 10L);
	curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take);
	curl_easy_setopt(curl, CURLOPT_WRITEDATA, &answer);
	CURLcode code = curl_easy_perform(curl);
	curl_easy_cleanup(curl);
	curl_slist_free_all(headers);
	free(url.bytes);
	if (code == CURLE_OK)
		return answer.bytes;
	free(answer.bytes);
	return NULL;
}

static int
print(const struct json *data)
{
	struct text out = { 0 };

	if (data)
		json_write(&out, data);
	puts(data ? out.bytes : "null");
	free(out.bytes);
	return 0;
}

/* Prints the data of an answer; an answer that says 失败 is one, too. */
static int
open_answer(const struct channel_keys *keys, const char *text, bool must_succeed)
{
	struct channel_answer answer;
	bool good = channel_open(keys, text, &answer);
	const struct json *success = json_get(answer.envelope, "success");
	int status;

	if (!good)
		status = fail(NOT_SIGNED, "");
	else if (must_succeed && (!success || strcmp(success->text, "true") != 0))
		status =
		    fail(json_text(answer.envelope, "code"), json_text(answer.envelope, "message"));
	else
		status = print(answer.data);
	json_free(answer.envelope);
	json_free(answer.data);
	return status;
}

/* The envelope of one line of data; NULL, and said, when it is none. */
static char *
seal_line(const struct channel_keys *keys, const char *line)
{
	struct json *data = json_parse(line);
	char *envelope = data ? channel_seal(keys, data) : NULL;

	if (!envelope)
		fail("the data is no JSON", "");
	json_free(data);
	return envelope;
}

static int
seal(const struct channel_keys *keys, const char *line)
{
	char *envelope = seal_line(keys, line);
	int status = envelope ? 0 : 1;

	if (envelope)
		puts(envelope);
	free(envelope);
	return status;
}

static int
call(const struct channel_keys *keys, const char *address, const char *service, const char *line)
{
	char *envelope = seal_line(keys, line);
	char *text = envelope ? post(address, service, envelope) : NULL;
	int status = text       ? open_answer(keys, text, true)
		     : envelope ? fail("no answer", address)
				: 1;

	free(envelope);
	free(text);
	return status;
}

/* All of it; "" when it cannot be read. */
static char *
slurp(const char *path)
{
	struct text all = { 0 };
	char piece[4096];
	FILE *file = fopen(path, "r");

	text_say(&all, "");
	for (size_t n; file && (n = fread(piece, 1, sizeof(piece), file)) > 0;)
		text_add(&all, piece, n);
	if (file)
		fclose(file);
	return all.bytes;
}

int
main(int argc, char *argv[])
{
	const char *action = argc > 2 ? argv[2] : "";
	struct channel_keys keys;
	char *line = NULL;
	size_t cap = 0;
	int status = 0;

	if (!(argc == 3 && (!strcmp(action, "seal") || !strcmp(action, "open"))) &&
	    !(argc == 5 && !strcmp(action, "call"))) {
		fputs("usage: client KEYS.json call ADDRESS SERVICE | seal | open\n", stderr);
		return 2;
	}
	char *text = slurp(argv[1]);
	if (!channel_keys_read(text, &keys))
		status = fail("the keys cannot be read", argv[1]);
	while (status == 0 && getline(&line, &cap, stdin) > 0)
		status = !strcmp(action, "seal")   ? seal(&keys, line)
			 : !strcmp(action, "open") ? open_answer(&keys, line, false)
						   : call(&keys, argv[3], argv[4], line);
	free(line);
	free(text);
	channel_keys_free(&keys);
	return status;
}
