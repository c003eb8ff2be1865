"""The same form editor for a book on a host of git: a folder for the owner to put where only editors find it."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

from generator.commands.forms.fields import configuration
from generator.commands.forms.installed import GET, is_installed, packages
from generator.ground.errors import MissingProgramError, UsageError
from generator.ground.files import Project
from generator.ground.said import said
from generator.ground.whole import write_whole
from generator.handbook.read import read_handbook

_ADDRESS = re.compile(r"https://([a-z0-9.-]+(?::[0-9]+)?)/([\w.-]+(?:/[\w.-]+)+?)/?", re.ASCII)
_NOT_TAKEN = shutil.ignore_patterns("*.map", "*cms.js")
_TAKEN = ("@sveltia/cms/dist", "yaml/browser")


def backend_of(address: str) -> dict[str, str]:
    """GitHub by its name; whoever else gives such an address runs GitLab."""
    if not (match := _ADDRESS.fullmatch(address)):
        raise UsageError(*said("forms/no-address", address=address))
    host, repository = match[1], match[2].removesuffix(".git")
    if re.fullmatch(r"github\.com", host):
        return {"name": "github", "repo": repository}
    here = f"https://{host}"
    own = {} if re.fullmatch(r"gitlab\.com", host) else {"base_url": here, "api_root": f"{here}/api/v4"}
    return {"name": "gitlab", "repo": repository, **own}


def write_form(project: Project, address: str) -> Path:
    """Where it lies; made anew each time, for its lists are those of the book as it stands."""
    backend = backend_of(address)
    if not is_installed():
        raise MissingProgramError(*said("forms/absent", command=GET))
    folder, theme = project.private / "sua", project.theme / "preview"
    shutil.rmtree(folder, ignore_errors=True)
    for name in _TAKEN:
        shutil.copytree(packages() / name, folder / "npm" / name, ignore=_NOT_TAKEN)
    config = configuration(read_handbook(project).handbook, backend)
    write_whole(folder / "config.json", json.dumps(config, ensure_ascii=False, default=str, indent=1).encode())
    write_whole(folder / "format.js", (theme / "format.js").read_bytes())
    write_whole(folder / "index.html", (theme / "hosted.html").read_bytes())
    return folder
