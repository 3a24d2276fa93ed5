/* Any text as a keyring file, and any value as one that a keyring sealed. */
#include <string.h>

#include "fcgi/crypto/keyring.h"
#include "fcgi/crypto/keyring_inside.h"
#include "tests/fuzz/fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct keyring keyring;
	struct arena *arena = fuzz_arena();
	char *text = arena_strndup(arena, (const char *)data, size), *back;

	if (size > KEYRING_FILE_MAX || memchr(data, 0, size))
		return 0;
	memset(&keyring, 0, sizeof(keyring));
	keyring.hold = -1;
	(void)keyring_id_of(text);
	if (keyring_parse(&keyring, arena_strndup(arena, text, size)) != ERR_OK)
		return 0;
	must(keyring.count > 0 && keyring.count <= KEYRING_KEYS_MAX);
	for (size_t i = 1; i < keyring.count; i++)
		must(keyring.keys[i].id > keyring.keys[i - 1].id);
	const char *sealed = keyring_seal(&keyring, arena, "fuzz", text);
	must(keyring_id_of(sealed) == keyring_newest(&keyring));
	must(keyring_unseal(&keyring, arena, "fuzz", sealed, &back) == ERR_OK);
	must(strcmp(back, text) == 0);
	return 0;
}
