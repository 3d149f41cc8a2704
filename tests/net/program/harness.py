"""The program as a process, and peers made of plain sockets. Loopback alone; standard library alone."""
import base64
import hashlib
import os
import re
import resource
import socket
import subprocess
import sys

PROGRAM = os.path.abspath(sys.argv[1])


def run(*arguments, **options):
    return subprocess.run([PROGRAM, *arguments], capture_output=True, text=True, timeout=20, **options)


def found(folder, *more):
    return run("init", "--data", folder, "--tenant", "machi", "--agency", "fukushi", "--agency-type", "secretariat",
               "--name", "森 花子", *more)


def make_web(folder):
    script = b"document.title = 'Kasane';"
    integrity = "sha384-" + base64.b64encode(hashlib.sha384(script).digest()).decode()
    os.makedirs(os.path.join(folder, "assets"))
    with open(os.path.join(folder, "assets", "main-1.js"), "wb") as file:
        file.write(script)
    with open(os.path.join(folder, "index.html"), "w") as file:
        file.write(f'<!doctype html><script type="module" src="/assets/main-1.js" integrity="{integrity}"></script>')
    return integrity


class Server:
    """`kasane serve` on a free port, until the block ends."""

    def __init__(self, data, web, *more, descriptors=None):
        def narrow():
            if descriptors:
                resource.setrlimit(resource.RLIMIT_NOFILE, (descriptors, descriptors))
        self.process = subprocess.Popen([PROGRAM, "serve", "--data", data, "--web", web, "--port", "0", "--admin-port", "0",
                                         *more], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, preexec_fn=narrow)
        first = self.process.stdout.readline()
        match = re.fullmatch(r"listening on http://127\.0\.0\.1:(\d+)\n", first)
        if not match:
            self.process.kill()
            raise AssertionError(f"first line {first!r}, stderr {self.process.stderr.read()!r}")
        self.port = int(match[1])
        self.admin_port = int(re.fullmatch(r"operators on http://127\.0\.0\.1:(\d+)\n", self.process.stdout.readline())[1])

    def cpu_seconds(self):
        with open(f"/proc/{self.process.pid}/stat") as file:
            fields = file.read().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.kill()
        self.process.communicate()


def get(port, path, method="GET", headers=""):
    with socket.create_connection(("127.0.0.1", port), timeout=5) as peer:
        peer.sendall(f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n{headers}\r\n".encode())
        answer = b""
        while part := peer.recv(65536):
            answer += part
    head, _, body = answer.partition(b"\r\n\r\n")
    return head.decode(), body


class WebSocket:
    def __init__(self, port, headers="Sec-WebSocket-Protocol: kasane.v1\r\n"):
        self.peer = socket.create_connection(("127.0.0.1", port), timeout=20)
        self.peer.sendall(f"GET /ws HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                          f"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n{headers}\r\n".encode())
        self.rest = b""
        while b"\r\n\r\n" not in self.rest:
            self.rest += self.peer.recv(4096)
        head, _, self.rest = self.rest.partition(b"\r\n\r\n")
        self.status = int(head.split(b" ")[1])

    def take(self, count):
        while len(self.rest) < count:
            part = self.peer.recv(65536)
            if not part:
                raise EOFError
            self.rest += part
        taken, self.rest = self.rest[:count], self.rest[count:]
        return taken

    def frame(self):
        first, length = self.take(2)
        if length == 126:
            length = int.from_bytes(self.take(2), "big")
        elif length == 127:
            length = int.from_bytes(self.take(8), "big")
        return first & 15, self.take(length)

    def close_code(self):
        try:
            while True:
                opcode, payload = self.frame()
                if opcode == 8:
                    return int.from_bytes(payload[:2], "big")
        except (EOFError, ConnectionResetError):
            return None

    def send_text(self, text):
        payload = text.encode()
        size = len(payload)
        length = bytes([0x80 | size]) if size < 126 else bytes([0xFE]) + size.to_bytes(2, "big")
        self.peer.sendall(b"\x81" + length + b"\0\0\0\0" + payload)


def refused(result, status, *words):
    """One clear line on stderr, nothing on stdout, the documented status."""
    assert result.returncode == status, (result.returncode, result.stderr)
    assert result.stdout == "", result.stdout
    assert result.stderr.startswith("kasane: ") and result.stderr.count("\n") == 1, result.stderr
    for word in words:
        assert word in result.stderr, result.stderr
