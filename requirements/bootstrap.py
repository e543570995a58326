"""Prepare ``.venv``: ``python3 requirements/bootstrap.py run|dev|ldap|lock``; called by ``make``, by any Python 3.8+.

``run`` installs what running needs, ``dev`` what testing needs too, ``ldap`` adds the LDAP directory's client, ``lock``
resolves the requirement files anew from ``pyproject.toml``. All installs are checked against the hashes in
``requirements/*.txt``; what is installed already is not touched: a second call only compares the hash of those files
with the one it left in ``.venv``.
"""

import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
VENV_PYTHON = VENV / "bin" / "python"
STAMP = VENV / "installed.json"
UV_HOME = ROOT / "var" / "uv"
FILES = {
    "run": "requirements/base.txt",
    "llm": "requirements/llm.txt",
    "ldap": "requirements/ldap.txt",
    "dev": "requirements/dev.txt",
    "uv": "requirements/uv.txt",
}
OLDEST = (3, 12)
FETCHED_PYTHON = "3.13"
NO_PYTHON = (
    "Sapar needs Python 3.12 or newer (with its ssl and sqlite3 modules) and neither found one that runs nor could "
    "fetch one: install it, or name one with `make setup PYTHON=/path/to/python3`."
)
NO_INSTALL = (
    "The packages could not be installed (see above): the first time, the package index that pip or uv is configured "
    "for must be within reach."
)


