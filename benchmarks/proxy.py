"""nginx in front of a running product, set up as the operating guide says and in no other way."""

from __future__ import annotations

import re
import shutil
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

GUIDE = Path(__file__).parents[1] / "docs/operating.md"
AROUND = """
daemon off; pid {folder}/nginx.pid; error_log {folder}/error.log; worker_processes 1; worker_rlimit_nofile 20000;
events {{ worker_connections 10000; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/f;
    uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
    server {{
        listen 127.0.0.1:{port} backlog=4096;
{example}
    }}
}}
"""


def found() -> str | None:
    return shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")


def example(web: int, streams: int) -> str:
    """The guide's own block, with these ports."""
    (block,) = re.findall(r"```nginx\n(.*?)```", GUIDE.read_text("utf-8"), re.DOTALL)
    assert "127.0.0.1:8000" in block and "127.0.0.1:8001" in block
    return block.replace("127.0.0.1:8000", f"127.0.0.1:{web}").replace("127.0.0.1:8001", f"127.0.0.1:{streams}")


@contextmanager
def in_front(folder: Path, port: int, web: int, streams: int) -> Iterator[str]:
    """The address of the one origin."""
    folder.mkdir()
    config, binary = folder / "nginx.conf", found()
    assert binary is not None
    config.write_text(AROUND.format(folder=folder, port=port, example=example(web, streams)))
    process = subprocess.Popen([binary, "-c", str(config), "-e", f"{folder}/error.log"])
    try:
        _until_there(f"http://127.0.0.1:{port}/healthz")
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(20)


def _until_there(address: str) -> None:
    for _ in range(500):
        try:
            urllib.request.urlopen(address, timeout=5).close()
            return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.02)
    raise RuntimeError("nginx does not answer")
