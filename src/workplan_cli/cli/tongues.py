"""The tool's words for questionnaires, in the language that is asked for and in all that a sheet may come back in.

This module alone puts catalogues and questionnaires together.
"""

import re
from typing import TYPE_CHECKING

from workplan_cli.diagnostics import did_you_mean, visible
from workplan_cli.errors import WorkplanError

if TYPE_CHECKING:
    from workplan_cli.checking.desk import Desk
    from workplan_cli.exchange.questionnaire.form import Form
    from workplan_cli.exchange.questionnaire.words import Tongue


def tongue(language: str | None, desk: "Desk") -> "Tongue":
    """The words of a language; of the record's first that the tool speaks where none is asked for."""
    from workplan_cli.checking.desk import own_words
    from workplan_cli.exchange.questionnaire.words import Tongue
    from workplan_cli.reports.catalogue import languages, words

    spoken = languages()
    if language is None:
        language = next((one for one in desk.record.plan.languages if one in spoken), "en")
    if language not in spoken:
        hint = did_you_mean(language, spoken, f"there are: {', '.join(spoken)}")
        raise WorkplanError(f"there are no questionnaires in '{visible(language)}'", hint)
    own = own_words(desk.tree, language)
    also = frozenset(re.findall(r'^msgid "(.+)"$', own or "", re.M))
    return Tongue(language, words(language, own, also).translations.gettext)


def all_tongues(desk: "Desk") -> "tuple[Tongue, ...]":
    """Every language that a drop-down may have been in."""
    from workplan_cli.reports.catalogue import languages

    return tuple(tongue(one, desk) for one in languages())


def about(form: "Form", spoken: "Tongue", desk: "Desk") -> dict[str, str]:
    """What the first sheet says a questionnaire is about."""
    from workplan_cli.exchange.questionnaire.words import UNKNOWN
    from workplan_cli.reports.labels import voice_word

    subject, plan = form.subject, form.plan
    profile = desk.record.states[subject.state]
    round_ = next((one for one in plan.rounds if one.id == subject.round), None)
    deadline = round_.deadline if round_ is not None else None
    word, organisation = voice_word(subject.voice)
    institutions = [spoken.of(profile.institutions[one].name) for one in subject.only.split(",") if one in profile.institutions]
    return {
        "state": f"{spoken.of(profile.names)} ({subject.state})",
        "round": subject.round,
        "voice": " ".join(filter(None, (spoken.say(word), organisation))),
        "institution": "; ".join(institutions),
        "deadline": str(deadline) if deadline is not None else spoken.say(UNKNOWN),
        "revision": subject.revision,
    }
