/* The diagnosis as people and programs read it. */
#include "handlers/selftest/diagnosis_answer.h"

#include <string.h>

#include "fcgi/base/bytes.h"
#include "fcgi/crypto/give_up.h"
#include "fcgi/crypto/sm2_trace.h"
#include "handlers/selftest/envelope.h"
#include "handlers/selftest/sign_form.h"

static const struct answer_row step_rows[] = {
	ANSWER(struct selftest_step_answer, step, .words = selftest_step_words),
	ANSWER(struct selftest_step_answer, text),
	ANSWER(struct selftest_step_answer, state, .words = "passed failed skipped"),
	ANSWER(struct selftest_step_answer, title, .null = true, .about = "of what is wrong"),
};
const struct answer selftest_step_answer =
    ANSWER_TABLE("selftest_step", struct selftest_step_answer, step_rows);

static const struct answer_row mistake_rows[] = {
	ANSWER(struct found_mistake_answer, step, .words = selftest_step_words),
	ANSWER(struct found_mistake_answer, mistake, .words = mistake_words),
	ANSWER(struct found_mistake_answer, title),
	ANSWER(struct found_mistake_answer, advice),
	ANSWER_MANY(struct found_mistake_answer, code, &sample_code_answer,
	    .about = "what does it right"),
};
static const struct answer found_mistake_answer =
    ANSWER_TABLE("found_mistake", struct found_mistake_answer, mistake_rows);

static const struct answer_row rows[] = {
	ANSWER(struct diagnosis_answer, ok),
	ANSWER(struct diagnosis_answer, determined,
	    .about = "all that is wrong is named; else checked and next say how to go on"),
	ANSWER(struct diagnosis_answer, step, .about = "the first that failed, or done"),
	ANSWER(struct diagnosis_answer, mistake, .null = true, .words = mistake_words,
	    .about = "the first of them, as the next two"),
	ANSWER(struct diagnosis_answer, title, .null = true),
	ANSWER(struct diagnosis_answer, advice, .null = true),
	ANSWER_MANY(struct diagnosis_answer, mistakes, &found_mistake_answer),
	ANSWER_MANY(struct diagnosis_answer, differences, &found_mistake_answer,
	    .about = "what some platforms do and take; with strict they are mistakes"),
	ANSWER_MANY(struct diagnosis_answer, steps, &selftest_step_answer),
	ANSWER(struct diagnosis_answer, expected, .null = true,
	    .about = "string to sign, as it should be"),
	ANSWER(struct diagnosis_answer, inferred, .null = true,
	    .about = "what was signed instead, when that was found out"),
	ANSWER(struct diagnosis_answer, signed_e, .null = true,
	    .about = "number that was signed, hex"),
	ANSWER(struct diagnosis_answer, data, .null = true, .about = "as decrypted"),
	ANSWER(struct diagnosis_answer, note, .null = true, .about = "more about a mistake"),
	ANSWER(struct diagnosis_answer, checked, .null = true, .about = "what was tried in vain"),
	ANSWER(struct diagnosis_answer, next, .about = "what to print and compare then"),
};
const struct answer diagnosis_answer = ANSWER_TABLE("diagnosis", struct diagnosis_answer, rows);

/* A step is done when it was reached and nothing of it is wrong. */
static void
show_steps(struct arena *arena, const struct diagnosis *d, struct diagnosis_answer *ret)
{
	struct selftest_step_answer *steps =
	    ARENA_ARRAY(arena, struct selftest_step_answer, STEP_COUNT);
	bool reached = true;

	for (size_t i = 0; i < STEP_COUNT; i++) {
		const struct mistake_info *wrong = NULL;

		for (size_t j = 0; !wrong && j < d->count; j++)
			if (mistakes[d->mistakes[j]].step == (enum selftest_step)i)
				wrong = &mistakes[d->mistakes[j]];
		if (i == STEP_DECRYPT || i == STEP_SIGNATURE)
			reached = d->data_value != NULL;
		if (i == STEP_TIMESTAMP)
			reached = d->envelope != NULL;
		steps[i].step = selftest_steps[i].wire;
		steps[i].text = selftest_steps[i].text;
		steps[i].state = wrong ? "failed" : reached ? "passed" : "skipped";
		steps[i].title = wrong ? wrong->title : NULL;
	}
	ret->steps.items = steps;
	ret->steps.count = STEP_COUNT;
}

