#include "sql/key/sandbox.h"
#include "sql/key/selftest.h"
#include "tests/support/applications.h"

static void
a_failure_leaves_the_last_success(void)
{
	int64_t id = test_number();
	struct selftest run;

	CU_ASSERT_EQUAL(selftest_get(db, arena, id, &run), ERR_NOT_FOUND);
	WRITE(ERR_OK, selftest_put(&tx, id, NULL, NOW));
	OK(selftest_get(db, arena, id, &run));
	CU_ASSERT_TRUE(run.ran_at == NOW && !run.ran_ok && !run.passed_at && !run.transcript);
	WRITE(ERR_OK, selftest_put(&tx, id, "{\"a\":1}", NOW + 1));
	WRITE(ERR_OK, selftest_put(&tx, id, NULL, NOW + 2));
	OK(selftest_get(db, arena, id, &run));
	CU_ASSERT_TRUE(run.ran_at == NOW + 2 && !run.ran_ok && run.passed_at == NOW + 1);
	CU_ASSERT_STRING_EQUAL(run.transcript, "{\"a\":1}");
	WRITE(ERR_OK, selftest_put(&tx, id, "{\"b\":1}", NOW + 3));
	OK(selftest_get(db, arena, id, &run));
	CU_ASSERT_TRUE(run.ran_ok && run.passed_at == NOW + 3);
	CU_ASSERT_STRING_EQUAL(run.transcript, "{\"b\":1}");
}

/* An order of that 应用ID; the number it is known by. */
static const char *
new_order(const char *app_id, const char *own_number, int64_t fee, int64_t now)
{
	struct sandbox_order o = { .app_id = app_id,
		.number = arena_printf(arena, "ORD%027lld", (long long)test_number()),
		.own_number = own_number,
		.organisation = "H44010300001",
		.fee = fee,
		.created_at = now };

	WRITE(ERR_OK, sandbox_order_insert(&tx, &o));
	WRITE(ERR_EXISTS, sandbox_order_insert(&tx, &o));
	return o.number;
}

static void
sandbox_orders_belong_to_one_app(void)
{
	const char *mine = test_key(), *other = test_key();
	const char *number = new_order(mine, "T1", 1250, NOW);
	struct sandbox_order o;

	(void)new_order(other, "T1", 1, NOW);
	OK(sandbox_order_get(db, arena, mine, number, &o));
	CU_ASSERT_TRUE(o.fee == 1250 && o.refunded == 0 && o.created_at == NOW);
	CU_ASSERT_STRING_EQUAL(o.organisation, "H44010300001");
	CU_ASSERT_EQUAL(sandbox_order_get(db, arena, other, number, &o), ERR_NOT_FOUND);
	OK(sandbox_order_of(db, arena, mine, "T1", &o));
	CU_ASSERT_STRING_EQUAL(o.number, number);
	CU_ASSERT_EQUAL(sandbox_order_of(db, arena, mine, "t1", &o), ERR_NOT_FOUND);
}

static void
refunds_add_up_and_are_counted(void)
{
	const char *app_id = test_key(), *number = new_order(app_id, "T1", 1000, NOW);
	struct sandbox_order o;
	struct sandbox_use use;
	int64_t amount;

	OK(sandbox_use_of(db, arena, test_key(), &use));
	CU_ASSERT_TRUE(use.orders == 0 && use.refunds == 0 && use.last_at == 0);
	WRITE(ERR_OK, sandbox_order_lock(&tx, arena, app_id, number, &o));
	CU_ASSERT_EQUAL(sandbox_refund_get(db, arena, o.id, "1", &amount), ERR_NOT_FOUND);
	WRITE(ERR_OK, sandbox_refund_add(&tx, o.id, "1", 300, NOW + 5));
	WRITE(ERR_EXISTS, sandbox_refund_add(&tx, o.id, "1", 300, NOW + 6));
	WRITE(ERR_OK, sandbox_refund_add(&tx, o.id, "2", 200, NOW + 7));
	OK(sandbox_refund_get(db, arena, o.id, "1", &amount));
	CU_ASSERT_EQUAL(amount, 300);
	OK(sandbox_order_get(db, arena, app_id, number, &o));
	CU_ASSERT_EQUAL(o.refunded, 500);
	OK(sandbox_use_of(db, arena, app_id, &use));
	CU_ASSERT_TRUE(use.orders == 1 && use.refunds == 2 && use.last_at == NOW + 7);
}

static void
what_is_old_is_purged(void)
{
	const char *app_id = test_key(), *number = new_order(app_id, "old", 1000, 1000);
	const char *young = new_order(app_id, "new", 1000, NOW);
	struct sandbox_order o;
	int64_t amount;

	OK(sandbox_order_get(db, arena, app_id, number, &o));
	WRITE(ERR_OK, sandbox_refund_add(&tx, o.id, "1", 1, 1001));
	WRITE(ERR_OK, sandbox_purge(&tx, 2000, 1000));
	CU_ASSERT_EQUAL(sandbox_refund_get(db, arena, o.id, "1", &amount), ERR_NOT_FOUND);
	CU_ASSERT_EQUAL(sandbox_order_get(db, arena, app_id, number, &o), ERR_NOT_FOUND);
	OK(sandbox_order_get(db, arena, app_id, young, &o));
}

int
main(void)
{
	CU_TestInfo tests[] = {
		{ "a failure leaves the last success", a_failure_leaves_the_last_success },
		{ "sandbox orders belong to one app", sandbox_orders_belong_to_one_app },
		{ "refunds add up and are counted", refunds_add_up_and_are_counted },
		{ "what is old is purged", what_is_old_is_purged },
		CU_TEST_INFO_NULL,
	};

	return test_main("selftest", tests);
}
