"""How many proxies stand before the pages follows from what is said of the machine."""

import os
import subprocess
import sys

import pytest

from tests.conftest import ROOT

SAY = "from django.conf import settings as s; print(s.ALLAUTH_TRUSTED_PROXY_COUNT)"


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({"DEMO": "1"}, "0"),
        ({"DEMO": "0"}, "1"),
        ({"DEMO": "0", "HTTPS": "0"}, "0"),
        ({"DEMO": "0", "TRUSTED_PROXIES": "2"}, "2"),
    ],
)
def test_with_tls_there_is_one_unless_told_otherwise(environment, expected):
    said = subprocess.run(
        [sys.executable, "-c", SAY],
        cwd=ROOT,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings", **environment},
        capture_output=True,
        text=True,
        check=True,
    )

    assert said.stdout.strip() == expected
