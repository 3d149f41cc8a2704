"""Reads the tree that is checked: a path relative to its root -> its text."""

import os

SKIPPED = {".git", "build", "node_modules", "dist", "dist-node", "__pycache__"}
KINDS = (".cpp", ".hpp", ".ts", ".tsx", ".mjs", ".js", ".py", ".css", ".html", ".json", ".sql", ".md", ".txt", ".cmake",
         ".npmrc", ".yaml", ".yml")
SCRIPTS = ("ops/", ".ci/")


def read(root):
    """Every text file of ours below `root`, and each folder at the top as `name/`; what git ignores is left out by name."""
    files = {}
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(f for f in folders if f not in SKIPPED)
        if folder == root:
            files.update({f"{name}/": "" for name in folders})
        for name in sorted(names):
            path = os.path.relpath(os.path.join(folder, name), root).replace(os.sep, "/")
            if name.endswith(KINDS) or path.startswith(SCRIPTS):
                with open(os.path.join(folder, name), encoding="utf-8") as file:
                    files[path] = file.read()
    return files


def cpp(files):
    return {path: text for path, text in files.items() if path.endswith((".cpp", ".hpp"))}
