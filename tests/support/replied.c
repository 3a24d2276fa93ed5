#include "tests/support/replied.h"

json_t *
replied(const struct req *q)
{
	static json_t *all;
	json_t *tree = q->bytes ? json_loadb(q->bytes, q->nbytes,
				      JSON_DECODE_ANY | JSON_REJECT_DUPLICATES, NULL)
				: NULL;

	if (!all)
		all = json_array();
	if (tree)
		json_array_append_new(all, tree);
	return tree;
}
