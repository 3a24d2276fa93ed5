#ifndef HANDLERS_RULES_CHECK_NAME_H
#define HANDLERS_RULES_CHECK_NAME_H

#include <stdbool.h>

/*
 * Is a name nothing but a name? One that leads somewhere is none: an address (example.com, a slash,
 * an @), a telephone number however it is written (seven digits that nothing but blanks and strokes
 * keep apart, 一 and １ and ① among them), characters that hide or reorder. Pure; its namesake is
 * unit_name of web/shared/formats.ts, held equal by tests/vectors/formats.json.
 */
bool name_is_plain(const char *text);

#endif
