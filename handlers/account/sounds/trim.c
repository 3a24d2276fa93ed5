/*
 * Of the build: one WAV of espeak-ng (22,050 Hz, 16 bits, mono) from the standard input, as
 * handlers/account/captcha_sound.c takes it to the standard output: without the silence before it,
 * 8,000 Hz, 8 bits unsigned, as loud as it can be, exactly SLOT samples.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#define HEADER 44
#define FROM 22050
#define TO 8000
#define SLOT 5600
#define LONGEST (FROM * 4)
#define SILENT 500

int
main(void)
{
	static int16_t in[LONGEST];
	static double out[SLOT];
	char header[HEADER];
	double most = 1;
	size_t first = 0;

	if (fread(header, 1, HEADER, stdin) != HEADER)
		return EXIT_FAILURE;
	size_t count = fread(in, sizeof(in[0]), LONGEST, stdin);
	while (first < count && abs(in[first]) < SILENT)
		first++;
	if (first == count)
		return EXIT_FAILURE;
	for (size_t i = 0; i < SLOT; i++) { /* the mean of what falls together, against aliases */
		size_t from = first + i * FROM / TO, to = first + (i + 1) * FROM / TO;

		for (size_t j = from; j < to && j < count; j++)
			out[i] += (double)in[j] / (double)(to - from);
		most = most > out[i] ? most : out[i];
		most = most > -out[i] ? most : -out[i];
	}
	for (size_t i = 0; i < SLOT; i++)
		putchar(128 + (int)(out[i] * 120 / most));
	return fflush(stdout) ? EXIT_FAILURE : EXIT_SUCCESS;
}
