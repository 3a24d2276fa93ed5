#include "handlers/sms/http.h"

#include <ctype.h>
#include <curl/curl.h>
#include <string.h>

#define CONNECT_SECONDS 3L
#define ALL_SECONDS 10L
#define HARMLESS_MAX 120

struct gateway_answer {
	char text[SMS_ANSWER_MAX + 1];
	size_t size;
};

/* What is beyond the limit is not kept; it says nothing we look for. */
static size_t
take(char *bytes, size_t one, size_t count, void *to)
{
	struct gateway_answer *b = to;
	size_t size = one * count, room = SMS_ANSWER_MAX - b->size;

	memcpy(b->text + b->size, bytes, size < room ? size : room);
	b->size += size < room ? size : room;
	return size;
}

static void
set(CURL *curl, const struct sms_call *call, struct curl_slist *headers,
    struct gateway_answer *answer)
{
	curl_easy_setopt(curl, CURLOPT_URL, call->url);
	curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
	curl_easy_setopt(curl, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
	curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, CONNECT_SECONDS);
	curl_easy_setopt(curl, CURLOPT_TIMEOUT, ALL_SECONDS);
	curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
	curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take);
	curl_easy_setopt(curl, CURLOPT_WRITEDATA, answer);
	if (!call->body)
		return;
	curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE, (long)strlen(call->body));
	curl_easy_setopt(curl, CURLOPT_POSTFIELDS, call->body);
}

static struct curl_slist *
headers_of(const struct sms_call *call)
{
	/* No content type curl thinks of, and no waiting for 100 Continue. */
	struct curl_slist *list = curl_slist_append(NULL, "Expect:");

	for (const char *const *h = call->headers; h && *h; h++)
		list = curl_slist_append(list, *h);
	return list;
}

struct sms_outcome
sms_http(struct req *q, const struct sms_call *call, struct sms_answer *ret)
{
	struct gateway_answer *answer = ARENA_NEW(q->arena, struct gateway_answer);
	CURL *curl = curl_easy_init();
	long asked = 0;

	if (!curl)
		return (struct sms_outcome){ SMS_LATER, "no curl" };
	struct curl_slist *headers = headers_of(call);
	set(curl, call, headers, answer);
	CURLcode code = curl_easy_perform(curl);
	/* bytes of requests that left: none, and the gateway knows nothing of it */
	curl_easy_getinfo(curl, CURLINFO_REQUEST_SIZE, &asked);
	curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &ret->status);
	curl_slist_free_all(headers);
	curl_easy_cleanup(curl);
	ret->text = answer->text;
	if (code == CURLE_OK)
		return (struct sms_outcome){ SMS_TAKEN, NULL };
	return (struct sms_outcome){ asked == 0 ? SMS_LATER : SMS_UNKNOWN,
		arena_printf(q->arena, "curl %d: %s", (int)code, curl_easy_strerror(code)) };
}

enum sms_fate
sms_code_fate(const struct sms_code_row *rows, size_t count, const char *code)
{
	for (size_t i = 0; i < count; i++)
		if (strncmp(code, rows[i].code, strlen(rows[i].code)) == 0)
			return rows[i].fate;
	return SMS_LATER;
}

const char *
sms_harmless(struct arena *arena, const char *text)
{
	size_t digits = 0;
	char *out = arena_strndup(arena, text, strnlen(text, HARMLESS_MAX));

	for (char *p = out; *p; p++) {
		unsigned char c = (unsigned char)*p;

		digits = isdigit(c) ? digits + 1 : 0;
		if (c < ' ' || c > '~' || c == '"' || digits > 4)
			*p = '_';
	}
	return out;
}
