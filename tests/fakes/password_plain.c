/* Stands in for fcgi/crypto/password.c: "hashes" that can be read, in no time. */
#include "fcgi/crypto/password.h"

#include <string.h>

#define MARK "hashed:"

void
password_init(const char *lock_dir, const char *site, unsigned waiters)
{
	(void)lock_dir;
	(void)site;
	(void)waiters;
}

enum err
password_turn_begin(struct password_turn *turn)
{
	turn->mine = true;
	return ERR_OK;
}

void
password_turn_end(struct password_turn *turn)
{
	turn->mine = false;
}

enum err
password_hash(struct arena *arena, const char *text, char **ret_encoded)
{
	*ret_encoded = arena_printf(arena, MARK "%s", text);
	return ERR_OK;
}

enum err
password_verify(const char *encoded, const char *text, bool *ret_match)
{
	*ret_match =
	    strncmp(encoded, MARK, strlen(MARK)) == 0 && strcmp(encoded + strlen(MARK), text) == 0;
	return ERR_OK;
}

enum err
password_dummy_verify(const char *text)
{
	(void)text;
	return ERR_OK;
}

char *
password_random(struct arena *arena)
{
	return arena_printf(arena, "Random2345xy");
}
