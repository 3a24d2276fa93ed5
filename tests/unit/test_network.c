#include "fcgi/base/arena.h"
#include "fcgi/http/network.h"
#include "tests/support/suite.h"

static struct arena *arena;

static void
an_ipv4_address_counts_by_itself(void)
{
	CU_ASSERT_STRING_EQUAL(network_of(arena, "192.0.2.1"), "192.0.2.1");
	CU_ASSERT_STRING_EQUAL(network_of(arena, "::ffff:192.0.2.1"), "192.0.2.1");
}

static void
an_ipv6_address_counts_by_its_64(void)
{
	CU_ASSERT_STRING_EQUAL(network_of(arena, "2001:db8:0:1::1"), "2001:db8:0:1::/64");
	CU_ASSERT_STRING_EQUAL(network_of(arena, "2001:DB8::1:ffff:1:2:3"), "2001:db8:0:1::/64");
	CU_ASSERT_STRING_EQUAL(network_of(arena, "2001:db8:0:2::1"), "2001:db8:0:2::/64");
	CU_ASSERT_STRING_EQUAL(network_of(arena, "::1"), "::/64");
}

static void
many_addresses_side_by_side_are_one_network(void)
{
	CU_ASSERT_STRING_EQUAL(network_around(arena, "192.0.2.1"), "192.0.2.0/24");
	CU_ASSERT_STRING_EQUAL(network_around(arena, "::ffff:192.0.2.200"), "192.0.2.0/24");
	CU_ASSERT_STRING_EQUAL(network_around(arena, "2001:db8:0:1::1"), "2001:db8::/48");
	CU_ASSERT_STRING_EQUAL(network_around(arena, "2001:db8:7:ffff::1"), "2001:db8:7::/48");
	CU_ASSERT_STRING_EQUAL(network_around(arena, "unix:"), "unix:");
}

static void
what_is_no_address_stays_as_it_is(void)
{
	CU_ASSERT_STRING_EQUAL(network_of(arena, ""), "");
	CU_ASSERT_STRING_EQUAL(network_of(arena, "unix:"), "unix:");
}

int
main(void)
{
	CU_TestInfo tests[] = {
		{ "an IPv4 address counts by itself", an_ipv4_address_counts_by_itself },
		{ "an IPv6 address counts by its /64", an_ipv6_address_counts_by_its_64 },
		{ "many addresses side by side are one network",
		    many_addresses_side_by_side_are_one_network },
		{ "what is no address stays as it is", what_is_no_address_stays_as_it_is },
		CU_TEST_INFO_NULL,
	};

	arena = arena_new((size_t)1 << 16);
	int status = run_suite("network", tests);
	arena_free(arena);
	return status;
}
