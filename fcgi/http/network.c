#include "fcgi/http/network.h"

#include <arpa/inet.h>
#include <string.h>

const char *
network_of(struct arena *arena, const char *address)
{
	char text[INET6_ADDRSTRLEN];
	struct in6_addr in;

	if (inet_pton(AF_INET6, address, &in) != 1)
		return address;
	if (IN6_IS_ADDR_V4MAPPED(&in)) {
		inet_ntop(AF_INET, &in.s6_addr[12], text, sizeof(text));
		return arena_strndup(arena, text, strlen(text));
	}
	memset(&in.s6_addr[8], 0, 8);
	inet_ntop(AF_INET6, &in, text, sizeof(text));
	return arena_printf(arena, "%s/64", text);
}

const char *
network_around(struct arena *arena, const char *address)
{
	const char *one = network_of(arena, address);
	char text[INET6_ADDRSTRLEN];
	struct in6_addr in6;
	struct in_addr in;

	if (inet_pton(AF_INET, one, &in) == 1) {
		in.s_addr &= htonl(0xffffff00u);
		return arena_printf(arena, "%s/24", inet_ntop(AF_INET, &in, text, sizeof(text)));
	}
	if (inet_pton(AF_INET6, address, &in6) != 1)
		return address;
	memset(&in6.s6_addr[6], 0, 10);
	return arena_printf(arena, "%s/48", inet_ntop(AF_INET6, &in6, text, sizeof(text)));
}
