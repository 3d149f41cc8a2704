#!/usr/bin/env python3
"""Others' tools judge our log: run.py KASANE LOG_SAMPLE. Closes with `N passed, N failed`.

Builds verifier.go with Debian's Go and golang-golang-x-mod-dev, without a module cache or a network, lets it judge what
log_sample wrote, what a witness signed over it, and then a served demo town and its bundle.
"""
import base64
import hashlib
import json
import os
import re
import resource
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
import warnings
import zipfile

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
    # With its witnesses: a town that was founded with them is not served without.
    process = subprocess.Popen([KASANE, "demo", "--data", data, "--web", web, "--port", "0"], stdout=subprocess.PIPE,
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

        for p, f in witnessed(sample, folder, verifier):
            passed, failed = passed + p, failed + f

        subprocess.run([KASANE, "demo", "--data", town, "--create-only"], check=True, timeout=60)
        process, url = serve(town, web)
        try:
            p, f, lines = counted(verifier, "server", url, log_key(town))
            passed, failed = passed + p, failed + f
            for p, f in export_beside(town, url, folder, verifier):
                passed, failed = passed + p, failed + f
            p, f = read_while_written(town, url, folder)
            passed, failed = passed + p, failed + f
        finally:
            process.terminate()
            process.wait(timeout=10)
        p, f = read_as_servers_come_and_go(town, web)
        passed, failed = passed + p, failed + f
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


def expect(what, good):
    if not good:
        print("FAILED:", what)
    return (1, 0) if good else (0, 1)


class Witness:
    """`kasane witness` on a free port, until the block ends; killed, as a crash would."""

    def __init__(self, folder, log):
        self.process = subprocess.Popen([KASANE, "witness", "--data", folder, "--name", "witness.example/new", "--log", log],
                                        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        first = self.process.stdout.readline()
        if not first.startswith("witness on "):
            raise SystemExit(self.process.stderr.read())
        self.url, self.key = first.split()[2], self.process.stdout.readline().strip()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.communicate()

    def post(self, body, path="/add-checkpoint"):
        try:
            with urllib.request.urlopen(self.url + path, data=body, timeout=10) as answer:
                return answer.status, answer.headers.get_content_type(), answer.read()
        except urllib.error.HTTPError as refused:
            return refused.code, refused.headers.get_content_type(), refused.read()


def witnessed(sample, folder, verifier):
    """The witness protocol over HTTP: what extends is cosigned, what goes back is answered 409, also after a crash."""
    def read(name):
        with open(os.path.join(sample, name), "rb") as file:
            return file.read()

    def growth(old, new):
        return f"old {old}\n".encode() + (read(f"consistency/{old}-{new}") if old else b"") + b"\n" + read(f"checkpoint/{new}")

    data, note = os.path.join(folder, "witness"), os.path.join(folder, "note")
    with Witness(data, read("log.vkey").decode()) as witness:
        key = witness.key
        status, _, line = witness.post(growth(0, 7))
        yield expect("a first checkpoint is cosigned", status == 200)
        with open(note, "wb") as file:
            file.write(read("checkpoint/7") + line)
        p, f, _ = counted(verifier, "cosigned", note, key)
        yield p, f
        yield expect("a growth is cosigned", witness.post(growth(7, 600))[0] == 200)
        yield expect("a log that goes back is told what was cosigned",
                     witness.post(growth(7, 256)) == (409, "text/x.tlog.size", b"600\n"))
        yield expect("no request", witness.post(b"hello")[0] == 400)
        yield expect("a log that it does not watch", witness.post(growth(0, 7).replace(b"town", b"tawn"))[0] == 404)
        yield expect("what the log did not sign", witness.post(growth(600, 600).replace(b"\n600\n", b"\n601\n"))[0] == 403)
        yield expect("too much", witness.post(b"x" * 20000)[0] == 413)
        yield expect("another page", witness.post(growth(600, 600), "/elsewhere")[0] == 404)
        second = subprocess.run([KASANE, "witness", "--data", data, "--name", "w", "--log", read("log.vkey").decode()],
                                capture_output=True, text=True, timeout=20)
        yield expect("two witnesses never share a folder", second.returncode == 73 and "in use" in second.stderr)
    with Witness(data, read("log.vkey").decode()) as witness:
        yield expect("after a crash it is the same witness", witness.key == key)
        yield expect("and has forgotten nothing", witness.post(growth(0, 7)) == (409, "text/x.tlog.size", b"600\n"))
        yield expect("and goes on", witness.post(growth(600, 600))[0] == 200)


def export_beside(town, url, folder, verifier):
    """Exports from a folder that a server has open, and judges the bundle with the program and with others' tools."""
    def kasane(*arguments):
        return subprocess.run([KASANE, *arguments], capture_output=True, text=True, timeout=120)

    bundle, head = os.path.join(folder, "town.zip"), os.path.join(folder, "head")
    export = ("export", "--data", town, "--out", bundle, "--as", os.path.join(town, "demo-seeds.json"))
    with urllib.request.urlopen(url + "/checkpoint", timeout=10) as answer, open(head, "wb") as file:
        file.write(answer.read())
    alone = kasane(*export)
    yield expect("a folder that is served is not written by export itself: " + alone.stderr, alone.returncode == 65 and
                 "in use by another kasane" in alone.stderr and not os.path.exists(bundle))
    done = kasane(*export, "--server", url)
    yield expect("export through the running server: " + done.stderr, done.returncode == 0)
    told = kasane("verify", bundle, "--head", head)
    yield expect("the bundle holds, and contains an earlier checkpoint: " + told.stdout,
                 told.returncode == 0 and told.stdout.endswith("everything holds\n"))
    told = kasane("verify", town, "--head", head)
    yield expect("the served folder holds: " + told.stdout, told.returncode == 0)
    again = kasane(*export, "--server", url)
    yield expect("a bundle is never written over another", again.returncode == 73)
    unpacked = os.path.join(folder, "unpacked")
    with zipfile.ZipFile(bundle) as archive:
        archive.extractall(unpacked)
    p, f, _ = counted(verifier, "bundle", unpacked, log_key(town))
    yield p, f
    p, f, _ = counted(verifier, "cosigned", os.path.join(unpacked, "own"), log_key(town, "cosigner_key", b"\x04"))
    yield p, f
    yield from hostile(sorted(os.listdir(unpacked)), folder)
    with open(bundle, "r+b") as file:
        file.seek(200)
        file.write(b"\xff\x00\xff")
    told = kasane("verify", bundle)
    yield expect("a damaged bundle is refused with one line", told.returncode == 65 and
                 len((told.stdout + told.stderr).splitlines()) == 1)


MEMORY = 1536 << 20  # beside the 1 GiB that a bundle may unpack to


def hostile(files, folder):
    """What nobody's export wrote: each ends with a status that is not 0 and one line, in bounded memory and time."""
    def archive(change, compression=zipfile.ZIP_DEFLATED):
        with zipfile.ZipFile(path, "w", compression) as out, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            change(out)

    def bomb(out):
        for name in ("checkpoint", "policy", "own"):
            with out.open(name, "w", force_zip64=True) as one:
                for _ in range(512):
                    one.write(bytes(1 << 20))

    def bound():
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))

    path = os.path.join(folder, "hostile.zip")
    kinds = {
        "no file": lambda out: None,
        "a bomb of 1.5 GiB": bomb,
        "100,001 files": lambda out: [out.writestr(f"a{i}", b"") for i in range(100_001)],
        "a name that climbs": lambda out: [out.writestr(name, b"x") for name in (*files, "../../etc/passwd")],
        "a name from the root": lambda out: [out.writestr(name, b"x") for name in (*files, "/etc/passwd")],
        "a name of another system": lambda out: [out.writestr(name, b"x") for name in (*files, "C:\\x")],
        "one name twice": lambda out: [out.writestr(name, b"x") for name in (*files, "policy")],
        "a link": lambda out: out.writestr(link(), b"/etc/passwd"),
    }
    for what, change in kinds.items():
        archive(change)
        began = time.monotonic()
        told = subprocess.run([KASANE, "verify", path], capture_output=True, text=True, timeout=60, preexec_fn=bound)
        lines = (told.stdout + told.stderr).splitlines()
        yield expect(f"{what}: {told.returncode} {lines[:3]}", told.returncode in (65, 66) and len(lines) >= 1 and
                     not any("bad_alloc" in line for line in lines) and time.monotonic() - began < 20 and
                     (len(lines) == 1 or lines[0].startswith("FINDING ")) and not os.path.exists(os.path.join(folder, "etc")))
    for what, content in {"nothing": b"", "a text": b"hello\n" * 1000, "half": open(os.path.join(folder, "town.zip"), "rb").read(5000)}.items():
        with open(path, "wb") as file:
            file.write(content)
        told = subprocess.run([KASANE, "verify", path], capture_output=True, text=True, timeout=60, preexec_fn=bound)
        yield expect(f"{what} is no bundle, in one line: {told.stderr}", told.returncode == 65 and len((told.stdout + told.stderr).splitlines()) == 1)


