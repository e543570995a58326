"""A real OpenLDAP server on a port of this machine, with a certificate of its own and three people in it."""

import datetime
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

SLAPD = shutil.which("slapd", path="/usr/sbin:/usr/local/sbin:/usr/libexec:/usr/bin")
SCHEMAS = Path("/etc/ldap/schema")
BASE = "dc=example,dc=kz"
BIND_DN, BIND_PASSWORD = f"cn=sapar,{BASE}", "a secret of the reader"
CONFIGURATION = """
include {schemas}/core.schema
include {schemas}/cosine.schema
include {schemas}/inetorgperson.schema
modulepath /usr/lib/ldap
moduleload back_mdb
pidfile {folder}/slapd.pid
TLSCertificateFile {folder}/server.pem
TLSCertificateKeyFile {folder}/server.key
TLSCACertificateFile {folder}/authority.pem
security simple_bind=128
disallow bind_anon
database mdb
maxsize 10485760
suffix "{base}"
rootdn "{bind_dn}"
rootpw "{bind_password}"
directory {folder}/data
access to attrs=userPassword by anonymous auth by * none
access to * by * none
"""
ENTRY = """
dn: uid={uid},{base}
objectClass: inetOrgPerson
uid: {uid}
cn: {uid}
sn: {uid}
mail: {mail}
userPassword: {password}
"""


@dataclass(frozen=True)
class Directory:
    url: str
    authority: Path


@contextmanager
def running_slapd(folder: Path, people: list[tuple[str, str, str]]) -> Iterator[Directory]:
    """Let slapd answer for ``people`` (uid, mail, password) until the block ends."""
    (folder / "data").mkdir()
    make_certificates(folder)
    words = {"schemas": SCHEMAS, "folder": folder, "base": BASE, "bind_dn": BIND_DN, "bind_password": BIND_PASSWORD}
    configuration = folder / "slapd.conf"
    configuration.write_text(CONFIGURATION.format(**words))
    entries = [f"dn: {BASE}\nobjectClass: dcObject\nobjectClass: organization\no: Example\ndc: example\n"]
    entries += [ENTRY.format(uid=uid, base=BASE, mail=mail, password=password) for uid, mail, password in people]
    subprocess.run(
        [SLAPD, "-T", "add", "-f", configuration], input="\n".join(entries), text=True, check=True, capture_output=True
    )
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    url = f"ldap://127.0.0.1:{port}"
    process = subprocess.Popen([SLAPD, "-f", configuration, "-h", url, "-d", "0"], stderr=subprocess.DEVNULL)
    try:
        wait_for(port, process)
        yield Directory(url, folder / "authority.pem")
    finally:
        process.terminate()
        process.wait(10)


def wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        assert process.poll() is None, "slapd did not start"
        time.sleep(0.05)
    raise AssertionError("slapd does not answer")


def make_certificates(folder: Path) -> None:
    """Write an authority and a certificate of 127.0.0.1 signed by it."""
    authority_key, server_key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Test authority")])
    now = datetime.datetime.now(datetime.UTC)
    until = now + datetime.timedelta(days=1)

    def builder(subject: x509.Name, key: ec.EllipticCurvePublicKey) -> x509.CertificateBuilder:
        made = x509.CertificateBuilder().subject_name(subject).issuer_name(name).public_key(key)
        made = made.serial_number(x509.random_serial_number())
        return made.not_valid_before(now - datetime.timedelta(days=1)).not_valid_after(until)

    authority = builder(name, authority_key.public_key()).add_extension(x509.BasicConstraints(True, None), True)
    server_name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    addresses = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
    server = builder(server_name, server_key.public_key()).add_extension(addresses, False)
    for file, made in (("authority.pem", authority), ("server.pem", server)):
        signed = made.sign(authority_key, hashes.SHA256())
        (folder / file).write_bytes(signed.public_bytes(serialization.Encoding.PEM))
    secret = server_key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (folder / "server.key").write_bytes(secret)
