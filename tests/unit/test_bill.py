"""What a release is made of is listed whole."""

import json
import re

import pytest

from deploy import bill


@pytest.fixture(scope="module")
def listed():
    return {one["purl"]: one for one in json.loads(bill.bill())["components"]}


def test_lists_every_locked_package_of_the_servers_with_all_its_digests(listed):
    lock = bill.SERVERS.read_text()
    locked = re.findall(r"^([a-z0-9.\-]+)==([^\s;]+)", lock, re.MULTILINE)
    assert locked
    digests = 0
    for name, version in locked:
        entry = listed[f"pkg:pypi/{name}@{version}"]
        assert entry["scope"] == "required"
        digests += len(entry["hashes"])
    assert digests == lock.count("--hash=sha256:")


def test_lists_every_locked_package_of_the_client(listed):
    packages = json.loads(bill.BROWSER.read_text())["packages"]
    of_npm = {purl for purl in listed if purl.startswith("pkg:npm/")}
    assert {purl.rpartition("@")[2] for purl in of_npm} == {
        entry["version"] for path, entry in packages.items() if path
    }
    react = listed[f"pkg:npm/react@{packages['node_modules/react']['version']}"]
    assert (react["scope"], react["hashes"][0]["alg"]) == ("required", "SHA-512")


def test_tells_what_only_builds_the_client(listed):
    vite = next(one for purl, one in listed.items() if "npm/vite@" in purl)
    assert vite["scope"] == "excluded"


def test_reads_a_package_without_a_digest_of_its_own():
    lock = {"packages": {"": {}, "node_modules/@a/b": {"version": "1.2"}}}
    (found,) = bill.of_client(json.dumps(lock))
    assert (str(found.purl), list(found.hashes)) == ("pkg:npm/%40a/b@1.2", [])
