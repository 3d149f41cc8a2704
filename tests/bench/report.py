"""Runs the benches of tables.py, makes medians and ratios of their figures, prints them, and keeps them in docs/benchmarks.md.

A figure is one line of a bench's standard output: `figure <round> <table> <row> <value>`, parted by tabs. A ratio is the
median of the ratios of the rounds: anchor and subject of one round ran one after the other, so that what disturbs the
machine disturbs both. A round whose anchor is off its own median by more than 30 % does not count."""

import argparse
import datetime
import math
import os
import pathlib
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile

import tables

ROOT = pathlib.Path(__file__).resolve().parents[2]
MOST_OFF = 0.30


def run_bench(bench, rounds, smoke):
    """table -> row -> round -> value. Raises where a command of the bench fails."""
    found = {}
    scratch = tempfile.mkdtemp(prefix=f"{bench.name}-", dir=ROOT / "build" / "bench-scratch")
    try:
        build = "build/dev" if smoke else "build/release"  # as ops/bench built it
        words = ["--program", f"{build}/kasane", "--peers", f"{build}/tests/bench", "--scratch", scratch]
        words += ["--smoke"] if smoke else []
        # Commands of one bench are interleaved round by round; a single one counts its rounds itself.
        turns = [(0, rounds)] if len(bench.commands) == 1 else [(turn, 1) for turn in range(1 if smoke else rounds)]
        for first, count in turns:
            for command in bench.commands:
                run_command([*(word.format(build=build) for word in command), *words, "--first", str(first), "--rounds", str(count)], bench.seconds, found)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return found


def run_command(words, seconds, found):
    done = subprocess.run(words, cwd=ROOT, stdout=subprocess.PIPE, text=True, timeout=seconds, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(words)} ended with {done.returncode}")
    for line in done.stdout.splitlines():
        parts = line.split("\t")
        if parts[0] == "figure":
            found.setdefault(parts[2], {}).setdefault(parts[3], {})[int(parts[1])] = float(parts[4])


def undisturbed(table, rows):
    """The rounds that count; all of them where the machine was so restless that fewer than half would."""
    every = sorted({turn for values in rows.values() for turn in values})
    anchor = rows.get(table.anchor) if table.anchor else None
    if not anchor:
        return every
    middle = statistics.median(anchor.values())
    steady = sorted(turn for turn, value in anchor.items() if abs(value - middle) <= MOST_OFF * middle)
    return steady if len(steady) * 2 > len(every) else every


def ratio(table, rows, row, turns):
    if not table.anchor or row == table.anchor or row in table.apart:
        return None
    each = [rows[row][turn] / rows[table.anchor][turn] for turn in turns if turn in rows[row]]
    return statistics.median(each) if each else None


def number(value):
    if value >= 10_000:
        return f"{value:,.0f}"
    return f"{value:.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}" if value >= 0.1 else f"{value:.4f}"


def lines_of(table, rows):
    """The table in Markdown, then what was aimed at and what was reached."""
    turns = undisturbed(table, rows)
    dropped = len({turn for values in rows.values() for turn in values}) - len(turns)
    out = [f"| {table.title} | {table.unit}, median (min–max) | to the anchor |", "|---|---|---|"]
    for row, label in table.rows.items():
        values = [rows[row][turn] for turn in turns if turn in rows[row]]
        if not values:
            continue
        of = ratio(table, rows, row, turns)
        sign = "anchor" if row == table.anchor else "" if of is None else f"× {number(of)}"
        out.append(f"| {label} | {number(statistics.median(values))} ({number(min(values))}–{number(max(values))}) | {sign} |")
    out.append("")
    for aim in table.aims:
        reached = aim.reached(lambda row: ratio(table, rows, row, turns),
                              lambda row: statistics.median([rows[row][turn] for turn in turns if turn in rows[row]]))
        met = "reached" if aim.met(reached) else "**not reached**"
        out.append(f"Aim: {aim.words}; measured {number(reached)}: {met}.")
    if dropped:
        out.append(f"{dropped} of {dropped + len(turns)} rounds did not count: their anchor was off its median by more than 30 %.")
    if table.remark:
        out.append(table.remark)
    return out


