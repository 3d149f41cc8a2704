#!/usr/bin/env python3
"""run.py BUILD_FOLDER [PATTERN]: shows that the tests of the laws fail where the policy is wrong (policy.md §11).

For each fault of mutants.txt: the one line is changed in a copy of its file, that file alone is compiled (-O0), the
tests of the laws are linked with it in place of the right one, and the law's own tests must fail. Nothing of the tree is
touched. By default one fault for each law, or those whose name matches the regular expression; with KASANE_NIGHTLY=1
all of them, and every law is asked of each.
Prints which law killed which; the last line is `N passed, N failed`. Exit 1 where a fault survived or no longer applies.
"""

import concurrent.futures
import json
import os
import pathlib
import re
import shlex
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[3]
FAULTS = pathlib.Path(__file__).resolve().parent / "mutants.txt"
TARGET = "test_policy_laws"
TEST_SECONDS = 60  # a fault may also hang


def faults():
    """[{name, law, old, new}], as they stand in mutants.txt."""
    found = []
    for line in FAULTS.read_text().splitlines():
        if line.startswith("= "):
            found.append({"name": line[2:]})
        elif line.startswith("law: "):
            found[-1]["law"] = line[5:]
        elif line.startswith("- "):
            found[-1]["old"] = line[2:]
        elif line.startswith("+ "):
            found[-1]["new"] = line[2:]
    return found


def place_of(old):
    """The (file, line number) of the one line that reads so, or why there is none."""
    places = [
        (path, number)
        for path in sorted(ROOT.glob("policy/**/*.cpp"))
        for number, line in enumerate(path.read_text().splitlines())
        if line.strip() == old.strip()
    ]
    return places[0] if len(places) == 1 else f"its line stands {len(places)} times in policy/"


def run(command, folder, seconds=None, **environment):
    return subprocess.run(command, cwd=folder, timeout=seconds, capture_output=True, text=True,
                          env={**os.environ, **environment}, check=False)


class Build:
    """The commands with which the build folder compiles the policy and links the tests of the laws."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder).resolve()
        self.compile = {entry["file"]: entry["command"]
                        for entry in json.loads((self.folder / "compile_commands.json").read_text())}
        self.link = run(["ninja", "-t", "commands", TARGET], self.folder).stdout.strip().splitlines()[-1]
        listed = run([str(self.folder / "tests/policy" / TARGET), "--list-test-names-only"], self.folder).stdout
        self.tests = [name for name in listed.splitlines() if name.strip()]

    def mutated(self, fault, number):
        """The program with the fault, or why it cannot be built."""
        place = place_of(fault["old"])
        if isinstance(place, str):
            return place
        path, line = place
        folder = self.folder / "mutants" / str(number)
        folder.mkdir(parents=True, exist_ok=True)
        lines = path.read_text().splitlines()
        lines[line] = fault["new"]
        source, made, library, program = (folder / name for name in (path.name, path.stem + ".o", "policy.a", "laws"))
        source.write_text("\n".join(lines) + "\n")

        words = shlex.split(self.compile[str(path)])
        while words and words[0].endswith("ccache"):
            words.pop(0)
        output = words[words.index("-o") + 1]
        words = [{output: str(made), str(path): str(source)}.get(word, word) for word in words]
        # The warnings of the tree are not asked of a fault.
        compiled = run(words + ["-O0", "-w"], self.folder)
        if compiled.returncode:
            return "it does not compile: " + compiled.stderr[-600:]

        # The right archive without this one object, and the wrong object before it.
        archive = self.folder / "policy/libkasane_policy.a"
        member = pathlib.PurePath(output).name
        for step in (["cp", str(archive), str(library)], ["ar", "d", str(library), member]):
            if run(step, self.folder).returncode:
                return "its library cannot be made"
        link = self.link.split("&&")[1].strip()
        link = link.replace("policy/libkasane_policy.a", f"{made} {library}")
        link = re.sub(r"-o \S+", f"-o {program}", link)
        linked = run(["sh", "-c", link], self.folder)
        return program if linked.returncode == 0 else "it does not link: " + linked.stderr[-600:]

    def fails(self, program, law):
        """Whether the tests of this law fail with the program."""
        asked = [name for name in self.tests if name == law or re.match(rf"{re.escape(law)}\b", name)]
        for name in asked:
            pattern = re.sub(r"([,\[\]\\])", r"\\\1", name)
            try:
                done = run([str(program), pattern], self.folder, TEST_SECONDS, RC_PARAMS="seed=20260708 noshrink=1",
                           KASANE_NIGHTLY="")
            except subprocess.TimeoutExpired:
                return True
            if "No test cases matched" in done.stdout:
                raise SystemExit(f"no test is named {name}")
            if done.returncode:
                return True
        if not asked:
            raise SystemExit(f"no test of {law}")
        return False


def main():
    build = Build(sys.argv[1])
    nightly = bool(os.environ.get("KASANE_NIGHTLY"))
    laws = sorted({re.match(r"law \d+|gates|authorities", name).group() for name in build.tests if re.match(r"law \d+|gates|authorities", name)},
                  key=lambda law: int(re.sub(r"\D", "", law) or 99))
    every = faults()
    tried = every if nightly else [next(f for f in every if f["law"] == law) for law in dict.fromkeys(f["law"] for f in every)]
    if len(sys.argv) > 2:
        tried = [fault for fault in every if re.search(sys.argv[2], fault["name"])]
    bad = [f"no fault is seeded for {law}" for law in laws if law not in {fault["law"] for fault in every}]

    def judge(numbered):
        number, fault = numbered
        program = build.mutated(fault, number)
        if isinstance(program, str):
            return fault, None, program
        killers = [law for law in (laws if nightly else [fault["law"]]) if build.fails(program, law)]
        program.unlink()
        return fault, killers, ""

    killed = 0
    with concurrent.futures.ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        for fault, killers, why in pool.map(judge, enumerate(tried)):
            if killers is not None and fault["law"] in killers:
                killed += 1
                print(f"killed by {', '.join(killers)}: {fault['name']}", flush=True)
            else:
                what = f"not applied, {why}" if why else f"SURVIVED {fault['law']}" + (
                    f" (killed by {', '.join(killers)})" if killers else "")
                bad.append(f"{what}: {fault['name']}")
    for line in bad:
        print(line)
    print(f"{killed} passed, {len(bad)} failed")
    return 1 if bad or not killed else 0


if __name__ == "__main__":
    sys.exit(main())
