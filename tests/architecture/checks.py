"""Each check takes the tree (path -> text) and yields one line for everything that breaks the rule."""

import posixpath
import re

import tables
from tree import cpp

INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*(?:"([^"]+)"|<([^>]+)>)', re.M)
LIBRARIES = ("sodium.h", "openssl/", "nlohmann/", "sqlite3.h", "boost/", "spdlog/", "CLI/", "catch2/", "rapidcheck")


def layer_of(path):
    fitting = [layer for layer in tables.LAYERS if path.startswith(layer + "/")]
    return max(fitting, key=len, default=None)


def includes(text):
    return [(ours, theirs) for ours, theirs in INCLUDE.findall(text)]


def allowed(name, rows):
    return any(row == "*" or name == row or name.startswith(row if row.endswith("/") else row + "/") for row in rows)


def includes_follow_the_table(files):
    """style.md §2: what each layer may include of ours and from outside."""
    for path, text in cpp(files).items():
        layer = layer_of(path)
        if layer is None:
            yield f"{path}: stands in no layer of the table"
            continue
        ours_allowed, libraries_allowed = tables.LAYERS[layer]
        for ours, theirs in includes(text):
            if ours.endswith(".hpp") and layer_of(ours) != layer and not allowed(ours, ours_allowed):
                yield f"{path}: {layer} may not include {ours}"
            if theirs.startswith(LIBRARIES) and not allowed_library(theirs, libraries_allowed):
                yield f"{path}: {layer} may not include <{theirs}>"
            foreign = ("." in theirs or "/" in theirs) and not theirs.startswith(LIBRARIES)
            if foreign and any(path.startswith(pure + "/") for pure in tables.PURE):
                yield f"{path}: {layer} is pure and may not include <{theirs}>"


def allowed_library(name, rows):
    return any(row == "*" or name.startswith(row) for row in rows)


def includes_are_spelled_from_the_root(files):
    """Headers of ours; what the build generates (`schema.inc`) has another ending."""
    for path, text in cpp(files).items():
        for ours, _ in includes(text):
            if ours.endswith(".hpp") and ours not in files:
                yield f'{path}: "{ours}" is no path from the root of the tree'


def libraries_stay_behind_cpp(files):
    """sodium.h in crypto's .cpp files, OpenSSL's digests in sha256.cpp, sqlite3.h in the store alone."""
    for path, text in cpp(files).items():
        if path.startswith("tests/"):
            continue
        for _, theirs in includes(text):
            within, place = tables.ONLY_IN_CPP.get(theirs, (None, None))
            if within is None or not path.startswith(within):
                continue
            inside = path.startswith(place)
            # A header private to the store may name SQLite's types; everywhere else a .cpp hides the library.
            if not inside or (path.endswith(".hpp") and theirs != "sqlite3.h"):
                yield f"{path}: <{theirs}> belongs into {place} alone"


def dear_libraries_compile_rarely(files):
    """Beast in two translation units at most, and so nlohmann: each costs most of a minute."""
    sources = {p: t for p, t in cpp(files).items() if not p.startswith("tests/")}
    reach = {path: [ours for ours, _ in includes(text) if ours in sources] for path, text in sources.items()}
    for library, most in tables.MOST_UNITS.items():
        holds = {p for p, text in sources.items() if any(theirs.startswith(library) for _, theirs in includes(text))}
        units = [p for p in sources if p.endswith(".cpp") and holds & closure(p, reach)]
        if len(units) > most:
            yield f"{library} is compiled in {len(units)} translation units, {most} at most: {', '.join(sorted(units))}"


def closure(start, reach):
    seen, open_ = set(), [start]
    while open_:
        path = open_.pop()
        if path not in seen:
            seen.add(path)
            open_.extend(reach[path])
    return seen


def awaited_expressions_hold_no_temporaries(files):
    """g++ 12 miscompiles braced temporaries and lambdas inside a co_await expression: name them first."""
    for path, text in cpp(files).items():
        bare = without_comments_and_strings(text)
        for match in re.finditer(r"\bco_await\b", bare):
            if "{" in expression(bare, match.end()):
                yield f"{path}:{bare.count(chr(10), 0, match.start()) + 1}: a temporary inside a co_await expression"


def expression(text, start):
    """From `start` to the end of the full expression: `;`, or the bracket that encloses it."""
    depth = 0
    for at in range(start, len(text)):
        if text[at] in "([":
            depth += 1
        elif text[at] in ")]":
            depth -= 1
            if depth < 0:
                return text[start:at]
        elif text[at] == ";" and depth == 0:
            return text[start:at]
    return text[start:]


def without_comments_and_strings(text):
    """The same length and lines, with spaces where comments and the insides of literals stood."""
    pattern = re.compile(r'//[^\n]*|/\*.*?\*/|R"([^(\s]*)\(.*?\)\1"|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])+\'', re.S)
    return pattern.sub(lambda m: re.sub(r"[^\n]", " ", m.group()), text)


def coroutines_live_at_the_edge(files):
    for path, text in cpp(files).items():
        if path.startswith(("server/session/", "server/net/", "tests/")):
            continue
        if re.search(r"\bco_(await|return|yield)\b", without_comments_and_strings(text)):
            yield f"{path}: coroutines live in server/session and server/net only"


