"""The shape of the tree as tables: who may include what. Read by checks.py; a changed row is a changed architecture."""

# Layer of C++ (the longest matching folder decides) -> (what of ours it may include, which libraries it may include).
# "a/b" allows a folder, "a/b.hpp" one header. "*" allows everything. The layer itself is always allowed.
LAYERS = {
    "policy": ([], []),
    "crypto": ([], ["sodium.h", "openssl/evp.h"]),
    "server/wire": (["policy"], ["nlohmann/"]),
    "server/log": (["policy", "crypto"], []),
    "server/conference": (
        ["policy", "crypto", "server/log", "server/wire/messages.hpp", "server/wire/payload.hpp"],
        [],
    ),
    # commit.hpp holds the nouns of the ports' page; it is split from it for length.
    "server/store": (
        ["policy", "crypto", "server/log", "server/conference/ports.hpp", "server/conference/commit.hpp"],
        ["sqlite3.h"],
    ),
    "server/session": (["policy", "crypto", "server/wire", "server/conference"], ["boost/asio"]),
    "server/net": (
        ["server/session", "server/wire/limits.hpp", "server/log/witness.hpp"],
        ["boost/", "openssl/", "spdlog/"],
    ),
    "server/native": (["policy", "crypto", "server/wire"], []),
    "server/commands": (["*"], ["CLI/", "spdlog/", "nlohmann/", "boost/asio", "zip.h"]),
    "server": (["*"], ["CLI/", "spdlog/", "boost/asio"]),
    # The door answers questions and whole scenarios, so it takes all of wire that reads and prints them.
    "client-web/wasm": (["policy", "server/wire"], []),
    "tests": (["*"], ["*"]),
}

# Within these folders a library may stand only in that place, and never in a header that others include.
ONLY_IN_CPP = {
    "sodium.h": ("", "crypto/"),
    "openssl/evp.h": ("crypto/", "crypto/sha256.cpp"),
    "sqlite3.h": ("", "server/store/"),
    "zip.h": ("", "server/commands/verify/zip.cpp"),
}

# Headers of the operating system (anything with a dot or slash that is no library above) are kept out of the pure layers.
PURE = ["policy", "crypto", "server/wire", "server/conference", "server/native"]

# One translation unit of Beast costs 44 s and 1.25 GB; nlohmann is the second dearest. Beast's third is the client's side
# of HTTP, which neither the listener's nor the WebSocket's file has a use for.
MOST_UNITS = {"boost/beast": 3, "nlohmann/": 2}

# client-web/src: these folders (and main) may touch the page, the network or the disk; all others run without a DOM
# and must import none of them.
WITH_DOM = ["net", "keep", "view", "node", "main"]
# Folders of the DOM-free half -> which other folders of src they may import.
CLIENT = {
    "crypto": [],
    "wire": ["crypto"],
    "ledger": ["crypto", "wire"],
    "policy": ["crypto", "wire", "ledger"],
    "conference": ["crypto", "wire", "ledger", "policy", "text"],
    "text": [],
}

FORBIDDEN_NAMES = {"util", "utils", "common", "helper", "helpers", "manager", "base", "impl", "misc", "core", "data", "ng"}
MOST_LINES = 400

# The folders at the top.
TOP = [".ci", "client-web", "cmake", "crypto", "docs", "ops", "policy", "server", "tests"]
