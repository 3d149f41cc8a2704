#!/usr/bin/env python3
"""ops/kasane.service as systemd judges it, and the program as that unit would hold it.

    service.py PATH/TO/kasane PATH/TO/test_net

A unit whose filter kills the program is found nowhere else: no test runs under systemd. So the program is traced while it
founds, serves and appends, and each system call, socket and mapping is held against what the unit allows.
"""
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile

from harness import PROGRAM, WebSocket, get, make_web

UNIT = "ops/kasane.service"
TESTS = os.path.abspath(sys.argv[2])
NOBODY = 65534


def exposure():
    """Of 10, fewer is better; None where systemd is too old to say."""
    said = subprocess.run(["systemd-analyze", "security", "--offline=true", "--no-pager", UNIT], capture_output=True, text=True)
    level = re.search(r"Overall exposure level for kasane\.service: ([0-9.]+)", said.stdout)
    return float(level[1]) if level else None


def settings(name):
    with open(UNIT) as unit:
        return [line.strip().split("=", 1)[1] for line in unit if line.startswith(name + "=")]


def members(group, seen=None):
    """The system calls of a group of systemd's, groups within it included."""
    seen = set() if seen is None else seen
    if group in seen:
        return set()
    seen.add(group)
    said = subprocess.run(["systemd-analyze", "syscall-filter", group], capture_output=True, text=True, check=True).stdout
    calls = set()
    for word in re.findall(r"^    ([-@a-z_0-9]+)$", said, re.M):
        calls |= members(word, seen) if word.startswith("@") else {word}
    return calls


def allowed_calls():
    allowed = members("@default")  # systemd allows these whatever the filter says
    for line in settings("SystemCallFilter"):
        named = set()
        for word in line.lstrip("~").split():
            named |= members(word) if word.startswith("@") else {word}
        allowed = allowed - named if line.startswith("~") else allowed | named
    return allowed


def traced(folder, log, *command, **options):
    """Not as root: SQLite does for root what it does for nobody else, and the unit runs it as nobody."""
    who = {"user": NOBODY, "group": NOBODY, "extra_groups": []} if os.geteuid() == 0 else {}
    return subprocess.Popen(["strace", "-f", "-qq", "-e", "signal=none", "-o", os.path.join(folder, log), *command], text=True,
                            stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=folder, env={**os.environ, "TMPDIR": folder},
                            **who, **options)


def traces(folder):
    """What founding, serving and appending ask of the kernel."""
    make_web(os.path.join(folder, "web"))
    program, tests = (shutil.copy(path, folder) for path in (PROGRAM, TESTS))  # where nobody may run them
    for path, folders, files in os.walk(folder):
        for name in folders + files:
            os.chmod(os.path.join(path, name), 0o755)
    os.chmod(folder, 0o777)
    data = os.path.join(folder, "data")
    founding = traced(folder, "init.trace", program, "init", "--data", data, "--tenant", "machi", "--agency", "fukushi",
                      "--agency-type", "secretariat", "--name", "森 花子")
    _, wrong = founding.communicate(timeout=60)
    assert founding.returncode == 0, wrong
    serving = traced(folder, "serve.trace", program, "serve", "--data", data, "--web", os.path.join(folder, "web"), "--port", "0",
                     "--admin-port", "0", start_new_session=True)
    try:
        port, admin = (int(serving.stdout.readline().rsplit(":", 1)[1]) for _ in range(2))
        assert get(port, "/")[0].startswith("HTTP/1.1 200 ")
        assert get(admin, "/metrics")[0].startswith("HTTP/1.1 200 ")
        WebSocket(port).frame()
        os.killpg(serving.pid, signal.SIGTERM)
        serving.communicate(timeout=20)
        assert serving.returncode == 0, serving.returncode
    finally:
        if serving.poll() is None:
            os.killpg(serving.pid, signal.SIGKILL)
            serving.communicate()
    appending = traced(folder, "append.trace", tests, "what is acknowledged over the socket*")
    said, _ = appending.communicate(timeout=120)
    assert appending.returncode == 0 and "1 test case" in said, said
    text = ""
    for log in ("init.trace", "serve.trace", "append.trace"):
        with open(os.path.join(folder, log)) as file:
            text += file.read()
    return text


def beyond(text):
    """What the traced program asks for and the unit does not give."""
    families = {word for line in settings("RestrictAddressFamilies") for word in line.split()}
    calls = set(re.findall(r"^\d+ +(\w+)\(", text, re.M))
    assert {"openat", "fdatasync", "accept", "socket"} <= calls | {"accept4" if "accept4" in calls else "accept"}, calls
    found = sorted(calls - allowed_calls())
    found += sorted({f"socket({family})" for family in re.findall(r"\bsocket\((\w+)", text)} -
                    {f"socket({family})" for family in families})
    found += re.findall(r"^.*PROT_WRITE\|PROT_EXEC.*$", text, re.M)
    return found


def main():
    if not shutil.which("systemd-analyze"):
        print("skipped: the unit is judged by systemd-analyze, which is not here\n0 passed, 0 failed, 1 skipped")
        return 0
    passed = failed = skipped = 0
    level = exposure()
    if level is None:
        print("skipped: this systemd-analyze does not judge a unit that is only a file")
        skipped += 1
    elif level > 1.5:
        print(f"FAILED {UNIT} is exposed {level} of 10; 1.5 is the most")
        failed += 1
    else:
        print(f"exposed {level} of 10")
        passed += 1
    folder = tempfile.mkdtemp(prefix="kasane-unit-")
    try:
        if subprocess.run(["strace", "-qq", "-o", "/dev/null", "true"], capture_output=True, check=False).returncode != 0:
            print("skipped: nothing can be traced here")
            skipped += 1
        else:
            kept_from_it = beyond(traces(folder))
            for one in kept_from_it:
                print(f"FAILED {UNIT} does not allow {one}")
            failed, passed = failed + bool(kept_from_it), passed + (not kept_from_it)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(f"{passed} passed, {failed} failed, {skipped} skipped")
    return 1 if failed else 0


sys.exit(main())
