#ifndef FCGI_HTTP_NETWORK_H
#define FCGI_HTTP_NETWORK_H

#include "fcgi/base/arena.h"

/*
 * Where a visitor comes from, for limits per address: an IPv4 address as it is, also where it is
 * written as an IPv6 one, and of IPv6 the /64 it lies in ("2001:db8:0:1::/64"), as whoever has one
 * address of those has them all. What is no address is given back as it is.
 */
const char *network_of(struct arena *arena, const char *address);

/*
 * The wider network, for what whoever has many addresses side by side shall not have many times
 * over: "192.0.2.0/24", "2001:db8::/48".
 */
const char *network_around(struct arena *arena, const char *address);

#endif
