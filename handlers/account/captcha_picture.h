#ifndef HANDLERS_ACCOUNT_CAPTCHA_PICTURE_H
#define HANDLERS_ACCOUNT_CAPTCHA_PICTURE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "fcgi/base/arena.h"

/*
 * The 图形验证码: four characters as a picture that people can read and simple
 * character recognition cannot. Glyphs are turned, sheared, bent, run into each
 * other, crossed by lines of their own colour and cut by lines of the paper's.
 */
#define CAPTCHA_LENGTH 4
#define CAPTCHA_ALPHABET "2346789ACEFHKMNPRTUXY" /* also of handlers/account/sounds/make */
#define CAPTCHA_WIDTH 160                        /* pixels at scale 1 */
#define CAPTCHA_HEIGHT 60
#define CAPTCHA_SCALE_MAX 3

/*
 * font: a fontconfig family; the string must stay. Loads it, so that the first
 * picture is no slower than the others; call before fork() to share it.
 */
void captcha_init(const char *font);

/* A fresh answer, from letters and digits that stay apart when bent. */
char *captcha_text(struct arena *arena);

/*
 * The picture of text (CAPTCHA_LENGTH characters of captcha_text()) as PNG, in
 * the arena. Same text, seed and scale: same bytes, so a browser may load it
 * twice. scale 1 .. CAPTCHA_SCALE_MAX, for people who need it larger.
 *
 * The seed must be a secret: with it, one could draw all answers and compare.
 */
void captcha_draw(struct arena *arena, const char *text, uint64_t seed, unsigned scale,
    unsigned char **ret_png, size_t *ret_size);

/* Is what a person typed the answer? Case and white space around do not count. */
bool captcha_match(const char *answer, const char *typed);

#endif
