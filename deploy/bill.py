"""Write the bill of materials (CycloneDX, JSON): `python -m deploy.bill FILE`.

What a release is made of: the locked packages of the servers and those that the client
is built from, each with the digests of what may be installed of it.
"""

import json
import re
import sys
import warnings
from base64 import b64decode
from collections.abc import Iterable, Iterator
from pathlib import Path

from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentScope, ComponentType
from cyclonedx.output import make_outputter
from cyclonedx.schema import OutputFormat, SchemaVersion
from packageurl import PackageURL

from deploy.local.client import CLIENT
from deploy.local.folders import ROOT

SERVERS = ROOT / "deploy/requirements/run.txt"
BROWSER = CLIENT / "package-lock.json"
_ENTRY = re.compile(r"^([\w.\-]+)==([^\s;]+)(.*)$", re.MULTILINE)
_SHA256 = re.compile(r"--hash=sha256:([0-9a-f]{64})")


def of_servers(lock: str) -> Iterator[Component]:
    """Read a lock as `make lock` writes it: a package has a digest of each file."""
    for name, version, rest in _ENTRY.findall(lock.replace("\\\n", " ")):
        digests = ((HashAlgorithm.SHA_256, found) for found in _SHA256.findall(rest))
        yield _component(PackageURL("pypi", name=name, version=version), digests)


def of_client(lock: str) -> Iterator[Component]:
    """Read npm's lock; what only builds or tests the client is said to be excluded."""
    for path, entry in json.loads(lock)["packages"].items():
        if not path:
            continue  # the client itself
        *scope, name = path.rpartition("node_modules/")[2].split("/")
        package = PackageURL("npm", "/".join(scope), name, entry["version"])
        digests = map(_digest, entry.get("integrity", "").split())
        yield _component(package, digests, is_shipped=not entry.get("dev", False))


def bill() -> str:
    """Write the bill of this checkout."""
    found = [*of_servers(SERVERS.read_text()), *of_client(BROWSER.read_text())]
    listed = Bom(components={str(one.purl): one for one in found}.values())
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that it doesn't say who needs whom
        maker = make_outputter(listed, OutputFormat.JSON, SchemaVersion.V1_6)
        return str(maker.output_as_string(indent=2))


def _component(
    package: PackageURL,
    digests: Iterable[tuple[HashAlgorithm, str]],
    *,
    is_shipped: bool = True,
) -> Component:
    return Component(
        type=ComponentType.LIBRARY,
        group=package.namespace,
        name=package.name,
        version=package.version,
        purl=package,
        bom_ref=str(package),
        scope=ComponentScope.REQUIRED if is_shipped else ComponentScope.EXCLUDED,
        hashes=[HashType(alg=alg, content=content) for alg, content in digests],
    )


def _digest(integrity: str) -> tuple[HashAlgorithm, str]:
    """Read one of npm's digests: `<algorithm>-<base64>`."""
    kind, _, content = integrity.partition("-")
    return HashAlgorithm(kind.upper().replace("SHA", "SHA-")), b64decode(content).hex()


if __name__ == "__main__":
    target = Path(sys.argv[1])
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(bill())
    print(target)
