#ifndef HANDLERS_ACCOUNT_CAPTCHA_SOUND_H
#define HANDLERS_ACCOUNT_CAPTCHA_SOUND_H

#include <stddef.h>
#include <stdint.h>

#include "fcgi/base/arena.h"

/*
 * The characters of a 图形验证码 spoken, for people who cannot see the picture:
 * the alphabet as many voices say it (sounds/make.sh, made with each build), each
 * time at another speed and in another tone, with pauses of changing length,
 * while others talk backwards behind it: people do not follow what is none, and
 * whoever compares spectra finds the same sounds everywhere.
 *
 * text: of captcha_text(). Same text and seed: same bytes, so that asking again
 * does not help to take the noise away; the seed must be a secret.
 * A WAV file in the arena: 8 kHz, 8 bits, mono.
 */
void captcha_speak(struct arena *arena, const char *text, uint64_t seed, unsigned char **ret_wav,
    size_t *ret_size);

#endif
