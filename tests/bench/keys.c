/*
 * Sheets, signatures and verifications per second of processor time, and how large a sheet is; the
 * figures of M-7: a sheet in 15 ms and 100 KB. Prints a table; see tests/bench/keys.
 */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "fcgi/crypto/give_up.h"
#include "fcgi/http/config.h"
#include "fcgi/paper/pdf.h"
#include "handlers/sheet/layout.h"
#include "handlers/sheet/seal.h"

#define SECONDS 2.0 /* of the processor, for each figure */
#define NUMBER "0123456789abcdef0123456789abcdef"
#define KEY "BAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUmJygpKissLS4vMDEyMzQ1Njc4OTo7PD0="

static struct arena *arena;
static struct sm2_pair pair;
static unsigned char signature[SM2_SIGNATURE_SIZE];
static unsigned char *file;
static size_t file_size;

static double
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t); /* so that neighbours do not count */
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void
draw(enum environment environment, enum sheet_kind kind)
{
	struct sheet_row row = { .app_name = "示例市第一人民医院公众号",
		.app_id = "0123456789ABCDEF0123456789ABCDEF",
		.secret = "FEDCBA9876543210FEDCBA9876543210",
		.channel_private = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
		.channel_public = KEY,
		.platform_public = KEY,
		.institution_name = "示例市第一人民医院",
		.institution_code = "H44010300001",
		.business_type = "线上授权医保移动支付",
		.channel_code =
		    "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8AAQIDBAUGBwgJCgsMDQ4P" };
	struct sheet sheet = { .environment = environment,
		.kind = kind,
		.number = NUMBER,
		.initiator = "广东省医疗保障局",
		.verify_url = "https://portal.example/verify?number=" NUMBER,
		.replied_at = 1700000000,
		.accepted = true,
		.rows = &row,
		.count = 1 };

	arena_reset(arena);
	sheet_render(arena, &sheet, &file, &file_size);
}

static void
seal(void)
{
	if (sheet_seal(arena, pair.private_key, NUMBER, file, file_size, &file, &file_size) !=
	    ERR_OK)
		crypto_give_up("seal");
}

static void
sheet_payment(void)
{
	draw(ENVIRONMENT_TEST, SHEET_PAYMENT);
	seal();
}

static void
sheet_identity(void)
{
	draw(ENVIRONMENT_FORMAL, SHEET_IDENTITY);
	seal();
}

static void
unseal(void)
{
	static char number[SHEET_NUMBER_SIZE + 1];
	static struct arena *own;

	if (!own)
		own = arena_new((size_t)1 << 20);
	arena_reset(own);
	if (sheet_unseal(own, pair.public_key, file, file_size, number) != ERR_OK)
		crypto_give_up("unseal");
}

static void
sign(void)
{
	if (sm2_sign(pair.private_key, NUMBER, strlen(NUMBER), signature) != ERR_OK)
		crypto_give_up("sign");
}

static void
verify(void)
{
	if (sm2_verify(pair.public_key, NUMBER, strlen(NUMBER), signature) != ERR_OK)
		crypto_give_up("verify");
}

static void
generate(void)
{
	struct sm2_pair made;

	sm2_generate(&made);
}

static void
measure(const char *what, void (*work)(void))
{
	double begin = now(), end = begin + SECONDS, slowest = 0;
	int count = 0;

	for (double at = begin; at < end; count++) {
		work();
		double next = now();

		if (next - at > slowest)
			slowest = next - at;
		at = next;
	}
	printf("%-46s %8.0f /s  mean %6.2f ms  slowest %6.2f ms\n", what, count / (now() - begin),
	    (now() - begin) * 1000 / count, slowest * 1000);
}

int
main(void)
{
	arena = arena_new((size_t)32 << 20);
	pdf_init(CONFIG_FONT);
	sm2_generate(&pair);
	measure("SM2 pair", generate);
	measure("SM2 signature", sign);
	measure("SM2 verification", verify);
	measure("payment sheet, drawn and sealed", sheet_payment);
	printf("%-46s %8zu bytes\n", "its size", file_size);
	measure("a sheet of that size verified", unseal);
	measure("identity sheet, drawn and sealed", sheet_identity);
	printf("%-46s %8zu bytes\n", "its size", file_size);
	arena_free(arena);
	return 0;
}
