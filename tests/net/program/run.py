#!/usr/bin/env python3
"""The program as an operator meets it: founding, starting, every refusal to start, and the end by a signal.

    run.py PATH/TO/kasane [PATTERN]

Each drill is a sentence that is true of the product, and gets a temporary folder, a data folder's name and a web client.
"""
import base64
import json
import os
import re
import shutil
import signal
import socket
import sqlite3
import stat
import subprocess
import sys
import tempfile
import time
import traceback

from harness import PROGRAM, Server, WebSocket, found, get, make_web, refused, run

DRILLS = []


def drill(sentence):
    def add(function):
        DRILLS.append((sentence, function))
        return function
    return add


class Skipped(Exception):
    pass


# ---- drills: founding ------------------------------------------------------------------------------------------------

@drill("init founds a ledger, prints the seed once, and leaves keys that only their owner reads")
def _(folder, data, web):
    result = found(data)
    assert result.returncode == 0, result.stderr
    said = dict(line.split(" ", 1) for line in result.stdout.split("\n\n")[0].splitlines())
    assert re.fullmatch(r"machi/[0-9a-f]{16}#[0-9a-f]{64}", said["log"]), said
    assert said["address"] == "http://127.0.0.1:8080/#f=" + said["log"].split("#")[1], said
    assert re.fullmatch(r"[A-Za-z0-9_-]{43}", said["seed"]), said
    assert re.fullmatch(r"d-[a-z2-7]{52}", said["device"]), said
    for name in ("log.key", "statement.key", "ledger.db"):
        assert stat.S_IMODE(os.stat(os.path.join(data, name)).st_mode) == 0o600, name
    assert stat.S_IMODE(os.stat(data).st_mode) == 0o700
    kept = b"".join(open(os.path.join(data, name), "rb").read() for name in os.listdir(data))
    assert said["seed"].encode() not in kept
    raw = base64.urlsafe_b64decode(said["seed"] + "=")
    assert raw not in kept and raw.hex().encode() not in kept
    assert "森".encode() not in kept, "the registrar's name is readable in the folder"


@drill("init leaves a folder that already holds a ledger as it is")
def _(folder, data, web):
    assert found(data).returncode == 0
    before = {name: open(os.path.join(data, name), "rb").read() for name in sorted(os.listdir(data))}
    refused(found(data), 73, "already holds a ledger")
    assert before == {name: open(os.path.join(data, name), "rb").read() for name in sorted(os.listdir(data))}


@drill("init with an id or a type that is none makes nothing")
def _(folder, data, web):
    base = ["--data", data, "--name", "森"]
    refused(run("init", *base, "--tenant", "Machi!", "--agency", "fukushi"), 64, "--tenant")
    refused(run("init", *base, "--tenant", "machi", "--agency", "server"), 64, "--agency")
    refused(run("init", *base, "--tenant", "machi", "--agency", "fukushi", "--agency-type", "bank"), 64, "--agency-type")
    assert not os.path.exists(data)


@drill("init in a folder that cannot be made says so and makes nothing")
def _(folder, data, web):
    blocker = os.path.join(folder, "file")
    open(blocker, "w").close()
    refused(found(os.path.join(blocker, "data")), 73, "cannot make")


# ---- drills: refusals to start ---------------------------------------------------------------------------------------

@drill("serve without a data folder, or one that init never saw, ends with 66")
def _(folder, data, web):
    refused(run("serve", "--data", data, "--web", web), 66, "no data folder", "kasane init")
    os.mkdir(data)
    refused(run("serve", "--data", data, "--web", web), 66, "no ledger", "kasane init")


@drill("serve without its keys, or with keys that others may read, ends with 66")
def _(folder, data, web):
    assert found(data).returncode == 0
    os.chmod(os.path.join(data, "log.key"), 0o644)
    refused(run("serve", "--data", data, "--web", web, "--port", "0"), 66, "mode 0600")
    os.remove(os.path.join(data, "log.key"))
    refused(run("serve", "--data", data, "--web", web, "--port", "0"), 66, "log.key")


