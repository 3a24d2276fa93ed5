#ifndef FCGI_PAPER_SRGB_H
#define FCGI_PAPER_SRGB_H

/*
 * The ICC profile (ISO 15076-1) of sRGB, IEC 61966-2-1: says which black a
 * document's black is, whatever prints it. Made of the standard's numbers, so
 * nobody's rights stand on it.
 */
#define SRGB_PROFILE_SIZE 500

extern const unsigned char srgb_profile[SRGB_PROFILE_SIZE];

#endif