/* Beside each of them, the code that does it right. */
static struct found_mistake_answer *
show_mistakes(struct arena *arena, const enum mistake *found, size_t count)
{
	struct found_mistake_answer *list = ARENA_ARRAY(arena, struct found_mistake_answer, count);

	for (size_t i = 0; i < count; i++) {
		const struct mistake_info *info = &mistakes[found[i]];

		list[i] = (struct found_mistake_answer){
			.step = selftest_steps[info->step].wire,
			.mistake = info->wire,
			.title = info->title,
			.advice = info->advice,
			.code = { sample_codes(arena, info->sample), SAMPLE_LANGUAGE_COUNT },
		};
	}
	return list;
}

void
diagnosis_show(struct arena *arena, const struct diagnosis *d, struct diagnosis_answer *ret)
{
	const struct mistake_info *first = d->count ? &mistakes[d->mistakes[0]] : NULL;

	*ret = (struct diagnosis_answer){
		.ok = d->ok,
		.determined = diagnosis_determined(d),
		.step = d->ok ? "done" : selftest_steps[d->step].wire,
		.mistake = first ? first->wire : NULL,
		.title = first ? first->title : NULL,
		.advice = first ? first->advice : NULL,
		.expected = d->expected,
		.inferred = d->inferred,
		.signed_e = d->has_e ? bytes_hex(arena, d->e, sizeof(d->e)) : NULL,
		.data = d->data,
		.note = d->note,
		.checked = d->checked,
		.next = { d->next, d->nnext },
	};
	ret->mistakes.items = show_mistakes(arena, d->mistakes, d->count);
	ret->mistakes.count = d->count;
	ret->differences.items = show_mistakes(arena, d->differences, d->ndifferences);
	ret->differences.count = d->ndifferences;
	show_steps(arena, d, ret);
}

/* Every place where it stands, in either case, in stars. */
static void
mask(char *text, const char *secret, size_t size)
{
	char *at = text;

	while (at && *at && size) {
		if (strncasecmp(at, secret, size) == 0) {
			memset(at, '*', size);
			at += size;
		} else {
			at++;
		}
	}
}

/* 数字密钥, or the half of it, the key that comes of it, and 渠道私钥. */
static void
mask_keys(struct arena *arena, char *text, const struct selftest_keys *keys)
{
	unsigned char key[SM4_KEY_SIZE];

	mask(text, keys->app_secret, strlen(keys->app_secret));
	mask(text, keys->app_secret, SM4_KEY_SIZE);
	envelope_cipher_key(arena, keys->app_id, keys->app_secret, key);
	mask(text, (const char *)key, sizeof(key));
	explicit_bzero(key, sizeof(key));
	if (keys->has_private) {
		const char *own = bytes_base64(arena, keys->channel_private, SM2_PRIVATE_SIZE);

		mask(text, own, strlen(own));
	}
}

static const char *
masked(struct arena *arena, const char *text, const struct selftest_keys *keys,
    const struct selftest_keys *wrong)
{
	if (!text)
		return NULL;
	char *copy = arena_strndup(arena, text, strlen(text));
	mask_keys(arena, copy, keys);
	if (wrong)
		mask_keys(arena, copy, wrong);
	return copy;
}

void
diagnosis_show_masked(struct arena *arena, const struct diagnosis *d,
    const struct selftest_keys *keys, const struct selftest_keys *wrong,
    struct diagnosis_answer *ret)
{
	diagnosis_show(arena, d, ret);
	ret->expected = masked(arena, d->expected, keys, wrong);
	ret->inferred = masked(arena, d->inferred, keys, wrong);
}

/* ---- when not everything could be told: what was tried, and what to print to find it oneself ---- */

static void
say(struct diagnosis *d, const char *text)
{
	if (d->nnext < DIAGNOSIS_NEXT_MAX)
		d->next[d->nnext++] = text;
}

