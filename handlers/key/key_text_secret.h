#ifndef HANDLERS_KEY_KEY_TEXT_SECRET_H
#define HANDLERS_KEY_KEY_TEXT_SECRET_H

#include <stdbool.h>

#include "fcgi/base/arena.h"

/*
 * Is there a private key inside, of whatever kind, encrypted or not, alone or among other things?
 * Its namesake in web/public/parts/privateKey.ts asks before anything leaves the browser; both are
 * held equal by tests/vectors/key_texts.json.
 */
bool key_text_gives_away(struct arena *arena, const char *text);

#endif
