"""The client is installed and built when that is needed, and says why it can't be."""

import os
import sys
from pathlib import Path

import pytest

from deploy.local import builds, client
from deploy.local.problem import StartError

FAKE_NODE = """#!{python}
import os, pathlib, sys
args = sys.argv[1:]
log = pathlib.Path(os.environ["SEEN"])
log.write_text(log.read_text() + " ".join(pathlib.Path(a).name for a in args) + "\\n")
if os.environ.get("SAYS"):
    sys.exit(os.environ["SAYS"])
if "--outDir" in args:
    made = pathlib.Path(args[args.index("--outDir") + 1])
    (made / "assets").mkdir(parents=True)
    (made / "index.html").write_text("built")
    number = len(log.read_text().splitlines())
    (made / "assets" / f"part-{{number}}.js").write_text("part")
if args[0].endswith("npm-cli.js"):
    pathlib.Path("node_modules").mkdir(exist_ok=True)
"""
SOURCES = {
    "index.html": "<html>",
    "package.json": "{}",
    "package-lock.json": "{}",
    "pack.mjs": "",
    "vite.config.ts": "",
    "tsconfig.json": "{}",
    "postcss.config.mjs": "",
    "src/main.tsx": "run()",
    "src/main.test.tsx": "test()",
    "public/favicon.svg": "<svg/>",
}


class Workshop:
    """Hold a client's folder, and a Node that only notes what it was asked."""

    def __init__(self, folder: Path, patch: pytest.MonkeyPatch) -> None:
        self.client = folder / "client"
        for name, text in SOURCES.items():
            self.write(name, text)
        self._seen = folder / "seen"
        self._seen.write_text("")
        node = folder / "bin" / "node"
        npm = folder / "lib/node_modules/npm/bin/npm-cli.js"
        for path in (node, npm):
            path.parent.mkdir(parents=True)
        npm.write_text("")
        node.write_text(FAKE_NODE.format(python=sys.executable))
        node.chmod(0o755)
        settings = {"NODE": node, "SEEN": self._seen, "VAR": folder / "var"}
        for name, value in settings.items():
            patch.setenv(name, str(value))
        patch.setattr(client, "CLIENT", self.client)
        patch.setattr(client, "MODULES", self.client / "node_modules")
        patch.setattr(client, "DIST", self.client / "dist")

    def write(self, name: str, text: str) -> None:
        path = self.client / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def asked(self) -> list[str]:
        """Give what Node was asked since the last time, by first words."""
        lines = self._seen.read_text().splitlines()
        self._seen.write_text("")
        return [line.split()[0] for line in lines]


@pytest.fixture
def workshop(tmp_path, monkeypatch):
    return Workshop(tmp_path, monkeypatch)


def test_a_fresh_checkout_is_installed_and_built(workshop):
    client.build()

    assert workshop.asked() == ["npm-cli.js", "vite.js", "pack.mjs"]
    assert (workshop.client / "dist/plain/index.html").read_text() == "built"


def test_what_did_not_change_is_not_built_again(workshop):
    client.build()
    workshop.asked()
    workshop.write("src/main.test.tsx", "other()")

    client.build()

    assert workshop.asked() == []


@pytest.mark.parametrize("name", ["src/main.tsx", "src/new.ts", "public/a.svg"])
def test_what_changed_is_built_again_with_the_same_packages(workshop, name):
    client.build()
    workshop.asked()
    workshop.write(name, "changed()")

    client.build()

    assert workshop.asked() == ["vite.js", "pack.mjs"]


def test_other_packages_are_installed_and_built_with(workshop):
    client.build()
    workshop.asked()
    workshop.write("package-lock.json", '{"changed": true}')

    client.build()

    assert workshop.asked() == ["npm-cli.js", "vite.js", "pack.mjs"]


def parts(workshop, folder):
    found = (workshop.client / "dist" / folder / "plain/assets").iterdir()
    return [path.name for path in found]


def test_open_pages_find_the_parts_of_the_build_before_and_no_older_ones(workshop):
    seen = []
    for text in ("first()", "second()", "third()"):
        workshop.write("src/main.tsx", text)
        client.build()
        seen += parts(workshop, "")

    assert len(set(seen)) == 3
    assert parts(workshop, "") == seen[2:]
    assert parts(workshop, "previous") == seen[1:2]
    assert not (workshop.client / "dist.new").exists()
    assert not (workshop.client / "dist.old").exists()


@pytest.mark.parametrize("can_exchange", [True, False])
def test_a_folder_is_replaced_whole(tmp_path, monkeypatch, can_exchange):
    if not can_exchange:
        monkeypatch.setattr(builds, "_exchange", lambda *_folders: False)
    for name in ("made", "dist"):
        (tmp_path / name).mkdir()
        (tmp_path / name / name).touch()

    builds.swap(tmp_path / "made", tmp_path / "dist")

    assert [path.name for path in tmp_path.rglob("*")] == ["dist", "made"]


def test_a_build_that_fails_leaves_the_one_before(workshop, monkeypatch):
    client.build()
    workshop.write("src/main.tsx", "broken(")
    monkeypatch.setenv("SAYS", "Error: src/main.tsx: unexpected end")

    with pytest.raises(StartError, match=r"client_broken: vite: .*unexpected end"):
        client.build()

    assert (workshop.client / "dist/plain/index.html").read_text() == "built"


@pytest.mark.parametrize("word", ["ENOTFOUND", "ECONNREFUSED", "ETIMEDOUT"])
def test_a_registry_that_is_out_of_reach_is_named(workshop, monkeypatch, word):
    monkeypatch.setenv("SAYS", f"npm error code {word}")

    with pytest.raises(StartError, match=r"no_registry: .*npm config set registry"):
        client.build()


def test_a_missing_node_is_named(workshop, monkeypatch):
    monkeypatch.delenv("NODE")
    monkeypatch.setattr("deploy.local.node.find_spec", lambda _name: None)
    monkeypatch.setenv("PATH", os.devnull)

    with pytest.raises(StartError, match=r"no_node: Node 22.12 or newer is needed"):
        client.build()


def test_everybody_may_read_what_nginx_serves(workshop):
    before = os.umask(0o077)
    try:
        client.build()
    finally:
        os.umask(before)

    built = workshop.client / "dist"
    assert built.stat().st_mode & 0o777 == 0o755
    assert (built / "plain/index.html").stat().st_mode & 0o777 == 0o644
