"""Rules about Python source: each takes the text of a module and gives sentences about what breaks the rule."""

import ast
import re
from collections.abc import Iterator

_WRITES = frozenset(
    {"bulk_create", "bulk_update", "create", "delete", "get_or_create", "save", "update", "update_or_create"}
)
_SENDS = frozenset({"apply_async", "delay", "send_task"})

Function = ast.FunctionDef | ast.AsyncFunctionDef


def opens_without_docstring(text: str) -> list[str]:
    """A module opens with a sentence; an empty one has nothing to say."""
    return [] if not text.strip() or ast.get_docstring(ast.parse(text)) else ["no docstring"]


def public_functions_without_docstring(text: str) -> list[str]:
    """Public functions of a module say what they do; methods only where the name does not."""
    return [
        f"line {node.lineno}: {node.name}() has no docstring"
        for node in ast.parse(text).body
        if isinstance(node, Function) and not node.name.startswith("_") and not ast.get_docstring(node)
    ]


def too_long(text: str, limit: int = 400) -> list[str]:
    """A file is read in one sitting."""
    length = text.count("\n") + (not text.endswith("\n"))
    return [f"{length} lines, the limit is {limit}"] if length > limit else []


def unfinished(text: str) -> list[str]:
    """Nothing is promised for later."""
    marks = re.compile(r"\b(?:TODO|FIXME|XXX|HACK|NotImplemented(?:Error)?)\b")
    return [f"line {n}: {line.strip()}" for n, line in enumerate(text.splitlines(), 1) if marks.search(line)]


def touches_managers(text: str) -> list[str]:
    """Views start at the regency and follow relations; a manager would reach every regency."""
    return [
        f"line {node.lineno}: .{node.attr}"
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Attribute) and node.attr in {"objects", "_default_manager", "_base_manager"}
    ]


def writes(text: str) -> list[str]:
    """Calls that change rows; those with the same name on a dict, a session or a storage are not counted."""
    return [
        f"line {node.lineno}: {ast.unparse(node.func)}()"
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and _is_write(node.func)
    ]


def _is_write(func: ast.Attribute) -> bool:
    if func.attr not in _WRITES:
        return False
    receiver = ast.unparse(func.value)
    if func.attr in {"save", "delete", "update"}:
        # `request.session`, a dict and `storage` are not rows; a query or a plain object is.
        return "session" not in receiver and not receiver.endswith(("context", "params", "data", "storage", "headers"))
    return True


def breaks_the_form_of_an_action(text: str) -> list[str]:
    """A public function that writes names its actor: at most the subject may be positional, `by` is keyword-only."""
    found: list[str] = []
    for node in ast.parse(text).body:
        if not isinstance(node, Function) or node.name.startswith("_") or not _changes_state(node):
            continue
        if len(node.args.posonlyargs) + len(node.args.args) > 1:
            found.append(f"line {node.lineno}: {node.name}() has more than one positional parameter")
        if "by" not in {arg.arg for arg in node.args.kwonlyargs}:
            found.append(f"line {node.lineno}: {node.name}() has no keyword-only `by`")
        if not _is_atomic(node):
            found.append(f"line {node.lineno}: {node.name}() is not atomic")
    return found


def _is_atomic(function: Function) -> bool:
    """The decorator, or a block inside for a function that has something to do outside the transaction."""
    blocks = [item.context_expr for node in ast.walk(function) if isinstance(node, ast.With) for item in node.items]
    return any("atomic" in ast.unparse(node) for node in [*function.decorator_list, *blocks])


def _changes_state(function: Function) -> bool:
    calls = [node.func for node in ast.walk(function) if isinstance(node, ast.Call)]
    return any("atomic" in ast.unparse(node) for node in function.decorator_list) or any(
        isinstance(func, ast.Attribute) and _is_write(func) for func in calls
    )


def sends_before_commit(text: str) -> list[str]:
    """A message to a worker goes out after the commit: in a call of `on_commit`, or in a function given to it."""
    tree = ast.parse(text)
    after_commit: set[ast.AST] = set()
    names: set[str] = set()
    for call in _calls(tree, "on_commit"):
        for argument in [*call.args, *[keyword.value for keyword in call.keywords]]:
            after_commit |= set(ast.walk(argument))
            names |= {node.id for node in ast.walk(argument) if isinstance(node, ast.Name)}
    for node in ast.walk(tree):
        if isinstance(node, Function) and node.name in names:
            after_commit |= set(ast.walk(node))
    return [
        f"line {node.lineno}: .{node.attr} outside on_commit"
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in _SENDS and node not in after_commit
    ]


def _calls(tree: ast.AST, name: str) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] == name:
            yield node


def waits_for_an_expression(text: str) -> list[str]:
    """What a test waits for in a page is a function: an expression is compiled anew each time it is not yet true, and
    from the second time on the page's own rules about scripts forbid that.
    """
    return [
        f"line {call.lineno}: {ast.unparse(call.args[0])}"
        for call in _calls(ast.parse(text), "wait_for_function")
        if not re.match(r"""['"](?:\(.*?\)|\w+) => """, ast.unparse(call.args[0]))
    ]


def swallows_everything(text: str) -> list[str]:
    """An `except` names what it expects; whoever catches everything passes it on or tells what it was."""
    return [
        f"line {node.lineno}: catches everything and tells nobody"
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.ExceptHandler) and _is_broad(node) and not _tells(node)
    ]


def _is_broad(handler: ast.ExceptHandler) -> bool:
    names = set(re.findall(r"\w+", ast.unparse(handler.type))) if handler.type else {"Exception"}
    return bool(names & {"Exception", "BaseException"})


def _tells(handler: ast.ExceptHandler) -> bool:
    inside = [node for statement in handler.body for node in ast.walk(statement)]
    used = {node.id for node in inside if isinstance(node, ast.Name)}
    return any(isinstance(node, ast.Raise) for node in inside) or handler.name in used


def imports(text: str, *, at_top: bool = False) -> set[str]:
    """The modules that a module imports; with `at_top` only those imported when it is loaded."""
    tree = ast.parse(text)
    found: set[str] = set()
    for node in tree.body if at_top else ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module)
    return found


def template_names(text: str) -> set[str]:
    """Names of templates written in a module, without the part after `#` that names a fragment."""
    constants = [node.value for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Constant)]
    strings = [value for value in constants if isinstance(value, str)]
    return {value.partition("#")[0] for value in strings if re.fullmatch(r"[\w/.-]+\.html(?:#[\w-]+)?", value)}


def classes(text: str) -> set[str]:
    """Names of the classes that a module defines at its top."""
    return {node.name for node in ast.parse(text).body if isinstance(node, ast.ClassDef)}
