#ifndef TESTS_BENCH_MAKE_FORMS_H
#define TESTS_BENCH_MAKE_FORMS_H

#include "handlers/application/answers.h"
#include "tests/bench/make/life.h"

/* What was filled in, and the rows it becomes by the program's own code. */
struct filled {
	struct application app; /* names and texts only */
	struct application_form apply;
	struct acceptance_form accept;
	struct application_file apply_files[4], accept_files[2];
	size_t napply, naccept;
	const char *third_channel; /* or NULL */
	const char *sole;          /* */
};

void forms_fill(struct req *q, const struct world *w, const struct life *life, struct filled *ret);

/* The upload of a unit for a slot. */
#define FILE_SLOTS 6
extern const struct file_slot {
	const char *slot, *name, *type;
	int64_t size;
} file_slots[FILE_SLOTS];
void upload_of(const struct world *w, struct arena *arena, uint32_t unit, size_t slot,
    const char *field, struct application_file *ret);

#endif