/* The first digits of a block of zeros under the key: tells two keys apart and gives none away. */
static const char *
check_value(struct arena *arena, const struct selftest_keys *keys)
{
	static const unsigned char zero[SM4_BLOCK_SIZE];
	unsigned char key[SM4_KEY_SIZE], *cipher;
	size_t size;

	envelope_cipher_key(arena, keys->app_id, keys->app_secret, key);
	if (sm4_encrypt(arena, key, zero, sizeof(zero), &cipher, &size) != ERR_OK)
		crypto_give_up("SM4 check value");
	explicit_bzero(key, sizeof(key));
	return bytes_hex_upper(arena, cipher, 3);
}

static void
hint_cipher(struct arena *arena, const struct selftest_keys *keys, struct diagnosis *d)
{
	d->checked = "encData 的十六进制与 Base64 写法，由应用ID和数字密钥派生的各种密钥，ECB、"
		     "CBC、CTR、OFB、CFB、GCM 模式和常见的初始向量与填充，UTF-8、GBK、UTF-16 "
		     "编码，SM2 密文";
	say(d,
	    arena_printf(arena,
		"派生出的 SM4 密钥：用它以 ECB 加密 16 个 00 字节，结果的大写十六进制应以 %s 开头",
		check_value(arena, keys)));
	say(d, "加密前的字节：应是 data 的紧凑 JSON，以 { 开头，以 } 结尾，再加 PKCS#7 填充");
	say(d, arena_printf(arena,
		   "encData 的长度：现在是 %zu 个字符，应为 32 的整数倍，全部是 0–9、A–F",
		   strlen(value_text(d->envelope, "encData"))));
}

/* What the signer's program would print, were it right. */
static void
hint_sign(struct arena *arena, const struct selftest_keys *keys, struct diagnosis *d)
{
	unsigned char digest[SM3_SIZE], e[SM2_E_SIZE];
	struct sign_form forms[FORMS_MAX];
	size_t size = strlen(d->expected);

	d->checked = "签名的写法，渠道、平台的公钥，用户标识、Z 值与 ECDSA，待签名串的排序、空值、"
		     "空格、转义、数字写法、编码、字段与 &key= "
		     "的各种差异以及它们的组合，都与这个签名不符";
	sm3(d->expected, size, digest);
	sm2_e_of(keys->channel_public, "1234567812345678", d->expected, size, e);
	say(d, arena_printf(arena, "待签名串的字节数（UTF-8）：应为 %zu", size));
	say(d, arena_printf(arena, "SM3（待签名串）：应为 %s", bytes_hex(arena, digest, SM3_SIZE)));
	say(d, arena_printf(arena, "SM3（Z‖待签名串）：应为 %s", bytes_hex(arena, e, SM2_E_SIZE)));
	if (sign_forms(arena, value_text(d->envelope, "signData"), forms) &&
	    sm2_signed_e(keys->channel_public, forms[0].signature, e) == ERR_OK)
		say(d, arena_printf(arena,
			   "如用渠道私钥签名，由签名推出您签名的杂凑值是 %s；与您打印的 "
			   "SM3（Z‖待签名串）不同时，所用的私钥不是反馈单上的",
			   bytes_hex(arena, e, SM2_E_SIZE)));
}

void
diagnosis_hint(struct arena *arena, const struct selftest_keys *keys, struct diagnosis *d)
{
	if (!d->envelope) {
		d->checked = "UTF-8、GBK、UTF-16 编码，BOM，多编码一次的 JSON，URL 编码";
		say(d, "实际发送的请求体的前 100 个字节（十六进制）：应以 7B22 即 {\" 开头");
		say(d, "请求体的字节数，与收到的是否相同：报文是否被截断");
	} else if (d->data_value) {
		if (d->expected)
			hint_sign(arena, keys, d);
	} else if (d->unexplained) {
		hint_cipher(arena, keys, d);
	} else {
		d->checked = "这一步之前的内容；之后的步骤还没有进行";
		say(d, "改正以上问题后再次自测");
	}
}
