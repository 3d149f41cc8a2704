#!/usr/bin/env python3
"""Checks the shape of the tree. First every check must fail where it should, then the tree must pass every check."""

import os
import sys

sys.dont_write_bytecode = True

import cases
import checks
import tree

passed, failed = 0, 0


def report(good, name, details=()):
    global passed, failed
    passed, failed = passed + good, failed + (not good)
    if not good:
        print(f"FAILED {name}")
        for line in details:
            print(f"  {line}")


for check, files, expected in cases.BREAKS:
    found = list(check(files))
    report(any(expected in line for line in found), f"{check.__name__} finds: {expected}", found or ["found nothing"])
for check, files in cases.PASSES:
    found = list(check(files))
    report(not found, f"{check.__name__} lets pass {', '.join(files)}", found)
untested = [check.__name__ for check in checks.ALL if check not in [c for c, _, _ in cases.BREAKS]]
report(not untested, "every check has a case that makes it fail", untested)

ours = tree.read(os.path.join(os.path.dirname(os.path.abspath(__file__)), "../.."))
report(len(tree.cpp(ours)) > 0, "the tree has C++ to check")
for check in checks.ALL:
    found = list(check(ours))
    report(not found, check.__name__.replace("_", " "), found)

print(f"{passed} passed, {failed} failed")
sys.exit(failed != 0)
