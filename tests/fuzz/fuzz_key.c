/* Any text as a key, a signature or bytes in base64 or hex, as a channel may paste them. */
#include <string.h>

#include "fcgi/base/bytes.h"
#include "handlers/key/key_text.h"
#include "tests/fuzz/fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *arena = fuzz_arena();
	const char *text = fuzz_text(arena, data, size);
	unsigned char key[SM2_PUBLIC_SIZE], private[SM2_PRIVATE_SIZE], sign[SM2_SIGNATURE_SIZE];
	unsigned char *bytes = arena_alloc(arena, size);
	size_t got;

	if (bytes_unbase64(text, bytes, size, &got) == ERR_OK)
		must(strcmp(bytes_base64(arena, bytes, got), text) == 0);
	if (bytes_unhex(text, bytes, size, &got) == ERR_OK)
		must(strlen(text) == 2 * got);
	(void)sm2_read_private(text, private);
	bool is_key = sm2_read_public(text, key) == ERR_OK;
	if (sm2_read_signature(text, sign) == ERR_OK && is_key)
		(void)sm2_verify(key, "m", 1, sign);

	enum key_text kind = key_text_public(arena, text, key);
	must((kind == SM2_TEXT_PRIVATE) == key_text_gives_away(arena, text));
	if (kind == SM2_TEXT_PUBLIC) /* what it was taken for is a key */
		must(sm2_read_public(bytes_base64(arena, key, sizeof(key)), key) == ERR_OK);
	must(!is_key || kind == SM2_TEXT_PUBLIC);
	bool is_number = sm2_read_private(text, private) == ERR_OK;
	must(!is_number || kind == SM2_TEXT_PRIVATE);
	(void)key_text_private(arena, text, private);
	(void)key_text_signature(arena, text, sign);
	return 0;
}
