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


BENCHES = [
    Bench(
        "delivery",
        "A message to 30 members",
        "512 bytes of text, sealed and signed by its member's device, over real WebSockets. The server, pinned to core 0, "
        "verifies, decides, appends an entry (SQLite `synchronous=FULL`, leaf, unit chain, signed checkpoint) and sends each "
        "member the entry only when it is on disk. The generator is pinned to core 1; CPU is user + system of the whole server.",
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
]
