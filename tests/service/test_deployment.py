"""The examples in deploy/ are what they say: systemd and nginx themselves read them."""

from __future__ import annotations

import math
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from replyassist.config import Settings
from replyassist.service.serving import GRACE, KEEPALIVE

DEPLOY = Path(__file__).parents[2] / "deploy"
UNIT, PROXY = DEPLOY / "replyassist.service", DEPLOY / "nginx.conf"
NGINX = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
LONGEST = math.ceil(max(Settings().time_limit, Settings().batch_time_limit)) + GRACE


def seconds(name: str, text: str) -> int:
    """The value of a directive that is a number of seconds."""
    [found] = re.findall(rf"{name}[ =](\d+)", text)
    return int(found)


def run(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout + done.stderr


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd-analyze is not installed")
def test_systemd_reads_the_unit(tmp_path: Path) -> None:
    unit = tmp_path / UNIT.name
    unit.write_text(UNIT.read_text().replace("/opt/replyassist/.venv/bin/replyassist", sys.executable))
    told = run("systemd-analyze", "verify", "--man=no", str(unit))
    assert unit.name not in told  # where it would say what it does not understand


@pytest.mark.skipif(not NGINX or not shutil.which("openssl"), reason="nginx or openssl is not installed")
def test_nginx_reads_the_configuration(tmp_path: Path) -> None:
    key, certificate = tmp_path / "tls.key", tmp_path / "tls.crt"
    run("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
        "-subj", "/CN=replyassist.example", "-keyout", str(key), "-out", str(certificate))  # fmt: skip
    example = PROXY.read_text().replace("/etc/replyassist", str(tmp_path))
    example = example.replace("/var/log/nginx", str(tmp_path)).replace("443", "8443")
    (tmp_path / "example.conf").write_text(example)
    whole = tmp_path / "nginx.conf"
    paths = "".join(
        f"{kind}_temp_path {tmp_path};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    whole.write_text(f"pid {tmp_path}/pid; events {{}} http {{ {paths} include {tmp_path}/example.conf; }}")
    told = run(NGINX or "", "-t", "-e", str(tmp_path / "error.log"), "-c", str(whole))
    assert "syntax is ok" in told


def test_nobody_hangs_up_before_the_time_limits() -> None:
    assert seconds("TimeoutStopSec", UNIT.read_text()) >= LONGEST
    assert seconds("proxy_read_timeout", PROXY.read_text()) >= LONGEST
    assert KEEPALIVE > 60  # nginx's own keepalive_timeout of an upstream


def test_no_letter_lies_on_the_disk_of_the_proxy() -> None:
    text = PROXY.read_text()
    [largest] = re.findall(r"client_max_body_size (\w+);", text)
    assert f"client_body_buffer_size {largest};" in text
    assert int(largest.removesuffix("m")) * 1024 * 1024 >= Settings().body_limit
    assert "proxy_max_temp_file_size 0;" in text
    assert "access_log off;" in text
