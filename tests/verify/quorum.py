#!/usr/bin/env python3
"""A served log and its witnesses, as processes: quorum.py KASANE. Closes with `N passed, N failed`.

Two real witnesses beside a real service; then one down, one that lies in every way that HTTP lets it, restarts, an export
under a quorum, and the policies under which a service does not start. The Go verifier judges what is served.
"""
import json
import os
import re
import signal
import socket
import socketserver
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
import zipfile

from run import KASANE, build_verifier, counted, expect, log_key


class Process:
    """A service of the program until the block ends; `first` are the lines that it begins with."""

    def __init__(self, lines, *arguments):
        self.arguments = arguments
        self.process = subprocess.Popen([KASANE, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.first = [self.process.stdout.readline().rstrip("\n") for _ in range(lines)]
        if not self.first[-1]:
            raise SystemExit(f"{arguments}: {self.process.stderr.read()}")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.communicate()

    def url(self, line):
        return re.search(r"http://\S+", self.first[line])[0]


def witness(folder, name, vkey, port=0):
    return Process(2, "witness", "--data", folder, "--name", name, "--log", vkey, "--port", str(port))


def serve(data, web, policy):
    return Process(2, "serve", "--data", data, "--web", web, "--port", "0", "--admin-port", "0", "--witness-policy", policy)


def ready(service):
    with urllib.request.urlopen(service.url(1) + "/readyz", timeout=5) as answer:
        return json.load(answer)


def wait(what, look, seconds=15):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if look():
            return expect(what, True)
        time.sleep(0.1)
    return expect(f"{what} (waited {seconds} s)", False)


def trouble(service, name):
    return next(one["trouble"] for one in ready(service)["witnesses"]["each"] if one["name"] == name)


class Liar(socketserver.ThreadingTCPServer):
    """Speaks as `speak` does to whoever connects."""
    allow_reuse_address = daemon_threads = True
    block_on_close = False

    def __init__(self):
        self.speak = None
        super().__init__(("127.0.0.1", 0), None)
        self.port = self.server_address[1]
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def finish_request(self, request, client_address):
        try:
            request.settimeout(8)
            request.recv(65536)
            self.speak(request)
        except OSError:
            pass


def says(text):
    return lambda line: line.sendall(text.encode())


def slowly(line):  # a head at once, then an octet a second
    line.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 400\r\n\r\n")
    for _ in range(30):
        line.sendall(b"x")
        time.sleep(1)


def hugely(line):
    line.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    for _ in range(100_000):
        line.sendall(b"10000\r\n" + b"x" * 65536 + b"\r\n")


LIES = [
    ("a slow answer", slowly, "slow"),
    ("a huge answer", hugely, "too_large"),
    ("a huge head", says("HTTP/1.1 200 OK\r\nX: " + "x" * 20_000 + "\r\n\r\n"), "too_large"),
    ("no HTTP", says("hello\r\n\r\n"), "malformed"),
    ("an empty answer", says("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"), "malformed"),
    ("a redirect", says("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n"), "refused"),
    ("a rollback", says("HTTP/1.1 409 Conflict\r\nContent-Type: text/x.tlog.size\r\nContent-Length: 8\r\n\r\n9999999\n"), "ahead"),
    ("another history", says("HTTP/1.1 422 Unprocessable\r\nContent-Length: 0\r\n\r\n"), "conflict"),
    ("a connection that ends", lambda line: line.shutdown(socket.SHUT_RDWR), "unreachable"),
]


def unserved(what, why, data, web, *more):
    done = subprocess.run([KASANE, "serve", "--data", data, "--web", web, "--port", "0", *more], capture_output=True, text=True,
                          timeout=20)
    return expect(f"{what}: not served, in one line: {done.stderr}", done.returncode == 78 and why in done.stderr and
                  len(done.stderr.splitlines()) == 1)


def refusals(town, web, write, vkey, keys):
    at = "http://127.0.0.1:1"
    two = f"witness one {keys[0]} {at}\nwitness two {keys[1]} {at}\n"
    for what, text, why in [
        ("a quorum of half", f"log {vkey}\n{two}group g any one two\nquorum g\n", "must be more than half"),
        ("another log", f"{two}group g all one two\nquorum g\n", "it must name this log and no other"),
        ("other witnesses", f"log {vkey}\nwitness one {keys[0]} {at}\nquorum one\n", "it names other witnesses than the 2"),
        ("the open network", f"log {vkey}\nwitness one {keys[0]} http://192.0.2.7\nquorum one\n", "neither on loopback nor"),
        ("a typing error", f"log {vkey}\n{two}quorum three\n", "line 4: quorum takes a name defined above"),
    ]:
        yield unserved(what, why, town, web, "--witness-policy", write(text))
    yield unserved("no policy", "founded with witnesses, 2 of 2: --witness-policy must say where", town, web)


def all_tests(folder, verifier):
    town, web, path = (os.path.join(folder, name) for name in ("town", "web", "policy"))
    names = ["witness.example/one", "witness.example/two"]
    os.mkdir(web)
    with open(os.path.join(web, "index.html"), "w") as file:
        file.write("<!doctype html>")
    subprocess.run([KASANE, "demo", "--data", town, "--create-only"], check=True, timeout=60)
    vkey = log_key(town)

    def write(text):
        with open(path, "w") as file:
            file.write(text)
        return path

    folders = [os.path.join(town, "witnesses", name) for name in ("one", "two")]  # whom the town was founded with
    one, two = (witness(folders[i], names[i], vkey) for i in range(2))
    keys = [one.first[1], two.first[1]]

    def policy(urls, group="all"):
        lines = [f"log {vkey}"] + [f"witness w{i} {keys[i]} {url}" for i, url in enumerate(urls)]
        return write("\n".join(lines) + f"\ngroup g {group} " + " ".join(f"w{i}" for i in range(len(urls))) + "\nquorum g\n")

    yield from refusals(town, web, write, vkey, keys)
    liar = Liar()
    try:
        with serve(town, web, policy([one.url(0), two.url(0)])) as service:
            yield wait("a quorum is reached", lambda: ready(service)["witnesses"]["answering"] == 2)
            state = ready(service)
            yield expect(f"and shown: {state}", state["extends"] and state["witnesses"]["answering"] == 2)
            yield from exported(service, town, folder, keys, verifier)
            yield from judged(service, folder, keys, verifier)
            with urllib.request.urlopen(service.url(1) + "/metrics", timeout=5) as answer:
                yield expect("and counted", "\nkasane_witnesses_answering 2\n" in answer.read().decode())
        with open(os.path.join(folder, "note"), "rb") as file:
            before = file.read()
        two.process.send_signal(signal.SIGKILL)
        with serve(town, web, path) as service:
            with urllib.request.urlopen(service.url(0) + "/checkpoint", timeout=5) as answer:
                yield expect("the quorum's head is kept over a restart", answer.read() == before)
            yield wait("a witness that is down is named", lambda: trouble(service, "w1") == "unreachable")
            state = ready(service)
            yield expect("and nothing is refused for that yet", state["ok"] and state["extends"])
        for what, speak, name in LIES:
            liar.speak = speak
            with serve(town, web, policy([one.url(0), f"http://127.0.0.1:{liar.port}"])) as service:
                yield wait(f"{what} is named {name}", lambda: trouble(service, "w1") == name)
                yield wait(f"{what} hinders nobody else", lambda: trouble(service, "w0") == "none" and ready(service)["ok"])
        with witness(os.path.join(folder, "other"), names[1], vkey) as other:
            with serve(town, web, policy([one.url(0), other.url(0)])) as service:
                yield wait("another key under the name is named wrong_key", lambda: trouble(service, "w1") == "wrong_key")
    finally:
        liar.shutdown()
        for process in (one, two):
            process.__exit__()


def exchanged(text, at):
    """The text with another letter of base64 there."""
    return text[:at] + (b"B" if text[at:at + 1] == b"A" else b"A") + text[at + 1:]


def exported(service, town, folder, keys, verifier):
    """A bundle carries the quorum and its policy; what was altered or taken out of it is found."""
    bundle, broken = (os.path.join(folder, name) for name in ("town.zip", "broken.zip"))

    def kasane(*arguments):
        return subprocess.run([KASANE, *arguments], capture_output=True, text=True, timeout=120)

    done = kasane("export", "--data", town, "--out", bundle, "--as", os.path.join(town, "demo-seeds.json"), "--server",
                  service.url(0))
    yield expect("an export beside the service: " + done.stderr, done.returncode == 0)
    told = kasane("verify", bundle)
    said = re.search(r"witnesses +a quorum \(2 of 2 are enough\) has cosigned the first (\d+) entries, by \S+\n", told.stdout)
    entries = re.search(r"entries +(\d+)", told.stdout)
    yield expect("verify says that a quorum stands for all of it: " + told.stdout, told.returncode == 0 and said is not None and
                 said[1] == entries[1])
    told = kasane("verify", town)
    yield expect("and of the folder", told.returncode == 0 and "a quorum (2 of 2 are enough)" in told.stdout)
    with zipfile.ZipFile(bundle) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    yield expect("its policy tells no address", b"http" not in files["policy"])
    note = os.path.join(folder, "cosigned")
    with open(note, "wb") as file:
        file.write(files["cosigned"])
    for key in keys:
        p, f, _ = counted(verifier, "cosigned", note, key)
        yield p, f
    last = files["cosigned"].rstrip(b"\n").rindex(b"\n") + 1
    for what, change, why in [
        ("a cosignature fewer", {"cosigned": files["cosigned"][:last]}, "does not carry the quorum that its policy asks for"),
        ("another time", {"cosigned": exchanged(files["cosigned"], last + 40)}, "does not carry"),
        ("no cosignatures", {"cosigned": None}, "no head with the quorum of witnesses that entry 0 names (2 of 2)"),
        ("another policy", {"policy": files["policy"].replace(b"2 w0", b"1 w0")}, "and the log was founded with 2 of 2"),
    ]:
        with zipfile.ZipFile(broken, "w") as archive:
            for name, content in {**files, **change}.items():
                if content is not None:
                    archive.writestr(name, content)
        told = kasane("verify", broken)
        yield expect(f"{what}: {told.stdout}", told.returncode == 65 and why in told.stdout)


def judged(service, folder, keys, verifier):
    note = os.path.join(folder, "note")
    with urllib.request.urlopen(service.url(0) + "/checkpoint", timeout=5) as answer, open(note, "wb") as file:
        file.write(answer.read())
    for key in keys:
        p, f, _ = counted(verifier, "cosigned", note, key)
        yield p, f


def demonstrated(folder, verifier):
    """The demonstration's own two: there before anybody is let in, the same after a restart, and gone with it."""
    web, town, note = (os.path.join(folder, name) for name in ("web", "practice", "note"))
    for life in range(2):
        with Process(1, "demo", "--data", town, "--web", web, "--port", "0") as demo:
            with urllib.request.urlopen(demo.url(0) + "/checkpoint", timeout=5) as answer, open(note, "wb") as file:
                file.write(answer.read())
            keys = []
            for name in ("one", "two"):
                told = subprocess.run([KASANE, "witness", "--data", os.path.join(town, "witnesses", name), "--name", "w",
                                       "--log", log_key(town)], capture_output=True, text=True, timeout=20)
                keys.append(told.returncode)
            yield expect(f"its witnesses hold their folders: {keys}", keys == [73, 73])
            demo.process.send_signal(signal.SIGTERM)
            yield expect("it ends with all of its parts", demo.process.wait(timeout=20) == 0)
        with open(note) as file:
            lines = [line for line in file if line.startswith("\u2014 ")]
        yield expect(f"a quorum of two is served at once, in life {life}: {lines}", len(lines) == 3 and
                     [line.split()[1] for line in lines[1:]] == ["witness.example/one", "witness.example/two"])
    for name in ("one", "two"):
        with witness(os.path.join(town, "witnesses", name), f"witness.example/{name}", log_key(town)) as one:
            p, f, _ = counted(verifier, "cosigned", note, one.first[1])
            yield p, f


def founded(folder, _):
    """A municipality of its own: witnesses first, then `kasane init` under them, then the service, and only under them."""
    data, web, path, old = (os.path.join(folder, name) for name in ("own", "web", "own-policy", "old"))

    def write(text):
        with open(path, "w") as file:
            file.write(text)
        return path

    def init(data, *more):
        return subprocess.run([KASANE, "init", "--data", data, "--tenant", "machi", "--agency", "city", "--name", "N", *more],
                              capture_output=True, text=True, timeout=20)

    keys = []
    for i in range(3):  # before there is a log to watch, each says its key
        with Process(2, "witness", "--data", os.path.join(folder, f"own-{i}"), "--name", f"w.example/{i}") as one:
            keys.append(one.first[1])
    lines = "".join(f"witness w{i} {key} http://127.0.0.1:1\n" for i, key in enumerate(keys))
    for what, text, why in [("half", f"{lines}group g 1 w0 w1 w2\nquorum g\n", "must be more than half"),
                            ("none", "quorum none\n", "asks for no quorum"), ("nonsense", "quorum", "line 1")]:
        done = init(data, "--witness-policy", write(text))
        yield expect(f"not founded under {what}: {done.stderr}", done.returncode == 78 and why in done.stderr and
                     len(done.stderr.splitlines()) == 1 and not os.path.exists(data))
    done = init(data, "--witness-policy", write(f"{lines}group g 2 w0 w1 w2\nquorum g\n"))
    yield expect("founded under its witnesses: " + done.stderr, done.returncode == 0)
    told = subprocess.run([KASANE, "verify", data], capture_output=True, text=True, timeout=60)
    yield expect("which have seen nothing of it yet: " + told.stdout, told.returncode == 0 and "none have cosigned" in told.stdout)
    yield unserved("no policy for it", "founded with witnesses, 2 of 3", data, web)
    running = [witness(os.path.join(folder, f"own-{i}"), f"w.example/{i}", log_key(data)) for i in range(2)]
    try:
        urls = [one.url(0) for one in running] + ["http://127.0.0.1:1"]
        asked = "".join(f"witness w{i} {key} {url}\n" for i, (key, url) in enumerate(zip(keys, urls)))
        with serve(data, web, write(f"log {log_key(data)}\n{asked}group g 2 w0 w1 w2\nquorum g\n")) as service:
            yield wait("two of its three make its quorum", lambda: ready(service)["witnesses"]["quorum_size"] == 2)
        told = subprocess.run([KASANE, "verify", data], capture_output=True, text=True, timeout=60)
        yield expect("and it says so: " + told.stdout, told.returncode == 0 and "(2 of 3 are enough)" in told.stdout and
                     "the witnesses that entry 0 names" in told.stdout)
        yield expect("a log may be founded without", init(old).returncode == 0)
        asked = "".join(f"witness w{i} {keys[i]} {urls[i]}\n" for i in range(2))
        with serve(old, web, write(f"log {log_key(old)}\n{asked}group g all w0 w1\nquorum g\n")) as service:
            yield wait("and its operators ask whom they like", lambda: trouble(service, "w0") == "unwatched")
        with Process(1, "serve", "--data", old, "--web", web, "--port", "0") as service:
            yield expect("or nobody", service.first[0].startswith("listening on "))
    finally:
        for process in running:
            process.__exit__()


def main():
    passed = failed = 0
    with tempfile.TemporaryDirectory() as folder:
        verifier = build_verifier()
        for tests in (all_tests, demonstrated, founded):
            for p, f in tests(folder, verifier):
                passed, failed = passed + p, failed + f
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
