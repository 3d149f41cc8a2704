"""What is measured, against what, and what was aimed at: one Bench a program, one Table a comparison."""

from dataclasses import dataclass, field
from typing import Callable


@dataclass
class Aim:
    words: str
    row: str
    most: float | None = None  # the ratio to the anchor (or `value`) must be at most this
    least: float | None = None
    value: bool = False  # the row's own value, not its ratio

    def reached(self, ratio: Callable, median: Callable):
        return median(self.row) if self.value else ratio(self.row)

    def met(self, reached):
        return (self.most is None or reached <= self.most) and (self.least is None or reached >= self.least)


@dataclass
class Table:
    key: str
    title: str
    unit: str
    rows: dict
    anchor: str = ""
    aims: list = field(default_factory=list)
    apart: tuple = ()  # rows whose ratio to the anchor says nothing
    remark: str = ""


@dataclass
class Bench:
    name: str
    title: str
    what: str
    commands: list  # interleaved round by round; {build} is the build folder
    targets: list  # of CMake
    tables: list
    seconds: int = 420  # where it is ended as hung
    long: bool = False  # runs only where it is named in full, or with --long
    rounds: int = 0  # at most; 0: as many as asked for


BEAST = "Beast, textbook broadcast; keeps nothing"
KASANE = "`kasane serve`, durable"


def delivery_cpu(in_flight, aims):
    return Table(
        f"delivery-cpu-{in_flight}",
        f"CPU per delivered message, {in_flight} in flight",
        "ns",
        {
            "beast": BEAST,
            "kasane": KASANE,
            "verify": "of which Ed25519 verification",
            "kasane-unsigned": "the rest",
        },
        "beast",
        aims,
    )


def delivery_rate(in_flight):
    return Table(f"delivery-rate-{in_flight}", f"Deliveries a second, {in_flight} in flight", "1/s",
                 {"beast": BEAST, "kasane": KASANE}, "beast")


def latency(a_second):
    return Table(
        f"latency-{a_second}",
        f"From submission to each of 30 members, {a_second} messages a second",
        "µs",
        {"beast-p50": f"{BEAST}: p50", "beast-p99": "p99", "kasane-p50": f"{KASANE}: p50", "kasane-p99": "p99"},
        "beast-p50",
        apart=("beast-p99", "kasane-p99"),
    )


def intake(key, title):
    return Table(key, title, "1/s",
                 {"limit": "bare verification, one core", "kasane": "`kasane serve`, by the clock", "kasane-cpu": "per second of its CPU"},
                 "limit", [Aim("by the clock at least 0.6 of the bare verifications", "kasane", least=0.6),
                           Aim("per second of CPU at least 0.6", "kasane-cpu", least=0.6)])


def durable(entries, aims):
    return Table(f"durable-{entries}", f"Entries a second, {entries} a commit", "1/s",
                 {"raw": "raw append + fdatasync", "store": "the store"}, "raw", aims)


def start(name, words, statements, **more):
    return Bench(
        name,
        f"{words} statements: start and verification",
        "The start: from exec to `listening`, both cores, page cache warm. Of the ledger 60 % are messages, 30 % consents, 10 % records, in 200 "
        "households. Its anchor reads the same rows with SQLite, envelopes included, and does nothing with them. "
        "`kasane verify DIR` checks every leaf, signature, rule and release again; its anchor verifies every Ed25519 signature on both "
        "cores and does nothing else.",
        [["{build}/tests/bench/bench_start", "--statements", str(statements)]],
        ["kasane", "bench_start"],
        [
            Table("start", "Start", "ms", {"rows": "the rows alone", "kasane": "`kasane serve`", "anew": "without the extract of an earlier run"}, "rows",
                  [Aim("at most 2 s", "kasane", most=2_000, value=True)] if statements >= 1_000_000 else []),
            Table("verify", "Verification of the whole folder", "ms",
                  {"bare": "its signatures alone, two threads", "verify": "`kasane verify`"}, "bare",
                  [Aim("at most 1.3 times the bare signatures", "verify", most=1.3)]),
            Table("start-memory", "Memory afterwards", "MiB", {"kasane": "`kasane serve`"}),
        ],
        **more,
    )