def link():
    entry = zipfile.ZipInfo("checkpoint")
    entry.create_system, entry.external_attr = 3, 0o120777 << 16
    return entry


def read_while_written(town, url, folder, exports=6):
    """Each export is an append beside a group commit, its own cosignature and its witnesses': all the while, `verify` holds."""
    def append():
        for i in range(exports):
            told = subprocess.run([KASANE, "export", "--data", town, "--out", os.path.join(folder, f"beside-{i}.zip"), "--as",
                                   os.path.join(town, "demo-seeds.json"), "--server", url], capture_output=True, text=True, timeout=60)
            if told.returncode != 0:
                wrong.append(told.stderr)

    wrong, looks = [], 0
    writer = threading.Thread(target=append)
    writer.start()
    while writer.is_alive() or looks < 3:
        told = subprocess.run([KASANE, "verify", town], capture_output=True, text=True, timeout=60)
        looks += 1
        if told.returncode != 0:
            wrong.append(told.stdout + told.stderr)
    writer.join()
    return expect(f"a folder holds whenever it is read while it is written ({looks} looks): {wrong}", not wrong)


def read_as_servers_come_and_go(town, web, lives=4):
    """From a folder at rest to one that is written, and back: no look is told that the ledger is broken, or torn."""
    def live():
        for _ in range(lives):
            process, _ = serve(town, web)
            time.sleep(0.3)
            process.terminate()
            process.wait(timeout=10)

    wrong, looks = [], 0
    server = threading.Thread(target=live)
    server.start()
    while server.is_alive():
        told = subprocess.run([KASANE, "verify", town], capture_output=True, text=True, timeout=60)
        looks += 1
        if told.returncode != 0:
            wrong.append(told.stdout + told.stderr)
    server.join()
    return expect(f"a folder holds whenever it is read as servers come and go ({looks} looks): {wrong}", looks > 0 and not wrong)


def log_key(data, member="log_key", kind=b"\x01"):
    """A verifier key (C2SP signed-note) of the log's, out of the founding entry as anybody reads it."""
    with sqlite3.connect(f"file:{data}/ledger.db?mode=ro", uri=True) as ledger:
        envelope, = ledger.execute("SELECT envelope FROM entries WHERE i = 0").fetchone()
    payload = json.loads(base64.b64decode(json.loads(envelope)["payload"]))
    key = kind + base64.b64decode(payload["statement"]["body"][member])
    key_id = hashlib.sha256(payload["log"].encode() + b"\n" + key).hexdigest()[:8]
    return f"{payload['log']}+{key_id}+{base64.b64encode(key).decode()}"


if __name__ == "__main__":
    sys.exit(main())
