#include <stdio.h>
#include <string.h>

#include "handlers/sheet/seal.h"
#include "handlers/sheet/verify.h"

#define FILE_MAX ((size_t)4 * 1024 * 1024)

/* With a NUL behind it; max when it is as long or longer, -1 when it cannot be read. */
static ssize_t
read_all(const char *path, char *to, size_t max)
{
	FILE *file = fopen(path, "re");
	size_t size = file ? fread(to, 1, max, file) : 0;
	bool good = file && !ferror(file);

	if (file)
		fclose(file);
	to[size < max ? size : max - 1] = '\0';
	return good ? (ssize_t)size : -1;
}

static bool
read_key(const char *given, unsigned char ret[SM2_PUBLIC_SIZE])
{
	char text[256];

	if (sm2_read_public(given, ret) == ERR_OK)
		return true;
	ssize_t size = read_all(given, text, sizeof(text));
	if (size < 0 || size == (ssize_t)sizeof(text))
		return false;
	text[strcspn(text, "\r\n \t")] = '\0';
	return sm2_read_public(text, ret) == ERR_OK;
}

int
verify_cli(struct req *q, int argc, char *argv[])
{
	unsigned char key[SM2_PUBLIC_SIZE];
	char number[SHEET_NUMBER_SIZE + 1];
	char *file = arena_alloc(q->arena, FILE_MAX);

	if (argc != 3 || strcmp(argv[1], "--key") != 0) {
		fputs("usage: portal verify FILE.pdf --key PUBLIC\n", stderr);
		return 2;
	}
	if (!read_key(argv[2], key)) {
		fputs("verify: --key: neither a public key in base64 nor a file that holds one\n",
		    stderr);
		return 2;
	}
	ssize_t size = read_all(argv[0], file, FILE_MAX);
	if (size < 0) {
		fprintf(stderr, "verify: %s: cannot be read\n", argv[0]);
		return 2;
	}
	/* longer than any sheet is: no sheet */
	enum err e =
	    (size_t)size == FILE_MAX
		? ERR_NOT_FOUND
		: sheet_unseal(q->arena, key, (const unsigned char *)file, (size_t)size, number);
	if (e == ERR_OK)
		printf("valid\t%s\n", number);
	else
		printf("%s\n", e == ERR_NOT_FOUND ? "unsealed" : "altered");
	return e == ERR_OK ? 0 : 1;
}
