"""The house rules: what a reviewer should not have to say twice.

Each rule reads the tree as it is; `docs/ARCHITECTURE.md` says why it stands.
"""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LINES_MAX = 400
FUNCTION_LINES_MAX = 50
ARGUMENTS_MAX = 6
SLICE_FILES = {"model", "rules", "schema", "views", "projection", "__init__"}
PURE = ("app/core", "app/game")
IMPURE_MODULES = {
    *("time", "datetime", "random", "secrets", "uuid", "os", "socket", "subprocess"),
    *("redis", "sqlalchemy", "flask", "celery", "socketio", "requests"),
    "prometheus_client",
}
VAGUE_NAMES = {"utils", "util", "helpers", "helper", "common", "misc", "services"}
RUNTIME = "app/realtime/runtime.py"
LOCK = "deploy/requirements/"
STOCK = "tests/load/peers/flask_socketio/"
"""What others run, to compare with."""
WRITTEN = "client/src/wire/types.ts"
"""Written by `make protocol`, as long as it has to be."""
CLIENT_RULES = {
    "talks to the console": (r"\bconsole\.", "app/Failure"),
    "puts something off": (r"\b(TODO|FIXME|XXX)\b", "$"),
    "gives up on types": (r"@ts-(ignore|nocheck)|\bas any\b|[:<] ?any\b", "$"),
    "makes code or markup from text": (
        r"\beval\(|new Function\(|dangerouslySetInnerHTML|\.innerHTML\b",
        "$",
    ),
    "names another host": (r"[\"'`]https?://(?!www\.w3\.org/)", "$"),
    "talks to the server past sync": (r"\bfetch\(|\bnew WebSocket\(|\bio\(", "sync/"),
    "has a colour of its own": (
        r"[\"'`]#[0-9a-fA-F]{3,8}\b",
        "app/theme|map/render/colours",
    ),
}
"""What no module of the client does -> how that looks, and where it may be."""
GREEN_THREADS = "event" + "let"


def tracked(*suffixes: str) -> list[Path]:
    """List the files of the project, as git knows them or soon will."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],  # noqa: S607
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    paths = (ROOT / line for line in listed.stdout.splitlines())
    return [
        path
        for path in paths
        if path.is_file() and (not suffixes or path.suffix in suffixes)
    ]


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def python_under(*folders: str) -> Iterator[tuple[str, ast.Module]]:
    for path in tracked(".py"):
        if name(path).startswith(folders):
            yield name(path), ast.parse(path.read_text())


def imports(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def is_pure(path: str) -> bool:
    parts = path.split("/")
    if path.startswith("app/core/"):
        return True
    return path.startswith("app/game/") and bool({"model", "rules"} & set(stems(parts)))


def stems(parts: list[str]) -> list[str]:
    return [part.removesuffix(".py") for part in parts]


def test_a_slice_has_only_the_names_that_every_slice_has() -> None:
    for path in tracked(".py"):
        parts = stems(name(path).split("/"))
        if parts[:2] == ["app", "game"] and len(parts) > 3:
            assert parts[3] in SLICE_FILES, f"{name(path)} needs a decision record"


def test_packages_are_marked_by_empty_files() -> None:
    for path in tracked(".py"):
        if path.name == "__init__.py":
            assert path.read_text() == "", name(path)


def test_files_stay_short() -> None:
    for path in tracked(".py", ".mjs", ".ts", ".tsx", ".lua"):
        lines = len(path.read_text().splitlines())
        if name(path) == WRITTEN:
            continue
        assert lines <= LINES_MAX, f"{name(path)} has {lines} lines"


@pytest.mark.parametrize("what", CLIENT_RULES)
def test_no_module_of_the_client(what: str) -> None:
    looks, where = CLIENT_RULES[what]
    for path in tracked(".ts", ".tsx", ".mjs"):
        module = name(path).removeprefix("client/src/")
        is_tested = ".test." in path.name or ".fixture." in path.name
        if module == name(path) or is_tested or re.match(where, module):
            continue
        for number, line in enumerate(path.read_text().splitlines(), 1):
            assert not re.search(looks, line), f"{name(path)}:{number} {what}"


def test_what_draws_the_map_knows_no_pages() -> None:
    for path in tracked(".ts", ".tsx"):
        if name(path).startswith("client/src/map/render/"):
            text = path.read_text()
            assert not re.search(r"""from ["'](react|zustand|@mantine)""", text), path


