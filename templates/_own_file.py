"""A template in a file of one's own: run beside its neighbours, and what fails in it told in one sentence.

The folder of the file is a package with a name that nobody else has. The modules in it find each other by their plain
names, as if one of them were run as a script, and nobody else finds them: neither `sys.path` nor a library that
happens to import the same name.
"""

from __future__ import annotations

import builtins
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from hashlib import sha256
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from importlib.metadata import PackageNotFoundError, distribution
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from traceback import walk_tb
from types import ModuleType
from typing import Any

from unitledger.errors import LedgerError, TemplateFailed

_FOLDER = "_unitledger_templates_"
_SITES = {"site-packages", "dist-packages"}
_LONGEST = 300


def run(path: Path) -> ModuleType:
    """Run a file, and anew whatever it imports from its folder. Raises TemplateFailed."""
    file = path.resolve()
    folder = _package(file.parent)
    for name in [name for name in sys.modules if name == folder or name.startswith(f"{folder}.")]:
        del sys.modules[name]
    package = sys.modules[folder] = ModuleType(folder)
    package.__path__ = [str(file.parent)]
    spec = _spec(f"{folder}.{path.stem}", file)
    module = module_from_spec(spec)
    # Dataclasses look their module up there.
    sys.modules[spec.name] = module
    with told(path):
        assert spec.loader is not None
        spec.loader.exec_module(module)
    return module


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Say in which file and line of a template's folder something fails. Raises TemplateFailed."""
    try:
        yield
    # A file that is run as a script as well may call sys.exit.
    except (Exception, SystemExit) as failed:
        hidden = f"{_package(path.resolve().parent)}."
        raise TemplateFailed(f"{_place(path, failed)}: {said(failed, hidden)}") from failed


def _package(folder: Path) -> str:
    return _FOLDER + sha256(str(folder).encode()).hexdigest()[:16]


def said(failed: BaseException, hidden: str = "") -> str:
    """Return in one line what failed in code of somebody else, without a name that they do not know."""
    if isinstance(failed, LedgerError):
        return str(failed)
    text = failed.msg if isinstance(failed, SyntaxError) else str(failed)
    plain = " ".join(text.replace(hidden, "").split())[:_LONGEST]
    return f"{type(failed).__name__}: {plain}" if plain else type(failed).__name__


def _place(path: Path, failed: BaseException) -> str:
    """Return the file and the line of the innermost call in the folder's own modules."""
    folder = path.resolve().parent
    own = f"{_package(folder)}."
    frames = [(frame.f_globals, frame.f_code.co_filename, line) for frame, line in walk_tb(failed.__traceback__)]
    places = [(file, line) for names, file, line in frames if str(names.get("__name__")).startswith(own)]
    if isinstance(failed, SyntaxError):
        places.append((failed.filename or "", failed.lineno or 1))
    inside = [(Path(file), line) for file, line in places if folder in Path(file).parents]
    if not inside:
        return str(path)
    file, line = inside[-1]
    return f"{path.parent / file.relative_to(folder)}, line {line}"


class _Loader(SourceFileLoader):
    """Runs a file of a folder so that its neighbours come first when it imports."""

    def get_code(self, fullname: str) -> Any:
        """Compile the file as it is now: what Python keeps of it may be a second old."""
        del fullname
        return self.source_to_code(self.get_data(self.path), self.path)

    def exec_module(self, module: ModuleType) -> None:
        """Run the file."""
        vars(module)["__builtins__"] = {**vars(builtins), "__import__": _import}
        super().exec_module(module)


class _Neighbours:
    """Finds modules in folders of templates, and nothing else."""

    @staticmethod
    def find_spec(name: str, path: Sequence[str] | None = None, target: object = None) -> ModuleSpec | None:
        """Return the file of a module in such a folder."""
        del target
        if path is None or not name.startswith(_FOLDER):
            return None
        last = name.rpartition(".")[2]
        files = (file for folder in path for file in (Path(folder, last, "__init__.py"), Path(folder, f"{last}.py")))
        return next((_spec(name, file) for file in files if file.is_file()), None)


# It answers to names that begin with an underscore and our own name.
sys.meta_path.insert(0, _Neighbours)


def _import(
    name: str,
    globals: Mapping[str, Any] | None = None,  # noqa: A002 - as Python's own is called.
    locals: Mapping[str, Any] | None = None,  # noqa: A002
    fromlist: Sequence[str] | None = (),
    level: int = 0,
) -> ModuleType:
    """Import a neighbour of the file that imports, else what everybody would."""
    folder = str((globals or {}).get("__name__", "")).partition(".")[0]
    first = name.partition(".")[0]
    if level == 0 and _is_neighbour(first, folder):
        found = builtins.__import__(f"{folder}.{name}", globals, locals, fromlist or ())
        return found if fromlist else sys.modules[f"{folder}.{first}"]
    return builtins.__import__(name, globals, locals, fromlist or (), level)


def _is_neighbour(name: str, folder: str) -> bool:
    if not folder.startswith(_FOLDER):
        return False
    found = _Neighbours.find_spec(f"{folder}.{name}", sys.modules[folder].__path__)
    return found is not None and not _installed(name)


def _installed(name: str) -> bool:
    """Whether a module comes with Python or was installed, wherever Python would look for it first."""
    if name in sys.stdlib_module_names:
        return True
    if PathFinder.find_spec(name, [entry for entry in sys.path if Path(entry).name in _SITES]) is not None:
        return True
    try:
        distribution(name)
    except (PackageNotFoundError, ValueError):
        return False
    return True


def _spec(name: str, file: Path) -> ModuleSpec:
    spec = spec_from_file_location(name, file, loader=_Loader(name, str(file)))
    assert spec is not None
    return spec
