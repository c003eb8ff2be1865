"""How the command line reads what is typed and answers a slip: in one language, with the nearest word."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from itertools import takewhile
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

from generator import __version__
from generator.ground.aloud import tell
from generator.ground.errors import UsageError
from generator.ground.findings import Text, said_beside
from generator.ground.said import said
from generator.ground.unseen import shown
from generator.handbook.mistakes import nearest

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)+|[0-9]{4}")
Products = Callable[[], Iterable[tuple[str, Text]]]
"""Names and labels, asked for only where they are shown."""


class Argument(NamedTuple):
    names: tuple[str, ...]
    settings: dict[str, Any]


def takes(*names: str, **settings: Any) -> Argument:
    return Argument(names, settings)


class Command(NamedTuple):
    name: str
    told: Text
    door: str
    """Module and function. Imported only when it runs: `check` must not pay for a browser."""
    example: str
    """What may be typed behind it."""
    arguments: tuple[Argument | tuple[Argument, ...], ...] = ()
    """Those in a row of their own exclude each other."""


def told_by_argparse(words: str) -> str:
    """The library's own sentence in the reader's language; it stands as it is where we have no other."""
    vietnamese = said_beside(__file__)["vi"]
    return str(Text(vietnamese.get(words, words), words))


def _counted(one: str, many: str, count: int) -> str:
    return told_by_argparse(one if count == 1 else many)


setattr(argparse, "_", told_by_argparse)  # noqa: B010  it asks gettext, whose catalogs would be binary files
setattr(argparse, "ngettext", _counted)  # noqa: B010


class Parser(argparse.ArgumentParser):
    """Says what is wrong in one line."""

    ends: Callable[[], str] = str
    """What stands below its help, asked for only there."""

    def format_help(self) -> str:
        return super().format_help() + self.ends()

    def error(self, message: str) -> NoReturn:
        message = shown(message)
        message += "" if message.endswith("?") else "."
        raise UsageError(*said("cli/usage", message=message, command=self.prog))

    def _print_message(self, message: str, file: Any = None) -> None:  # noqa: ARG002
        """The library keeps to itself that nobody could hear it, and knows one stream for these."""
        tell(message, end="")

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> tuple[Any, list[str]]:
        """Each command answers for its own options: it knows which was meant."""
        found, rest = super().parse_known_args(args, namespace)
        odd = rest or [word for word in getattr(found, "slugs", ()) if not word.isascii() or word[:1].isupper()]
        if odd and (typed := loose_words(list(args or ()), odd, self._takers())):
            raise UsageError(*said("cli/quotes", rest=shown(" ".join(odd)), typed=shown(f"{self.prog} {typed}")))
        if rest and not any(word.startswith("-") for word in rest):
            self.error(str(said("cli/extra", rest=" ".join(rest))))
        if rest:
            option = rest[0].partition("=")[0]
            known = [name for name in self._option_string_actions if name.startswith("--")]
            self.error(_meant(told_by_argparse("unrecognized arguments: %s") % " ".join(rest), option, known))
        return found, rest

    def _takers(self) -> frozenset[str]:
        """Options that one value follows, of any words."""
        return frozenset(name for name, action in self._option_string_actions.items()
                         if action.nargs is None and action.choices is None and action.type in (None, Path))

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        if action.choices is not None and value not in action.choices:
            known = [str(choice) for choice in action.choices]
            told = str(said("cli/choice", value=value, known=", ".join(known)))
            raise argparse.ArgumentError(action, _meant(told, str(value), known))


def loose_words(args: Sequence[str], rest: Sequence[str], takers: Collection[str]) -> str:
    """The line as it was meant, where words of a value stand loose behind an option, its marks left out, or those of a
    word processor; else nothing."""
    typed: list[str] = []
    at, found = 0, False
    while at < len(args):
        name, equals, first = args[at].partition("=")
        begin = [first] if equals else []
        value = [*begin, *takewhile(lambda word: not word.startswith("--"), args[at + 1 :])] if name in takers else []
        while len(value) > 1 and _SLUG.fullmatch(value[-1]):
            value.pop()  # what is done to, behind the options
        if len(value) > 1 and set(value[1:]) & set(rest):
            typed += [name, _quoted(" ".join(value).strip("“”„‘’'\""))]
            at, found = at + 1 + len(value) - len(begin), True
        else:
            typed.append(_quoted(args[at]))
            at += 1
    return " ".join(typed) if found else ""


def _quoted(word: str) -> str:
    return word if re.fullmatch(r"[\w./:=,\\-]+", word) else f'"{word}"'


def _meant(told: str, word: str, known: Iterable[str]) -> str:
    likely = nearest(word, known)
    return f"{told}. {said('cli/likely', likely=likely)}" if likely else told


def parser_of(commands: Sequence[Command], shared_words: Mapping[str, Text], products: Products) -> Parser:
    parser = Parser(prog="hocso", description=str(Text(
        "Biên dịch sách Học số cơ bản cho mọi người.", "Compiles the handbook Học số cơ bản cho mọi người.")))
    parser.add_argument("-C", dest="folder", type=Path, default=Path(), metavar="DIR",
                        help=str(Text("thư mục sách", "the handbook's folder")))
    parser.add_argument("--version", action="version", version=f"hocso {__version__}",
                        help=str(Text("bản của chương trình", "which version this is")))
    word = str(Text("LỆNH", "COMMAND"))
    rooms = {"": parser.add_subparsers(dest="name", metavar=word, required=True, parser_class=Parser)}
    for command in commands:
        room, _, name = command.name.rpartition(" ")
        if room not in rooms:
            shared = rooms[""].add_parser(room, help=str(shared_words[room]))
            rooms[room] = shared.add_subparsers(dest="action", metavar=word, required=True, parser_class=Parser)
        own = rooms[room].add_parser(name, help=str(command.told), description=str(command.told))
        own.set_defaults(door=command.door)
        own.ends = _end(command, own.prog, products)
        for argument in command.arguments:
            if isinstance(argument, Argument):
                _add(own, argument)
                continue
            group = own.add_mutually_exclusive_group()
            for other in argument:
                _add(group, other)
    return parser


def _end(command: Command, typed: str, products: Products) -> Callable[[], str]:
    """Below a command's help: an example, and the products where some may be named."""
    def told() -> str:
        example = f"\n{said('cli/example')}: {typed} {command.example}".rstrip()
        if not any("PRODUCT" in argument.settings.get("metavar", "") for argument in command.arguments
                   if isinstance(argument, Argument)):
            return f"{example}\n"
        rows = (f"  {name:<12} {label}" for name, label in products())
        return "\n".join((example, f"\n{said('cli/products')}:", *rows, ""))
    return told


def _add(parser: argparse._ActionsContainer, argument: Argument) -> None:  # argparse gives it no public name
    told = {name: say(argument.settings[name]) for name, say in (("help", str), ("metavar", _named))
            if name in argument.settings}
    parser.add_argument(*argument.names, **argument.settings | told)


def _named(metavar: str) -> str:
    """`all|PARENT|ID,ID`: words that stand for others are in the reader's language, what is typed as it is stays."""
    vietnamese = said_beside(__file__)["names"]
    return str(Text(re.sub("[A-Z]+", lambda word: vietnamese[word[0]], metavar), metavar))