def main(wanted):
    (ROOT / "var").mkdir(exist_ok=True)
    with (ROOT / "var" / "setup.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if wanted == "lock":
            return resolve()
        if VENV.is_symlink():  # an environment that somebody linked in is kept by whoever made it
            return 0
        return add(wanted) if wanted == "ldap" else prepare(wanted)


def prepare(wanted):
    """Make ``.venv`` and install the packages of ``wanted``, unless that was done for the files as they are now."""
    installed = read_stamp()
    if installed.get("run") == digest("run") and installed.get(wanted) == digest(wanted) and version_of(VENV_PYTHON):
        return 0
    if "dev" in installed:
        wanted = "dev"  # running must not take away what testing needs
    began = time.monotonic()
    python = find_python()
    say(f"Setting up .venv with {python or 'a Python that uv fetches'} …")
    uv = find_uv(python)
    if not ((uv and install_with_uv(uv, python, wanted)) or (python and install_with_pip(python, wanted))):
        say(NO_INSTALL if version_of(VENV_PYTHON) else NO_PYTHON)
        return 1
    STAMP.write_text(json.dumps({name: digest(name) for name in ("run", wanted)}))
    say(f"Set up in {time.monotonic() - began:.0f} s.")
    return 0


def add(wanted):
    """Install the packages of ``wanted`` beside those that are there already."""
    uv, file = find_uv(find_python()), FILES[wanted]
    pip = [uv, "pip", "install", "--quiet", "--python", VENV_PYTHON] if uv else [VENV_PYTHON, "-m", "pip", "install"]
    return 0 if run([*pip, "--require-hashes", "-r", file]) else 1


def find_python():
    """Return the path of a Python that runs, is new enough and has what Django needs; else ``None``."""
    names = [os.environ.get("PYTHON", ""), "python3.14", "python3.13", "python3.12", "python3", sys.executable]
    kept = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv")
    names += sorted((str(path) for path in kept.glob("versions/*/bin/python3")), reverse=True)
    for name in names:
        path = shutil.which(name) if name else None
        # The interpreter itself must answer: shims of version managers may exist and fail.
        found = version_of(path) if path else None
        if found:
            return found
    return None


def version_of(path):
    """Return the real path of the interpreter ``path`` if it is usable, else ``None``."""
    code = f"import sys, ssl, sqlite3; print(sys.executable if sys.version_info >= {OLDEST} else '')"
    return output_of([path, "-c", code]) or None


def find_uv(python):
    """Return a uv of our own, installed into ``var/uv`` if need be; else the machine's; else ``None``."""
    uv, stamp = UV_HOME / "bin" / "uv", UV_HOME / digest("uv")
    if stamp.exists() and output_of([uv, "--version"]):
        return uv
    pip = [UV_HOME / "bin" / "python", "-m", "pip", "install", "--quiet", "--require-hashes", "-r", FILES["uv"]]
    for base in filter(None, [python, sys.executable]):
        if output_of([base, "-m", "venv", "--clear", UV_HOME]) is not None and run(pip):
            stamp.touch()
            return uv
    return shutil.which("uv")


def install_with_uv(uv, python, wanted):
    """Make ``.venv`` with uv and let it hold exactly the packages of ``wanted``; say whether that worked."""
    if not version_of(VENV_PYTHON):
        source = ["--python", python] if python else ["--managed-python", "--python", FETCHED_PYTHON]
        if not run([uv, "venv", "--quiet", "--clear", *source, VENV]):
            return False
    # `--python` names the environment: without it uv may install into another interpreter. Compiled at once, because
    # where PYTHONDONTWRITEBYTECODE is set each start would compile everything again.
    sync = [uv, "pip", "sync", "--quiet", "--compile-bytecode", "--python", VENV_PYTHON]
    return run([*sync, "--require-hashes", FILES[wanted]])


def install_with_pip(python, wanted):
    """The slower way, where uv cannot be had or does not reach the index that pip is configured for."""
    pip = [VENV_PYTHON, "-m", "pip", "install", "--quiet", "--require-hashes", "-r", FILES[wanted]]
    return run([python, "-m", "venv", "--clear", VENV]) and run(pip)


def resolve():
    """Write the requirement files anew from ``pyproject.toml``."""
    uv = find_uv(find_python())
    if not uv:
        say(NO_INSTALL)
        return 1
    oldest = ".".join(map(str, OLDEST))
    flags = ["--quiet", "--upgrade", "--universal", "--generate-hashes", "--no-emit-index-url"]
    flags += ["--custom-compile-command", "make requirements", "--python-version", oldest]
    llm = ["pyproject.toml", "--extra", "llm", "-c", FILES["run"]]
    done = run([uv, "pip", "compile", *flags, "pyproject.toml", "-o", FILES["run"]])
    done = done and run([uv, "pip", "compile", *flags, *llm, "-o", FILES["llm"]])
    ldap = ["pyproject.toml", "--extra", "ldap", "-c", FILES["run"]]
    done = done and run([uv, "pip", "compile", *flags, *ldap, "-o", FILES["ldap"]])
    done = done and run([uv, "pip", "compile", *flags, *llm, "--group", "dev", "-o", FILES["dev"]])
    return 0 if done and run([uv, "pip", "compile", *flags, "-", "-o", FILES["uv"]], given="uv\n") else 1


def read_stamp():
    try:
        return json.loads(STAMP.read_text())
    except (OSError, ValueError):
        return {}


def digest(name):
    return hashlib.sha256((ROOT / FILES[name]).read_bytes()).hexdigest()


def environment():
    """The environment for installing: no other environment's variables, and pip's certificates for uv too."""
    kept = {k: v for k, v in os.environ.items() if k not in ("VIRTUAL_ENV", "UV_PYTHON", "PYTHONPATH", "PYTHONHOME")}
    if "PIP_CERT" in kept:
        kept.setdefault("SSL_CERT_FILE", kept["PIP_CERT"])
    return kept


def run(command, given=None):
    """Run ``command`` in the root, showing what it says; say whether it succeeded."""
    try:
        done = subprocess.run(command, cwd=ROOT, env=environment(), input=given, text=True, check=False)
    except OSError as error:
        say(str(error))
        return False
    return done.returncode == 0


def output_of(command):
    """Return what ``command`` prints, without the space around it; ``None`` when it cannot run or fails."""
    try:
        done = subprocess.run(command, capture_output=True, cwd=ROOT, env=environment(), timeout=120, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.decode().strip() if done.returncode == 0 else None


def say(sentence):
    sys.stderr.write(sentence + "\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "run"))
