"""The source of an action: what a model writes by habit is made into Python that runs.

Notebook installs become awaited calls, `micropip.install(...)` is awaited where that was forgotten, and a variable
called `final_answer` does not take the place of the function of that name. Lines keep their numbers.
"""

import ast
import re
import warnings

INSTALL = re.compile(r"^(?P<indent>\s*)(?:[%!]\s*)?(?:python3?\s+-m\s+)?pip3?\s+install\s+(?P<what>\S.*)$")
# Figures are shown without it, so the line is left out.
MATPLOTLIB = re.compile(r"^(?P<indent>\s*)%matplotlib\b.*$")


# What a variable called `final_answer` is called instead.
RENAMED = "final_answer_value"


def parse(code, filename, names=()):
    """The tree of an action, ready to compile; `names` are the variables there are. Raises SyntaxError."""
    tree = _AwaitInstall().visit(_tree(code, filename))
    if RENAMED in names or _assigns_final_answer(tree):
        tree = _RenameFinalAnswer().visit(tree)
    return ast.fix_missing_locations(tree)


def parses(code):
    """True where `code` is an action that parses."""
    try:
        _tree(code, "<action>")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True


def imported(tree):
    """Full names of the modules that `tree` imports anywhere, in order; relative imports are left out."""
    names = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names.update((alias.name, None) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            names[node.module] = None
    return list(names)


def _tree(code, filename):
    """Parses; notebook lines are rewritten only where the code is no Python as it stands, so no string is touched."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SyntaxWarning)
        try:
            return ast.parse(code, filename)
        except SyntaxError:
            rewritten = "\n".join(_line(line) for line in code.split("\n"))
            if rewritten == code:
                raise
            return ast.parse(rewritten, filename)


def _line(line):
    """One line with its notebook command made into Python."""
    if found := INSTALL.match(line):
        return f"{found['indent']}await __pip_install__({found['what'].rstrip()!r})"
    if found := MATPLOTLIB.match(line):
        return f"{found['indent']}pass"
    return line


class _AwaitInstall(ast.NodeTransformer):
    """Awaits `micropip.install(...)` wherever `await` is allowed and was left out."""

    def visit_FunctionDef(self, node):
        return node

    visit_ClassDef = visit_Lambda = visit_GeneratorExp = visit_FunctionDef

    def visit_Await(self, node):
        if isinstance(node.value, ast.Call):
            node.value = self.generic_visit(node.value)
            return node
        return self.generic_visit(node)

    def visit_Call(self, node):
        self.generic_visit(node)
        match node.func:
            case ast.Attribute(value=ast.Name(id="micropip"), attr="install"):
                return ast.copy_location(ast.Await(node), node)
        return node


def _assigns_final_answer(tree):
    """True where a variable `final_answer` is assigned, as models do with the answer that they are about to give."""
    return any(
        isinstance(node, ast.Name) and node.id == "final_answer" and isinstance(node.ctx, ast.Store)
        for node in ast.walk(tree)
    )


class _RenameFinalAnswer(ast.NodeTransformer):
    """Renames the variable `final_answer` and leaves the calls of that name, so that they reach the function."""

    def visit_Call(self, node):
        callee = node.func
        is_answer = isinstance(callee, ast.Name) and callee.id == "final_answer"
        self.generic_visit(node)
        if is_answer:
            callee.id = "final_answer"
        return node

    def visit_Name(self, node):
        if node.id == "final_answer":
            node.id = RENAMED
        return node
