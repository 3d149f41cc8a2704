"""For each check small trees that it must complain about, with a part of the complaint, and one that it must let pass."""

import checks

BREAKS = [
    (checks.includes_follow_the_table, {"policy/decide.cpp": '#include "crypto/bytes.hpp"\n'}, "policy may not include crypto/bytes.hpp"),
    (checks.includes_follow_the_table, {"policy/decide.cpp": "#include <nlohmann/json.hpp>\n"}, "policy may not include <nlohmann/json.hpp>"),
    (checks.includes_follow_the_table, {"policy/instant.cpp": "#include <sys/time.h>\n"}, "policy is pure"),
    (checks.includes_follow_the_table, {"server/conference/room.cpp": '#include "server/net/listener.hpp"\n'}, "may not include server/net"),
    (checks.includes_follow_the_table, {"server/conference/room.cpp": '#include "server/wire/unit.hpp"\n'}, "may not include server/wire/unit.hpp"),
    (checks.includes_follow_the_table, {"server/net/peer.cpp": '#include "policy/world.hpp"\n'}, "server/net may not include policy"),
    (checks.includes_follow_the_table, {"server/session/hello.cpp": "#include <boost/beast/core.hpp>\n"}, "may not include <boost/beast"),
    (checks.includes_follow_the_table, {"server/unknown.cpp": "", "elsewhere/a.cpp": ""}, "stands in no layer"),
    (checks.includes_are_spelled_from_the_root, {"policy/a.cpp": '#include "b.hpp"\n', "policy/b.hpp": ""}, "no path from the root"),
    (checks.libraries_stay_behind_cpp, {"crypto/aead.hpp": "#include <sodium.h>\n"}, "<sodium.h> belongs into crypto/ alone"),
    (checks.libraries_stay_behind_cpp, {"server/native/keys.cpp": "#include <sodium.h>\n"}, "<sodium.h> belongs"),
    (checks.libraries_stay_behind_cpp, {"crypto/aead.cpp": "#include <openssl/evp.h>\n"}, "crypto/sha256.cpp alone"),
    (checks.libraries_stay_behind_cpp, {"server/log/writer.cpp": "#include <sqlite3.h>\n"}, "server/store/ alone"),
    (
        checks.dear_libraries_compile_rarely,
        {
            "server/net/ws.hpp": "#include <boost/beast/websocket.hpp>\n",
            "server/net/a.cpp": '#include "server/net/ws.hpp"\n',
            "server/net/b.cpp": '#include "server/net/ws.hpp"\n',
            "server/net/c.cpp": "#include <boost/beast/http.hpp>\n",
        },
        "boost/beast is compiled in 3",
    ),
    (checks.awaited_expressions_hold_no_temporaries, {"server/net/a.cpp": "co_await send(Message{1, name});\n"}, "server/net/a.cpp:1"),
    (checks.awaited_expressions_hold_no_temporaries, {"server/net/a.cpp": "\nco_await run(\n  [x] { use(x); });\n"}, "server/net/a.cpp:2"),
    (checks.coroutines_live_at_the_edge, {"server/store/read.cpp": "co_return page;\n"}, "only"),
    (checks.the_half_without_a_dom_imports_none, {"client-web/src/ledger/a.ts": "import { open } from '../keep/vault';\n"}, "may not import ../keep/vault"),
    (checks.the_half_without_a_dom_imports_none, {"client-web/src/crypto/a.ts": "import '../wire/json';\n"}, "crypto may not import ../wire/json"),
    (checks.the_half_without_a_dom_imports_none, {"client-web/src/wire/a.ts": "const v = await import('../view/page');\n"}, "may not import ../view/page"),
    (checks.the_half_without_a_dom_imports_none, {"client-web/src/stray/a.ts": ""}, "stands in no row"),
    (checks.files_stay_short, {"policy/long.cpp": "int x;\n" * 401}, "401 lines"),
    (checks.names_say_something, {"server/util/text.cpp": ""}, "'util' names nothing"),
    (checks.names_say_something, {"client-web/src/wire/helpers.ts": ""}, "'helpers' names nothing"),
    (checks.no_address_of_a_registry, {"client-web/package-lock.json": '"resolved": "x"'}, "a download address"),
    (checks.no_address_of_a_registry, {"client-web/.npmrc": "registry=x\n"}, "a download address"),
    (checks.nothing_is_left_to_do, {"policy/a.cpp": "// TODO: later\n"}, "policy/a.cpp:1: work is left"),
    (checks.nothing_is_left_to_do, {"policy/a.cpp": "f();  // NOLINT(some-check)\n"}, "without a reason"),
    (checks.the_law_stands_in_data, {"policy/a.cpp": 'f("SWA106_6");\n'}, "policy/a.cpp:1: a literal of law: SWA106_6"),
    (checks.the_law_stands_in_data, {"client-web/src/text/ja.ts": "a = '社会福祉法第106条の6';\n"}, "a literal of law: 第106条"),
    (checks.links_lead_somewhere, {"README.md": "[a](policy/gone.hpp)\n", "policy/here.hpp": ""}, "policy/gone.hpp is not there"),
]

PASSES = [
    (checks.includes_follow_the_table, {"server/wire/json.cpp": '#include <nlohmann/json.hpp>\n#include "policy/ids.hpp"\n', "server/net/a.cpp": "#include <unistd.h>\n"}),
    (checks.libraries_stay_behind_cpp, {"crypto/aead.cpp": "#include <sodium.h>\n", "crypto/sha256.cpp": "#include <openssl/evp.h>\n", "server/net/tls.cpp": "#include <openssl/evp.h>\n"}),
    (checks.awaited_expressions_hold_no_temporaries, {"server/net/a.cpp": "if (co_await read(buffer)) { use(); }\nco_await send(std::move(m)); { }\n// co_await f({})\n"}),
    (checks.coroutines_live_at_the_edge, {"server/store/read.cpp": "// co_await stands in a comment\n"}),
    (checks.the_half_without_a_dom_imports_none, {"client-web/src/view/a.tsx": "import '../keep/vault';\n", "client-web/src/ledger/b.ts": "import '../crypto/hash';\n"}),
    (checks.nothing_is_left_to_do, {"policy/a.cpp": "f();  // NOLINT(some-check): the reason\n"}),
    (checks.the_law_stands_in_data, {"policy/a.cpp": "// `SWA106_6`, Art. 106-6\n", "policy/law/bases.json": "第106条の6"}),
    (checks.links_lead_somewhere, {"policy/README.md": "[a](world.hpp) [b](../crypto) [c](https://example.org/x)\n", "policy/world.hpp": "", "crypto/a.hpp": ""}),
]
