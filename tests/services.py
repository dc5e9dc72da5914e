"""What every test stands on: an own var/ folder and own keys, made before Django loads."""

import os
import secrets
import tempfile

os.environ["VAR_DIR"] = tempfile.mkdtemp(prefix="redress-")
os.environ["SECRET_KEY"] = secrets.token_hex(32)
os.environ["MASTER_KEY"] = secrets.token_hex(32)
os.environ["DEMO"] = "1"
