#!/usr/bin/env python3
"""
client.py KEYS.json call ADDRESS SERVICE   data from standard input to the platform; prints its answer
client.py KEYS.json seal                   an envelope for each line of data
client.py KEYS.json open                   the data of each line, an answer of the platform
"""
import json
import sys
import urllib.request

import channel


def call(keys, address, service, data):
    body = channel.seal(keys, data).encode("utf-8")
    request = urllib.request.Request(f"{address.rstrip('/')}/{service}", body, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=10) as answer:
        envelope, data = channel.open_envelope(keys, answer.read().decode("utf-8"))
    if envelope.get("success") is not True:
        raise ValueError(f"{envelope.get('code')}: {envelope.get('message')}")
    return data


def main(arguments):
    if len(arguments) not in (2, 4):
        sys.exit(__doc__)
    with open(arguments[0], encoding="utf-8") as file:
        keys = channel.Keys(json.load(file))
    for line in sys.stdin.buffer:
        text = line.decode("utf-8")
        if arguments[1] == "seal":
            print(channel.seal(keys, channel.parse(text)))
        elif arguments[1] == "open":
            print(channel.canonical(channel.open_envelope(keys, text)[1]))
        else:
            print(channel.canonical(call(keys, arguments[2], arguments[3], channel.parse(text))))


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")
    try:
        main(sys.argv[1:])
    except (OSError, ValueError, KeyError) as error:
        sys.exit(f"client: {error}")