@drill("serve on a ledger of a newer program ends with 65 and leaves it")
def _(folder, data, web):
    assert found(data).returncode == 0
    with sqlite3.connect(os.path.join(data, "ledger.db")) as ledger:
        ledger.execute("PRAGMA user_version = 999")
    ledger.close()
    refused(run("serve", "--data", data, "--web", web, "--port", "0"), 65, "newer")


@drill("serve on a ledger that was changed ends with 65")
def _(folder, data, web):
    assert found(data).returncode == 0
    with sqlite3.connect(os.path.join(data, "ledger.db")) as ledger:
        assert ledger.execute("UPDATE entries SET envelope = replace(envelope, 'a', 'b') WHERE i = 1").rowcount == 1
    ledger.close()
    refused(run("serve", "--data", data, "--web", web, "--port", "0"), 65)


@drill("two servers do not share a folder")
def _(folder, data, web):
    assert found(data).returncode == 0
    with Server(data, web):
        refused(run("serve", "--data", data, "--web", web, "--port", "0"), 65)


@drill("serve on a data folder that cannot be written ends with 73")
def _(folder, data, web):
    if os.geteuid() != 0:
        raise Skipped("needs root, to become somebody who may not write")
    assert found(data).returncode == 0
    for path in [data] + [os.path.join(data, name) for name in os.listdir(data)]:
        os.chown(path, 65534, 65534)
    os.chmod(data, 0o500)
    os.chmod(folder, 0o755)
    program = shutil.copy(PROGRAM, os.path.join(folder, "kasane"))
    os.chmod(program, 0o755)
    result = subprocess.run([program, "serve", "--data", data, "--web", web, "--port", "0"], capture_output=True, text=True,
                            timeout=20, user=65534, group=65534, extra_groups=[])
    refused(result, 73, "cannot be written")


@drill("serve refuses to listen beyond loopback without a proxy, and behind one without its origin, with 78")
def _(folder, data, web):
    assert found(data).returncode == 0
    base = ["serve", "--data", data, "--web", web, "--port", "0"]
    refused(run(*base, "--listen", "0.0.0.0"), 78, "beyond loopback", "--behind-proxy")
    refused(run(*base, "--listen", "::"), 78, "beyond loopback")
    refused(run(*base, "--behind-proxy"), 78, "--origin")
    refused(run(*base, "--listen", "localhost"), 78, "IP address")
    refused(run(*base, "--origin", "https://kasane.example/page"), 78, "--origin")


@drill("serve without a web client ends with 78")
def _(folder, data, web):
    assert found(data).returncode == 0
    refused(run("serve", "--data", data, "--web", folder, "--port", "0"), 78, "index.html is missing")


@drill("serve on a port in use ends with 69")
def _(folder, data, web):
    assert found(data).returncode == 0
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        refused(run("serve", "--data", data, "--web", web, "--port", str(port)), 69, str(port), "in use")


@drill("a wrong command line ends with 64 and one line")
def _(folder, data, web):
    refused(run(), 64)
    refused(run("serve"), 64, "--data")
    refused(run("serve", "--data", data, "--port", "70000"), 64, "--port")
    refused(run("conquer"), 64)
    helped = run("--help")
    assert helped.returncode == 0 and "Exit status" in helped.stdout


# ---- drills: serving -------------------------------------------------------------------------------------------------

@drill("the page comes with a policy under which its own script alone runs")
def _(folder, data, web):
    assert found(data).returncode == 0
    with Server(data, web) as server:
        head, body = get(server.port, "/")
        integrity = re.search(r"sha384-[A-Za-z0-9+/=]+", body.decode())[0]
        assert head.startswith("HTTP/1.1 200 ") and f"script-src '{integrity}' 'wasm-unsafe-eval';" in head, head
        assert "Cache-Control: no-store" in head and "X-Content-Type-Options: nosniff" in head
        assert get(server.port, "/metrics")[0].startswith("HTTP/1.1 404 ")
        assert get(server.port, "/", "TRACE")[0].startswith("HTTP/1.1 405 ")


@drill("the operators' pages say that it lives, is ready, and how much it does")
def _(folder, data, web):
    assert found(data).returncode == 0
    with Server(data, web) as server:
        assert json.loads(get(server.admin_port, "/livez")[1]) == {"ok": True, "why": ""}
        assert json.loads(get(server.admin_port, "/readyz")[1]) == {"ok": True, "why": "", "extends": True, "witnesses": None}
        metrics = get(server.admin_port, "/metrics")[1].decode()
        assert "\nkasane_ledger_size 2\n" in metrics, metrics
        assert get(server.admin_port, "/")[0].startswith("HTTP/1.1 404 ")