BENCHES = [
    Bench(
        "delivery",
        "A message to 30 members",
        "512 bytes of text, sealed and signed by its member's device, over real WebSockets. The server, pinned to core 0, "
        "verifies, decides, appends an entry (SQLite `synchronous=FULL`, leaf, unit chain, signed checkpoint) and sends each "
        "member the entry only when it is on disk. The generator is pinned to core 1; CPU is user + system of the whole server. "
        "What bounds it, as `perf record` of the server with 64 in flight shows: of its CPU beside the verification 24 % is its own code "
        "(reading, deciding, rendering), 22 % the commit (SQLite, WAL, fdatasync), 19 % libc's memory and copies, 17 % the kernel's sends to 30 "
        "members, 9 % its receipt of the requests. No one of these halves the whole; a leaner entry on the wire touches the sends alone.",
        [["{build}/tests/bench/bench_delivery"]],
        ["kasane", "bench_delivery", "bench_beast_broadcast"],
        [
            delivery_cpu(1, []),
            delivery_cpu(64, [Aim("without verification at most 0.15 of the textbook broadcast", "kasane-unsigned", most=0.15)]),
            delivery_rate(1),
            delivery_rate(64),
            latency(200),
            latency(1000),
        ],
    ),
    Bench(
        "intake",
        "Signed statements taken in",
        "30 devices, 256 statements in flight, the server on core 0 alone: it verifies, decides, commits and answers; nobody "
        "listens. The anchor is libsodium's bare Ed25519 verification of the same bytes on the same core.",
        [["{build}/tests/bench/bench_intake"]],
        ["kasane", "bench_intake"],
        [
            intake("intake", "One statement a request"),
            intake("intake-16", "16 statements a request"),
        ],
    ),
    Bench(
        "durable",
        "The store alone",
        "Commits of so many messages (envelope 1,250 bytes, sealed frame 706), each with its leaf row and a checkpoint, "
        "`synchronous=FULL`. The anchor writes the same envelopes and frames to the end of a growing file with one fdatasync.",
        [["{build}/tests/bench/bench_durable"]],
        ["bench_durable"],
        [durable(1, []), durable(64, [Aim("at least 0.35 of the raw appends", "store", least=0.35)]), durable(256, [])],
    ),
    Bench(
        "idle",
        "Idle connections",
        "Growth of the server's own resident memory (anonymous pages) a connection, 480 connections, no TLS. Kasane's are "
        "authenticated, fed and live. The kernel's share is the same for both.",
        [["{build}/tests/bench/bench_idle"]],
        ["kasane", "bench_idle", "bench_beast_broadcast"],
        [
            Table("idle", "Memory an idle connection", "KiB",
                  {"beast": "Beast, textbook broadcast", "kasane": "`kasane serve`"}, "beast"),
            Table("idle-whole", "The whole server with 30 connections", "MiB", {"kasane": "`kasane serve`"}),
        ],
    ),
    start("start", "100,000", 100_000),
    start("million", "1,000,000", 1_000_000, seconds=1_200, long=True, rounds=2),
    Bench(
        "decisions",
        "Decisions",
        "`see` at a layered conference where all turns on consent: 30 members of 6 agencies, 20 consent statements a subject, 65,536 "
        "questions, with reason and citations. All engines must give the same verdicts. Cedar and casbin are given the one subject's "
        "live cells, prepared beforehand: they look nothing up. `probe`: a bare hash table of cells. What `see` takes longer on a large "
        "ledger is waiting for memory that no cache of the core holds, by the profile in three steps of which each needs the one before: "
        "the places in the two indexes of names; the rows of the record and the item with their names; the seat, the subject, the case and "
        "the found-out cell, asked for together. That comes to four or five dependent reads, since not all in a step pass at once. "
        "A probe waits once, and the next probes' waits pass beside it; a decision is too long for "
        "that.",
        [["{build}/tests/bench/bench_decisions"], ["node", "tests/bench/decisions.mjs"]],
        ["bench_decisions"],
        [
            Table(
                "see",
                "One decision",
                "ns",
                {
                    "see-1000": "`see`, 1,000 consents",
                    "see-10000": "10,000 consents",
                    "see-100000": "100,000 consents",
                    "probe-1000": "probe, 1,000 consents",
                    "probe-10000": "10,000 consents",
                    "probe-100000": "100,000 consents",
                    "sqlite-1000": "SQLite prepared query in memory, 1,000 consents",
                    "sqlite-10000": "10,000 consents",
                    "sqlite-100000": "100,000 consents",
                    "wait": "one dependent read from 32 MiB, for scale",
                    "casbin": "casbin, one subject's rules",
                    "cedar": "cedar-wasm, one subject's cells as tags",
                },
                "see-1000",
                [
                    Aim("`see` with 100,000 consents at most 500 ns", "see-100000", most=500, value=True),
                    Aim("at most 1.5 times `see` with 1,000", "see-100000", most=1.5),
                    Aim("cedar-wasm takes at least 200 times as long", "cedar", least=200),
                ],
            ),
            Table(
                "see-door",
                "One decision, JSON in and JSON out, 10,000 consents",
                "ns",
                {"native": "native", "wasm": "policy.wasm in node"},
                "native",
                [Aim("wasm at most twice native", "wasm", most=2)],
            ),
            Table(
                "list",
                "10,000 records listed for 30 members, every decision",
                "ms",
                {"sqlite": "SQLite, join driven by the consents", "list": "`list`"},
                "sqlite",
                [
                    Aim("at most 25 ms", "list", most=25, value=True),
                    Aim("faster than the join", "list", most=1),
                ],
            ),
        ],
    ),
    Bench(
        "folds",
        "Folding, and who reads what was touched",
        "Messages, consents and records (60, 30, 10 of a hundred) in 500 households. The batch whose readers are asked is a consent "
        "and a new seat, in a municipality of 1,000 persons and 100 households.",
        [["{build}/tests/bench/bench_folds"]],
        ["bench_folds"],
        [
            Table(
                "fold",
                "Statements folded",
                "millions a second",
                {"replay": "replay of 1,000,000, as at a start", "accept": "with every check, as they come"},
                aims=[Aim("at least 1 million a second", "replay", least=1, value=True)],
            ),
            Table("readers", "Touched units and their readers after a batch", "ms", {"batch": "touched, units, readers"}),
            Table("readers-units", "Units that the batch touched", "units", {"units": "units"}),
        ],
    ),
    Bench(
        "tree",
        "The log in memory",
        "Entries of 512 bytes: hash of the envelope, 113-byte leaf, unit chain, tree. The anchor is OpenSSL's SHA-256 (the processor's "
        "instructions), kept initialised, over 13 blocks of 64 bytes an entry: 9 for the envelope, 2 for the leaf, 2 for the node. "
        "Of many proofs at one size, as an answer or a bundle holds them, the first pays for the hashes of the ragged edge.",
        [["{build}/tests/bench/bench_tree"]],
        ["bench_tree"],
        [
            Table("tree-append", "An entry appended", "ns", {"bare": "13 bare compressions", "append": "`log::Writer`"}, "bare",
                  [Aim("at most 1.7 times the bare compressions", "append", most=1.7)]),
            Table("tree-proofs", "A proof from a tree of 999,999 leaves", "µs", {
                "inclusion": "inclusion", "consistency": "consistency", "single": "inclusion, the first at a size"},
                  aims=[Aim("inclusion at most 2 µs", "inclusion", most=2, value=True),
                        Aim("consistency at most 2 µs", "consistency", most=2, value=True)]),
        ],
    ),
]
