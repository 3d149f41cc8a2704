#!/usr/bin/env python3
"""Others' tools judge our log: run.py KASANE LOG_SAMPLE. Closes with `N passed, N failed`.

Builds verifier.go with Debian's Go and golang-golang-x-mod-dev, without a module cache or a network, lets it judge what
log_sample wrote, and then a served demo town.
"""
import base64
import hashlib
import json
import os
import re
import sqlite3
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
KASANE, LOG_SAMPLE = (os.path.abspath(path) for path in sys.argv[1:3])
PACKAGES = "/usr/share/gocode"


def build_verifier():
    folder = os.path.join(ROOT, "build", "go")
    os.makedirs(folder, exist_ok=True)
    program = os.path.join(folder, "verifier")
    environment = dict(os.environ, GO111MODULE="off", GOPATH=PACKAGES, GOCACHE=os.path.join(folder, "cache"), GOFLAGS="",
                       GOPROXY="off", CGO_ENABLED="0")
    subprocess.run(["go", "build", "-o", program, os.path.join(HERE, "verifier.go")], env=environment, check=True)
    return program


def counted(*command):
    """Runs a judge, prints what it says but its count, and returns the count and the lines."""
    lines = subprocess.run(command, capture_output=True, text=True, timeout=120).stdout.splitlines()
    match = re.fullmatch(r"(\d+) passed, (\d+) failed", lines[-1] if lines else "")
    for line in lines[:-1]:
        print(line)
    return (int(match[1]), int(match[2]), lines) if match else (0, 1, lines)


def serve(data, web):
    process = subprocess.Popen([KASANE, "serve", "--data", data, "--web", web, "--port", "0"], stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE, text=True)
    match = re.match(r"listening on (http://\S+)\n", process.stdout.readline())
    if not match:
        process.kill()
        raise SystemExit(process.stderr.read())
    return process, match[1]


def main():
    verifier = build_verifier()
    passed = failed = 0
    with tempfile.TemporaryDirectory() as folder:
        sample, town, web = (os.path.join(folder, name) for name in ("sample", "town", "web"))
        os.mkdir(web)
        with open(os.path.join(web, "index.html"), "w") as file:
            file.write("<!doctype html>")
        subprocess.run([LOG_SAMPLE, sample], check=True)
        p, f, _ = counted(verifier, "sample", sample)
        passed, failed = passed + p, failed + f

        subprocess.run([KASANE, "demo", "--data", town, "--create-only"], check=True, timeout=60)
        process, url = serve(town, web)
        try:
            p, f, lines = counted(verifier, "server", url, log_key(town))
            passed, failed = passed + p, failed + f
        finally:
            process.terminate()
            process.wait(timeout=10)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


def log_key(data):
    """The verifier key (C2SP signed-note), out of the founding entry as anybody reads it."""
    with sqlite3.connect(f"file:{data}/ledger.db?mode=ro", uri=True) as ledger:
        envelope, = ledger.execute("SELECT envelope FROM entries WHERE i = 0").fetchone()
    payload = json.loads(base64.b64decode(json.loads(envelope)["payload"]))
    key = b"\x01" + base64.b64decode(payload["statement"]["body"]["log_key"])
    key_id = hashlib.sha256(payload["log"].encode() + b"\n" + key).hexdigest()[:8]
    return f"{payload['log']}+{key_id}+{base64.b64encode(key).decode()}"


if __name__ == "__main__":
    sys.exit(main())