@drill("the operators' pages are for who names loopback, not for a page whose name was turned to it")
def _(folder, data, web):
    assert found(data).returncode == 0
    with Server(data, web) as server:
        for host, status in (("evil.example", 403), (f"evil.example:{server.admin_port}", 403), ("127.0.0.1.evil.example", 403),
                             ("", 403), ("localhost", 200), (f"127.0.0.1:{server.admin_port}", 200), ("[::1]:9", 200)):
            with socket.create_connection(("127.0.0.1", server.admin_port), timeout=5) as peer:
                peer.sendall(f"GET /metrics HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
                assert peer.recv(12) == f"HTTP/1.1 {status}".encode(), host


@drill("a connection is greeted with the log's name and checkpoint, and cut off when it stays silent for ten seconds")
def _(folder, data, web):
    log = found(data).stdout.split("\n")[0].split(" ")[1]
    with Server(data, web) as server:
        talk = WebSocket(server.port)
        _, payload = talk.frame()
        hello = json.loads(payload)
        assert hello["method"] == "hello" and hello["params"]["log"] == log and hello["params"]["size"] == 2, hello
        assert hello["params"]["checkpoint"].startswith(log.split("#")[0] + "\n2\n"), hello
        begin = time.monotonic()
        assert talk.close_code() == 4001
        assert 9.5 < time.monotonic() - begin < 11.5


@drill("a device that nobody knows is closed with 4002, and learns nothing")
def _(folder, data, web):
    assert found(data).returncode == 0
    with Server(data, web) as server:
        talk = WebSocket(server.port)
        talk.frame()
        talk.send_text(json.dumps({"jsonrpc": "2.0", "id": 1, "method": "authenticate", "params": {
            "device": "d-" + "a" * 52, "nonce": "0" * 32, "signature": base64.b64encode(bytes(64)).decode()}}))
        opcode, payload = talk.frame()
        assert opcode == 8 and payload == (4002).to_bytes(2, "big"), payload


@drill("a foreign page is refused with 403, and behind a proxy only the named origin is let in")
def _(folder, data, web):
    assert found(data).returncode == 0
    with Server(data, web, "--behind-proxy", "--origin", "https://kasane.example.lg.jp") as server:
        ours = "Sec-WebSocket-Protocol: kasane.v1\r\n"
        assert WebSocket(server.port, ours + "Origin: https://kasane.example.lg.jp\r\n").status == 101
        assert WebSocket(server.port, ours + "Origin: https://evil.example\r\n").status == 403
        assert WebSocket(server.port, ours + "Origin: http://localhost:8080\r\n").status == 403


@drill("SIGTERM and SIGINT tell every connection 1012 and end with 0 within five seconds, though a peer is deaf")
def _(folder, data, web):
    assert found(data).returncode == 0
    for end in (signal.SIGTERM, signal.SIGINT):
        with Server(data, web) as server:
            polite, deaf = WebSocket(server.port), WebSocket(server.port)
            half = socket.create_connection(("127.0.0.1", server.port))
            half.sendall(b"GET / HT")
            polite.frame()
            begin = time.monotonic()
            server.process.send_signal(end)
            assert polite.close_code() == 1012
            polite.peer.close()
            assert server.process.wait(timeout=10) == 0, server.process.returncode
            assert time.monotonic() - begin < 5
            assert deaf.close_code() == 1012
            half.close()


@drill("after an end by signal the same folder is served again")
def _(folder, data, web):
    log = found(data).stdout.split("\n")[0].split(" ")[1]
    for _ in range(2):
        with Server(data, web) as server:
            assert json.loads(WebSocket(server.port).frame()[1])["params"]["log"] == log
            server.process.terminate()
            assert server.process.wait(timeout=10) == 0


@drill("after kill -9 the same folder is served again")
def _(folder, data, web):
    log = found(data).stdout.split("\n")[0].split(" ")[1]
    for _ in range(3):
        with Server(data, web) as server:
            assert json.loads(WebSocket(server.port).frame()[1])["params"]["log"] == log
            server.process.kill()


# ---- drills: where the machine ends ------------------------------------------------------------------------------------

@drill("without a descriptor left it neither spins nor ends, goes on with who is there, and takes others once there is room")
def _(folder, data, web):
    assert found(data).returncode == 0
    with Server(data, web, descriptors=64) as server:
        first = WebSocket(server.port)
        first.frame()
        crowd = [socket.create_connection(("127.0.0.1", server.port), timeout=5) for _ in range(100)]
        time.sleep(0.5)
        begin = server.cpu_seconds()
        time.sleep(1.5)
        assert server.cpu_seconds() - begin < 0.3, server.cpu_seconds() - begin
        first.send_text(json.dumps({"jsonrpc": "2.0", "id": 1, "method": "authenticate", "params": {
            "device": "d-" + "a" * 52, "nonce": "0" * 32, "signature": base64.b64encode(bytes(64)).decode()}}))
        assert first.close_code() == 4002
        for peer in crowd:
            peer.close()
        assert get(server.port, "/")[0].startswith("HTTP/1.1 200 ")
        server.process.terminate()
        assert server.process.wait(timeout=10) == 0


@drill("while the disk is nearly full it serves but is not ready, in words, and is again when there is room")
def _(folder, data, web):
    os.mkdir(data)
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=96m,mode=700", "kasane-drill", data], capture_output=True, text=True)
    if mounted.returncode != 0:
        raise Skipped("no small disk can be mounted here")
    try:
        assert found(data).returncode == 0
        with Server(data, web) as server:
            def readiness(of):
                said = json.loads(get(of.admin_port, "/readyz")[1])
                return {"ok": said["ok"], "why": said["why"]}

            def ready_within(seconds, wanted):
                until = time.monotonic() + seconds
                while (said := readiness(server)) != wanted:
                    assert time.monotonic() < until, said
                    time.sleep(0.1)
            ready_within(5, {"ok": True, "why": ""})
            ballast = os.path.join(data, "ballast")
            with open(ballast, "wb") as file:
                file.write(bytes(40 << 20))
            ready_within(15, {"ok": False, "why": "the disk is nearly full"})
            assert get(server.admin_port, "/readyz")[0].startswith("HTTP/1.1 503 ")
            assert json.loads(WebSocket(server.port).frame()[1])["method"] == "hello"
            os.remove(ballast)
            ready_within(15, {"ok": True, "why": ""})
    finally:
        subprocess.run(["umount", data], check=True)


@drill("what the operator reads is one JSON object a line, without a name or an id")
def _(folder, data, web):
    said = dict(line.split(" ", 1) for line in found(data).stdout.split("\n\n")[0].splitlines())
    with Server(data, web) as server:
        talk = WebSocket(server.port)
        talk.frame()
        talk.send_text('{"evil":"\\u001b[31m"}')
        talk.close_code()
        server.process.terminate()
        _, diagnostics = server.process.communicate(timeout=10)
    lines = [json.loads(line) for line in diagnostics.splitlines()]
    assert [line["event"] for line in lines] == ["listening", "stopping", "stopped"], diagnostics
    for secret in (said["person"], said["device"], said["seed"], "森", "evil"):
        assert secret not in diagnostics


def main():
    pattern = sys.argv[2] if len(sys.argv) > 2 else "."
    passed = failed = skipped = 0
    for sentence, function in DRILLS:
        if not re.search(pattern, sentence):
            continue
        folder = tempfile.mkdtemp(prefix="kasane-drill-")
        try:
            web = os.path.join(folder, "web")
            make_web(web)
            function(folder, os.path.join(folder, "data"), web)
            passed += 1
        except Skipped as why:
            print(f"skipped: {sentence}: {why}")
            skipped += 1
        except Exception:  # noqa: BLE001: any end of a drill but its own is its failure
            print(f"FAILED {sentence}")
            traceback.print_exc(file=sys.stdout)
            failed += 1
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    print(f"{passed} passed, {failed} failed, {skipped} skipped")
    return 1 if failed or passed + skipped == 0 else 0


sys.exit(main())
