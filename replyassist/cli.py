"""The command line: arguments in, text or JSON out, exit codes.

0: done. 1: done, and a letter scores under --fail-under or a model is broken. 2: not done; one line says why.
"""

from __future__ import annotations

import argparse
import dataclasses
import io
import json
import sys
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from replyassist.batch.arguments import add_arguments, is_batch, read_arguments, speaking
from replyassist.batch.letter import report
from replyassist.batch.wording import wording
from replyassist.config import Settings
from replyassist.domain import Assessment, Draft, Score
from replyassist.errors import InvalidParameter, ReplyassistError
from replyassist.profiles import load_letter_kinds
from replyassist.state.arguments import add_database, add_keys
from replyassist.state.memory_arguments import add_memory

DONE, FALLS_SHORT, FAILED = 0, 1, 2
STANDARD_INPUT = "-"

# The name of a file, its text, what is found in it, and the language to say it in.
Told = tuple[str, str, Assessment, str]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; its exit code."""
    if isinstance(sys.stdout, io.TextIOWrapper):  # whose screen or pipe may have no letter for what is told
        sys.stdout.reconfigure(errors="backslashreplace")
    chosen = _parser().parse_args(arguments)
    settings = Settings()
    try:
        settings = Settings.read()
        code: int = chosen.run(chosen, settings)
    except ReplyassistError as error:
        print(f"replyassist: {_told(error, speaking(chosen, settings))}{_more(error)}", file=sys.stderr)
        return FAILED
    except FileNotFoundError as error:
        missing = wording(speaking(chosen, settings))["reason.not-found"]
        print(f"replyassist: {error.filename}: {missing} (not-found)", file=sys.stderr)
        return FAILED
    except OSError as error:
        file = f"{error.filename}: " if error.filename else ""
        print(f"replyassist: {file}{error.strerror or 'cannot be read'}", file=sys.stderr)
        return FAILED
    except KeyboardInterrupt:
        return FAILED
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="replyassist", description="Plain-language and multilingual reply assistant."
    )
    parser.add_argument("--version", action="version", version=version("replyassist"))
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    command = commands.add_parser("serve", help="serve the web form and the API")
    command.add_argument("--host", help="address to listen on (default: 127.0.0.1)")
    command.add_argument("--port", type=int, help="port to listen on (default: 8080)")
    command.add_argument("--open", action="store_true", help="let everybody who reaches it in, without keys")
    command.set_defaults(run=_serve)

    command = commands.add_parser("check", help="what is hard in letters, folders of them, or a web site")
    add_arguments(command)
    command.set_defaults(run=_check, refuse=command.error)

    command = commands.add_parser("identify", help="which language texts are in")
    command.add_argument("files", nargs="+", metavar="FILE")
    command.set_defaults(run=_identify)

    command = commands.add_parser("translate", help="translate a text or a file")
    command.add_argument("file", metavar="FILE")
    command.add_argument("--to", required=True, metavar="LANGUAGE")
    command.add_argument("--from", dest="source", metavar="LANGUAGE", help="found when left out")
    command.add_argument(
        "--output", type=Path, metavar="FILE", help="write the file in its own format, with its layout"
    )
    command.set_defaults(run=_translate)

    _add_models(
        commands.add_parser("models", help="translation models: list, install, verify, remove, export")
    )
    add_keys(commands.add_parser("keys", help="keys of those who call from elsewhere: create, list, revoke"))
    add_database(commands.add_parser("database", help="what replicas share: upgrade, show"))
    add_memory(commands.add_parser("memory", help="reviewed translations: import, export, clear"))
    return parser


def _add_models(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(required=True, metavar="ACTION")
    actions.add_parser("list", help="what is installed").set_defaults(run=_list_models)
    action = actions.add_parser("install", help="install a model, or both directions of a language")
    action.add_argument(
        "what", help=".argosmodel file, folder, direction such as nb_en, or language such as uk"
    )
    action.set_defaults(run=_install_model)
    actions.add_parser("verify", help="are the installed models whole?").set_defaults(run=_verify_models)
    action = actions.add_parser("remove", help="remove an installed model")
    action.add_argument("code", help="such as translate-en_nb")
    action.set_defaults(run=_remove_model)
    action = actions.add_parser("export", help="write a model as an .argosmodel file")
    action.add_argument("code")
    action.add_argument("path", type=Path)
    action.set_defaults(run=_export_model)


def _serve(chosen: argparse.Namespace, settings: Settings) -> int:
    # Only this command needs a web server.
    from replyassist.service.reach import require_key  # noqa: PLC0415
    from replyassist.service.serving import serve  # noqa: PLC0415

    given = {name: value for name in ("host", "port") if (value := getattr(chosen, name)) is not None}
    settings = dataclasses.replace(settings, **given)
    if chosen.open:
        settings = dataclasses.replace(settings, open=True)
    require_key(settings)
    serve(settings)
    return DONE


def _check(chosen: argparse.Namespace, settings: Settings) -> int:
    if not (chosen.names or chosen.list or chosen.sitemap):
        chosen.refuse("name at least one file, folder, web address or sitemap")
    if is_batch(chosen):
        from replyassist.batch.run import run  # noqa: PLC0415 - --help must not wait for models

        names, options = read_arguments(chosen, settings)
        return run(names, options).exit_code
    assistant = _assistant(settings)
    lowest, results = 100.0, list[Told]()
    for name in chosen.names:
        draft = _draft(name, settings)
        audience = chosen.audience or settings.audience
        draft = dataclasses.replace(draft, language=chosen.language, audience=audience)
        ui_language = _explaining(chosen, assistant, draft)
        found = assistant.assess(draft, ui_language=ui_language)
        results.append((name, draft.text, found, ui_language))
        if isinstance(found.score, Score):
            lowest = min(lowest, found.score.value)
    _print_results(results, (chosen.formats or ["text"])[-1])
    return FALLS_SHORT if chosen.fail_under is not None and lowest < chosen.fail_under else DONE


def _explaining(chosen: argparse.Namespace, assistant: Any, draft: Draft) -> str:
    return str(chosen.explain_in or draft.language or assistant.identify(draft.text).language or "en")


def _print_results(results: Sequence[Told], form: str) -> None:
    if form == "text":
        for each in results:
            print(report(*each))
        return
    # The API's JSON comes with the web framework: no other command waits for it.
    from replyassist.service.api.rendering import render_assessment  # noqa: PLC0415

    kinds = load_letter_kinds()
    answers = [
        {"file": name, **render_assessment(found, text, kinds).model_dump(mode="json")}
        for name, text, found, _ in results
    ]
    print(json.dumps(answers, ensure_ascii=False, indent=2))


def _identify(chosen: argparse.Namespace, settings: Settings) -> int:
    assistant = _assistant(settings)
    for name in chosen.files:
        found = assistant.identify(_draft(name, settings).text)
        print(f"{name}: {found.language or 'unknown'} ({found.confidence:.2f})")
    return DONE


def _translate(chosen: argparse.Namespace, settings: Settings) -> int:
    if chosen.output:
        return _translate_file(chosen, settings)
    found = _assistant(settings).translate(
        _draft(chosen.file, settings).text, chosen.to, source=chosen.source
    )
    print(found.text)
    _print_label(found.label, len(found.to_review), len(found.segments), speaking(chosen, settings))
    return DONE


def _translate_file(chosen: argparse.Namespace, settings: Settings) -> int:
    own = Path(chosen.file).suffix.lower()
    if own and chosen.output.suffix.lower() != own:
        raise InvalidParameter(f"The translation has the format of the file: call it *{own}.")
    made = _assistant(settings).translate_document(
        _data(chosen.file), chosen.to, source=chosen.source, filename=chosen.file
    )
    chosen.output.write_bytes(made.content)
    _print_label(made.label, len(made.doubts), made.segments, speaking(chosen, settings))
    for doubt in made.doubts:
        print(f"{doubt.source}\n  {doubt.target}", file=sys.stderr)
    return DONE


def _print_label(label: str, doubtful: int, count: int, ui_language: str) -> None:
    look = wording(ui_language)["look-at"].format(doubtful=doubtful, count=count)
    print(f"{label}. {look}", file=sys.stderr)


def _list_models(chosen: argparse.Namespace, settings: Settings) -> int:
    for package in _store().list_packages(settings):
        bleu = f"BLEU {package.bleu:.1f}" if package.bleu is not None else "not measured"
        print(f"{package.code}\t{package.version}\t{bleu}\t{'bundled' if package.bundled else 'installed'}")
    return DONE


def _install_model(chosen: argparse.Namespace, settings: Settings) -> int:
    for package in _store().install_all(chosen.what, settings):
        print(f"{package.code}\t{package.version}")
    return DONE


def _verify_models(chosen: argparse.Namespace, settings: Settings) -> int:
    found = _store().verify(settings)
    for each in found:
        state = "; ".join(each.problems) or ("intact" if each.sealed else "no checksums to hold it against")
        print(f"{each.code}\t{state}")
    return DONE if all(each.intact for each in found) else FALLS_SHORT


def _remove_model(chosen: argparse.Namespace, settings: Settings) -> int:
    _store().remove(chosen.code, settings)
    return DONE


def _export_model(chosen: argparse.Namespace, settings: Settings) -> int:
    _store().export(chosen.code, chosen.path, settings)
    return DONE


def _store() -> Any:
    from replyassist.translation import store  # noqa: PLC0415 - only these commands need it

    return store


def _assistant(settings: Settings) -> Any:
    from replyassist.assistant import ReplyAssistant  # noqa: PLC0415 - --help must not wait for models

    return ReplyAssistant.load(settings)


def _data(name: str) -> bytes:
    return sys.stdin.buffer.read() if name == STANDARD_INPUT else Path(name).read_bytes()


def _draft(name: str, settings: Settings) -> Draft:
    from replyassist import documents  # noqa: PLC0415 - --help must not wait for readers of formats

    data = _data(name)
    try:
        return documents.read(data, filename=name, limit=settings.text_limit)
    except ReplyassistError as error:
        error.fields["file"] = name
        raise


def _told(error: ReplyassistError, ui_language: str) -> str:
    """What went wrong with which file, and its code; what only operators meet is said in English."""
    file = f"{error.fields['file']}: " if "file" in error.fields else ""
    words = wording(ui_language).get(f"reason.{error.code}")
    if not words:
        return f"{file}{error.detail} ({error.code})"
    return f"{file}{words} ({error.code}{'' if error.detail == error.title else f': {error.detail}'})"


def _more(error: ReplyassistError) -> str:
    """The tags that would help: what the text may be in, or can be translated into; and what to tell whom no
    translation reaches.
    """
    tags = error.fields.get("instead") or error.fields.get("candidates") or error.fields.get("language") or ()
    listed = (
        tags if isinstance(tags, str) else ", ".join(map(str, tags)) if isinstance(tags, list | tuple) else ""
    )
    notice = error.fields.get("notice")
    return (f": {listed}" if listed else "") + (f"\n{notice}" if notice else "")