def test_functions_stay_short_and_take_few_arguments() -> None:
    for path, tree in python_under("app", "workers", "deploy", "tests"):
        for node in ast.walk(tree):
            if not isinstance(node, ast.FunctionDef):
                continue
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            assert length <= FUNCTION_LINES_MAX, f"{path}:{node.lineno} {node.name}"
            if not path.startswith("tests"):
                positional = len(node.args.args)
                assert positional <= ARGUMENTS_MAX, f"{path}:{node.lineno} {node.name}"


def test_names_say_what_a_thing_is() -> None:
    for path in tracked():
        assert not VAGUE_NAMES & set(stems(name(path).split("/"))), name(path)


def test_rules_and_models_import_only_the_core_and_models() -> None:
    for path, tree in python_under("app/game"):
        if not is_pure(path):
            continue
        own = "app.game." + path.split("/")[2]
        for module in imports(tree):
            if not module.startswith("app."):
                continue
            is_model = re.match(r"app\.game\.\w+\.model", module)
            fine = module.startswith(("app.core", own)) or is_model
            assert fine, f"{path} imports {module}"


def test_rules_and_models_know_no_clock_chance_or_machine() -> None:
    for path, tree in python_under(*PURE):
        if is_pure(path):
            found = IMPURE_MODULES & {module.split(".")[0] for module in imports(tree)}
            assert not found, f"{path} imports {found}"


def test_states_hold_no_floats() -> None:
    for path, tree in python_under("app/game"):
        if not is_pure(path):
            continue
        for node in ast.walk(tree):
            division = isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div)
            number = isinstance(node, ast.Constant) and isinstance(node.value, float)
            kind = isinstance(node, ast.Name) and node.id == "float"
            is_float = division or number or kind
            assert not is_float, f"{path}:{node.lineno}"


def test_redis_keys_are_spelled_in_one_module() -> None:
    pattern = re.compile(r"""["']\{g|:journal["']|["']session:|["']limit:""")
    for path in tracked(".py"):
        if name(path).startswith(("app", "workers")) and path.stem != "keys":
            assert not pattern.search(path.read_text()), name(path)


def test_nothing_waits_in_the_task_queue_for_its_time() -> None:
    for path in tracked(".py"):
        if name(path).startswith(("app", "workers")):
            text = path.read_text()
            assert not re.search("eta=|countdown=", text), name(path)


def test_nothing_is_pickled() -> None:
    for path, tree in python_under("app", "workers", "deploy"):
        assert "pickle" not in set(imports(tree)), path


def test_slices_do_not_emit() -> None:
    for path in tracked(".py"):
        if name(path).startswith("app/game"):
            assert ".emit(" not in path.read_text(), name(path)


def test_one_module_knows_how_green_threads_are_made() -> None:
    for path in tracked():
        if name(path) == RUNTIME or name(path).startswith((LOCK, STOCK)):
            continue
        if path.suffix in {".png", ".ico", ".gz", ".woff2"}:
            continue
        text = path.read_text(errors="replace").lower()
        assert GREEN_THREADS not in text, name(path)


@pytest.mark.parametrize("word", ["/work/", "/root/", "pypi.org", "npmjs", "/opt/pypi"])
def test_no_file_holds_a_path_of_one_machine_or_a_registry(word: str) -> None:
    for path in tracked():
        if path != Path(__file__):
            assert word not in path.read_text(errors="replace"), name(path)


def test_every_decision_is_numbered_once() -> None:
    numbers = [path.name[:4] for path in (ROOT / "docs/decisions").glob("*.md")]
    assert sorted(numbers) == [f"{i:04}" for i in range(1, len(numbers) + 1)]
