#include <CUnit/Basic.h>
#include <string.h>

#include "fcgi/base/array.h"
#include "handlers/rules/procedure/workflow.h"

static const enum state states[] = {
#define STATE(code, name, status, desk, final) STATE_##name,
#include "handlers/rules/procedure/state.def"
#undef STATE
};

static size_t
ways_out(enum state from)
{
	size_t count, out = 0;
	const struct transition *t = workflow_table(&count);

	for (size_t i = 0; i < count; i++)
		out += t[i].from == from;
	return out;
}

static void
only_final_states_have_no_way_out(void)
{
	for (size_t i = 0; i < COUNT(states); i++)
		CU_ASSERT_EQUAL(ways_out(states[i]) == 0, state_is_final(states[i]));
}

static void
every_state_can_be_reached(void)
{
	bool reached[256] = { [STATE_DRAFT] = true };
	size_t count;
	const struct transition *t = workflow_table(&count);

	for (size_t round = 0; round < COUNT(states); round++)
		for (size_t i = 0; i < count; i++)
			if (reached[t[i].from])
				reached[t[i].to] = true;
	for (size_t i = 0; i < COUNT(states); i++)
		CU_ASSERT_TRUE(reached[states[i]]);
}

static void
a_step_is_stated_once(void)
{
	size_t count;
	const struct transition *t = workflow_table(&count);

	for (size_t i = 0; i < count; i++)
		CU_ASSERT_PTR_EQUAL(workflow_step(t[i].from, t[i].event, t[i].who), &t[i]);
}

static void
passing_takes_three_bureaus(void)
{
	static const enum desk chain[] = { DESK_LOCAL, DESK_PROVINCE, DESK_NATION };
	enum state state = STATE_APPLY_LOCAL;

	for (size_t i = 0; i < COUNT(chain); i++) {
		for (enum desk other = DESK_NONE; other <= DESK_NATION; other++)
			if (other != chain[i])
				CU_ASSERT_PTR_NULL(workflow_step(state, EVENT_PASS, other));
		const struct transition *step = workflow_step(state, EVENT_PASS, chain[i]);
		CU_ASSERT_PTR_NOT_NULL_FATAL(step);
		state = step->to;
	}
	CU_ASSERT_EQUAL(state, STATE_APPLIED);
}

static void
every_rejection_says_why(void)
{
	size_t count;
	const struct transition *t = workflow_table(&count);

	for (size_t i = 0; i < count; i++)
		if (t[i].event == EVENT_REJECT || t[i].event == EVENT_DISCARD)
			CU_ASSERT_TRUE(t[i].needs & NEED_REMARK);
}

static void
only_the_desk_it_lies_at_decides(void)
{
	size_t count;
	const struct transition *t = workflow_table(&count);

	for (size_t i = 0; i < count; i++)
		if (t[i].event == EVENT_PASS || t[i].event == EVENT_REJECT)
			CU_ASSERT_EQUAL(t[i].who, state_desk(t[i].from));
}

static void
giving_up_after_keys_revokes_them(void)
{
	size_t count;
	const struct transition *t = workflow_table(&count);

	for (size_t i = 0; i < count; i++)
		if (t[i].event == EVENT_DISCARD)
			CU_ASSERT_EQUAL((t[i].effects & EFFECT_REVOKE) != 0,
			    state_phase(t[i].from) == PHASE_ACCEPT);
}

int
main(void)
{
	static CU_TestInfo tests[] = {
		{ "only final states have no way out", only_final_states_have_no_way_out },
		{ "every state can be reached", every_state_can_be_reached },
		{ "a step is stated once", a_step_is_stated_once },
		{ "passing takes three bureaus", passing_takes_three_bureaus },
		{ "every rejection says why", every_rejection_says_why },
		{ "only the desk it lies at decides", only_the_desk_it_lies_at_decides },
		{ "giving up after keys revokes them", giving_up_after_keys_revokes_them },
		CU_TEST_INFO_NULL,
	};
	static CU_SuiteInfo suites[] = {
		{ .pName = "workflow", .pTests = tests },
		CU_SUITE_INFO_NULL,
	};

	if (CU_initialize_registry() || CU_register_suites(suites))
		return 2;
	CU_basic_run_tests();
	unsigned failures = CU_get_number_of_failures();
	CU_cleanup_registry();
	return failures != 0;
}