def the_half_without_a_dom_imports_none(files):
    """client-web/src: all but net, keep, view, node and main runs without a page, and each folder imports downwards."""
    for path, text in files.items():
        if not path.startswith("client-web/src/") or not path.endswith((".ts", ".tsx")):
            continue
        inside = path[len("client-web/src/"):]
        folder = inside.split("/")[0] if "/" in inside else inside.split(".")[0]
        if "/" not in inside or folder in tables.WITH_DOM:
            continue
        if folder not in tables.CLIENT:
            yield f"{path}: the folder {folder} stands in no row of the table"
            continue
        for name in re.findall(r"""(?:from|import)\s*\(?\s*['"](\.[^'"]+)['"]""", text):
            target = posixpath.normpath(posixpath.join(posixpath.dirname(inside), name)).split("/")[0]
            if target != folder and target not in tables.CLIENT[folder]:
                yield f"{path}: {folder} may not import {name}"


def files_stay_short(files):
    for path, text in files.items():
        if path.endswith((".cpp", ".hpp", ".ts", ".tsx", ".mjs", ".py", ".css", ".sql")):
            lines = text.count("\n")
            if lines > tables.MOST_LINES:
                yield f"{path}: {lines} lines, {tables.MOST_LINES} at most"


def the_top_level_is_the_table(files):
    """What a tool run by hand leaves at the top is not committed with the rest."""
    for path in files:
        if path.endswith("/") and path[:-1] not in tables.TOP:
            yield f"{path}: no folder of the top level"


def names_say_something(files):
    for path in files:
        parts = path.split("/")
        for part in [*parts[:-1], parts[-1].split(".")[0]]:
            if part in tables.FORBIDDEN_NAMES:
                yield f"{path}: '{part}' names nothing"


def no_address_of_a_registry(files):
    """A lock file pins by hash; where packages come from is the machine's affair."""
    for path, text in files.items():
        for pattern in (r'"resolved"\s*:', r"https?://[\w.-]*(?:registry|mirror)[\w.-]*/", r"^\s*registry\s*=", r"^deb(-src)? http"):
            if path.startswith("tests/architecture/"):
                continue
            match = re.search(pattern, text, re.M)
            if match:
                yield f"{path}: a download address: {match.group().strip()}"


def nothing_is_left_to_do(files):
    """What is not done stands in an issue; what is switched off says why."""
    for path, text in files.items():
        if path.startswith("tests/architecture/") or not path.endswith((".cpp", ".hpp", ".ts", ".tsx", ".mjs", ".py", ".css")):
            continue
        for number, line in enumerate(text.splitlines(), 1):
            if re.search(r"\b(TODO|FIXME|XXX|HACK)\b", line):
                yield f"{path}:{number}: work is left in a comment"
            if re.search(r"NOLINT(NEXTLINE|BEGIN)?(\([^)]*\))?\s*$", line):
                yield f"{path}:{number}: lint switched off without a reason"


def the_law_stands_in_data(files):
    """Articles, penalties and the codes of bases are data (policy/law, statements), never a literal of the product."""
    law = re.compile(r"第\s*\d+\s*条|\d+条の|拘禁刑|罰金|imprisonment|\bArt\. ?\d|\bAct \d|\b(SWA106_6|LAYERED|PAA27_3|NPA9|CWA25_2)\b")
    for path, text in files.items():
        if not path.startswith(("policy/", "server/", "client-web/src/", "client-web/wasm/")) or path.startswith("server/commands/demo/"):
            continue
        if not path.endswith((".cpp", ".hpp", ".ts", ".tsx", ".mjs")):
            continue
        code = re.sub(r"//[^\n]*|/\*.*?\*/", lambda m: re.sub(r"[^\n]", " ", m.group()), text, flags=re.S)
        for match in law.finditer(code):
            yield f"{path}:{code.count(chr(10), 0, match.start()) + 1}: a literal of law: {match.group()}"


def links_lead_somewhere(files):
    """A page that names a file of ours names one that is there."""
    for path, text in files.items():
        if not path.endswith(".md"):
            continue
        for target in re.findall(r"\]\(([^)#]+)", text):
            if "://" in target or target.endswith((".png", ".svg")):
                continue
            named = posixpath.normpath(posixpath.join(posixpath.dirname(path), target))
            if named not in files and named != "LICENSE" and not any(other.startswith(named + "/") for other in files):
                yield f"{path}: {target} is not there"


# Pages that say what holds: each file of ours that they name is there, and each sentence after a test's file stands in it.
PAGES_OF_PROOF = ("docs/asvs.md", "SECURITY.md", "README.md")


def tests_that_are_named_are_there(files):
    for page in PAGES_OF_PROOF:
        text = files.get(page, "")
        for named in re.findall(r"`([\w.-]+(?:/[\w.{},-]+)+)`", text):
            if "{" in named or named.startswith(("build/", "var/")):
                continue
            if named not in files and not any(other.startswith(named.rstrip("/") + "/") for other in files):
                yield f"{page}: {named} is not there"
        # `file` "a sentence", "another"
        for file, sentences in re.findall(r'`([\w./-]+\.(?:cpp|mjs|py|ts|tsx))` ("[^"]+"(?:, "[^"]+")*)', text):
            said = files.get(file, "").replace("\\'", "'")
            for sentence in re.findall(r'"([^"]+)"', sentences):
                if sentence not in said:
                    yield f"{page}: no test of {file} is called: {sentence}"


ALL = [
    includes_follow_the_table,
    includes_are_spelled_from_the_root,
    libraries_stay_behind_cpp,
    dear_libraries_compile_rarely,
    awaited_expressions_hold_no_temporaries,
    coroutines_live_at_the_edge,
    the_half_without_a_dom_imports_none,
    files_stay_short,
    the_top_level_is_the_table,
    names_say_something,
    no_address_of_a_registry,
    nothing_is_left_to_do,
    the_law_stands_in_data,
    links_lead_somewhere,
    tests_that_are_named_are_there,
]
