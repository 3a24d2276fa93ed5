#include "handlers/common/port.h"

#include <curl/curl.h>
#include <string.h>

#include "fcgi/base/log.h"

#define ANSWER_MAX 4096 /* bytes */

struct port_answer {
	char text[ANSWER_MAX];
	size_t size;
};

static size_t
take(char *bytes, size_t one, size_t count, void *to)
{
	struct port_answer *answer = to;
	size_t size = one * count;

	if (size > sizeof(answer->text) - answer->size)
		return 0; /* ends the transfer: no such answer is this long */
	memcpy(answer->text + answer->size, bytes, size);
	answer->size += size;
	return size;
}

static CURLcode
transfer(CURL *curl, const char *url, const char *body, long seconds, struct port_answer *answer,
    long *ret_status)
{
	struct curl_slist *headers =
	    curl_slist_append(curl_slist_append(NULL, "Expect:"), "Content-Type: application/json");

	curl_easy_setopt(curl, CURLOPT_URL, url);
	curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
	curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(curl, CURLOPT_TIMEOUT, seconds);
	if (body) {
		curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
		curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body);
	}
	curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take);
	curl_easy_setopt(curl, CURLOPT_WRITEDATA, answer);
	CURLcode code = curl_easy_perform(curl);
	curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, ret_status);
	curl_slist_free_all(headers);
	return code;
}

enum err
port_ask(struct arena *arena, const char *name, const char *url, const char *body, long seconds,
    json_t **ret)
{
	struct port_answer *answer = ARENA_NEW(arena, struct port_answer);
	CURL *curl = curl_easy_init();
	long status = 0;

	*ret = NULL;
	if (!curl)
		return ERR_UNAVAILABLE;
	CURLcode code = transfer(curl, url, body, seconds, answer, &status);
	curl_easy_cleanup(curl);
	if (code == CURLE_OK && status == 200)
		*ret = json_loadb(answer->text, answer->size, 0, NULL);
	if (*ret)
		return ERR_OK;
	log_line(LOG_ERROR, name, "curl=%d status=%ld size=%zu", (int)code, status, answer->size);
	return ERR_UNAVAILABLE;
}