def machine():
    model = re.search(r"^model name\s*: (.*)$", pathlib.Path("/proc/cpuinfo").read_text(), re.M)
    release = re.search(r'^PRETTY_NAME="?([^"\n]*)', pathlib.Path("/etc/os-release").read_text(), re.M)
    compiler = subprocess.run(["g++", "-dumpfullversion"], capture_output=True, text=True, check=False).stdout.strip()
    return (f"{os.cpu_count()} cores of {model.group(1) if model else platform.machine()}, "
            f"{release.group(1) if release else platform.system()}, Linux {platform.release().split('-')[0]}, g++ {compiler} -O2, loopback")


def smoke(benches):
    """Each bench runs with its smallest size and must give every figure of its tables. No time is judged."""
    passed = failed = 0
    for bench in benches:
        try:
            found = run_bench(bench, 1, True)
            why = None
        except (RuntimeError, subprocess.TimeoutExpired) as error:
            found, why = {}, str(error)
        for table in bench.tables:
            rows = found.get(table.key, {})
            missing = [row for row in table.rows if not all(math.isfinite(v) and v > 0 for v in rows.get(row, {0: 0}).values())]
            if missing or set(rows) - set(table.rows):
                failed += 1
                print(f"FAILED {table.key}: {why or 'no figure for ' + ', '.join(missing) if missing else 'figures without a row'}")
            else:
                passed += 1
                print(f"passed {table.key}")
        unknown = set(found) - {table.key for table in bench.tables}
        if unknown:
            failed += 1
            print(f"FAILED {bench.name}: figures without a table: {', '.join(sorted(unknown))}")
    print(f"{passed} passed, {failed} failed")
    return failed == 0 and passed > 0


def measure(benches, rounds):
    out = []
    load = os.getloadavg()[0]
    for bench in benches:
        print(f"\n▸ {bench.title}", flush=True)
        found = run_bench(bench, min(rounds, bench.rounds or rounds), False)
        out += ["", f"## {bench.title}", "", f"`ops/bench {bench.name}` · {bench.what}", ""]
        for table in bench.tables:
            shown = lines_of(table, found[table.key])
            print("\n".join(shown) + "\n", flush=True)
            out += [*shown, ""]
    return out, load


def write(body, load, rounds):
    today = datetime.datetime.now(datetime.timezone.utc).date()
    head = [
        "# Measured",
        "",
        "Written by `ops/bench --write`; every table says how to get it again. Figures of different runs or machines cannot be",
        "compared, the ratios within one run can: what a figure is compared with, the anchor, ran interleaved with it, round by",
        "round. A ratio is the median of the rounds' ratios. `min–max` shows how steady the machine was.",
        "",
        f"{today}, {rounds} rounds, load {load:.1f} at the start: {machine()}.",
    ]
    if load > os.cpu_count() / 2:
        head += ["", "**The machine was busy with other work: these figures are provisional, those by the clock most of all.**"]
    text = "\n".join([*head, *body]).rstrip() + "\n"
    (ROOT / "docs" / "benchmarks.md").write_text(re.sub(r"\n{3,}", "\n\n", text))


def main():
    parser = argparse.ArgumentParser(prog="ops/bench", description="Builds the release program and measures it.")
    parser.add_argument("pattern", nargs="?", default="", help="only the benches whose name matches this regular expression")
    parser.add_argument("--runs", type=int, default=5, help="rounds of each bench (5)")
    parser.add_argument("--smoke", action="store_true", help="run each bench in its smallest size and judge no time")
    parser.add_argument("--long", action="store_true", help="those too that take minutes (otherwise: named in full)")
    parser.add_argument("--write", action="store_true", help="keep the tables in docs/benchmarks.md")
    parser.add_argument("--targets", action="store_true", help=argparse.SUPPRESS)
    said = parser.parse_args()
    benches = [bench for bench in tables.BENCHES
               if (re.search if said.long or not bench.long else re.fullmatch)(said.pattern, bench.name)]
    if not benches:
        sys.exit(f"no bench matches {said.pattern}; there are: {', '.join(bench.name for bench in tables.BENCHES)}")
    if said.targets:
        print(" ".join(sorted({target for bench in benches for target in bench.targets})))
        return
    if said.write and said.pattern:
        sys.exit("--write keeps all tables or none: leave the pattern out")
    (ROOT / "build" / "bench-scratch").mkdir(parents=True, exist_ok=True)
    if said.smoke:
        sys.exit(0 if smoke(benches) else 1)
    body, load = measure(benches, said.runs)
    if said.write:
        write(body, load, said.runs)
        print("kept in docs/benchmarks.md")


main()
