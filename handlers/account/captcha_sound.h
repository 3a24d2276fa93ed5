#ifndef HANDLERS_ACCOUNT_CAPTCHA_SOUND_H
#define HANDLERS_ACCOUNT_CAPTCHA_SOUND_H

#include <stddef.h>
#include <stdint.h>

#include "fcgi/base/arena.h"

/*
 * The characters of a 图形验证码 spoken, for people who cannot see the picture:
 * recordings of the alphabet (sounds/) at changing speeds, with pauses of
 * changing length and noise over all of it.
 *
 * text: of captcha_text(). Same text and seed: same bytes, so that asking again
 * does not help to take the noise away; the seed must be a secret.
 * A WAV file in the arena: 8 kHz, 8 bits, mono.
 */
void captcha_speak(struct arena *arena, const char *text, uint64_t seed, unsigned char **ret_wav,
    size_t *ret_size);

#endif
