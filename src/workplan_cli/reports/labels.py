"""The word and the mark of every standing, in one place. This module alone knows them.

A word here is a message id: the catalogue of the report's language has its translation. Nothing is told by colour alone: each
mark is a different glyph.
"""

from dataclasses import dataclass

from workplan_cli.analysis.standing import Flag, Standing
from workplan_cli.analysis.trend import Trend
from workplan_cli.model.register import Action, TreatyStanding


def N_(message: str) -> str:
    """Mark a message for the catalogues; it is translated where it is shown."""
    return message


@dataclass(frozen=True)
class Label:
    """A glyph, its ASCII stand-in, a word, and the class it has in a page."""

    glyph: str
    ascii: str
    word: str
    css: str


STANDINGS: dict[Standing, Label] = {
    Standing.IMPLEMENTED: Label("●", "#", N_("implemented"), "implemented"),
    Standing.PARTIAL: Label("◐", "+", N_("partial"), "partial"),
    Standing.PLANNED: Label("◔", "~", N_("planned"), "planned"),
    Standing.NOT_IMPLEMENTED: Label("○", "o", N_("not implemented"), "not-implemented"),
    Standing.REPORTED: Label("▪", "=", N_("reported"), "reported"),
    Standing.NOT_APPLICABLE: Label("/", "/", N_("not applicable"), "absent"),
    Standing.NOT_PURSUED: Label("–", "-", N_("not pursued"), "absent"),
    Standing.NO_INFORMATION: Label("?", "?", N_("no information"), "absent"),
    Standing.WITHHELD: Label("■", "x", N_("withheld"), "absent"),
    Standing.CARRIED: Label("↻", "c", N_("carried, not confirmed"), "silent"),
    Standing.NOT_ASKED: Label("⊘", "n", N_("not asked"), "silent"),
    Standing.UNANSWERED: Label("·", ".", N_("not answered"), "silent"),
}
TREATIES: dict[TreatyStanding, Label] = {
    TreatyStanding.PARTY: Label("●", "#", N_("party"), "implemented"),
    TreatyStanding.SIGNED: Label("◐", "+", N_("signed, not party"), "partial"),
    TreatyStanding.NOT_PARTY: Label("○", "o", N_("not party"), "not-implemented"),
    TreatyStanding.UNKNOWN: Label("?", "?", N_("unknown"), "absent"),
}
FLAGS: dict[Flag, str] = {
    Flag.DRAFT: N_("draft"),
    Flag.UNVERIFIED: N_("unverified"),
    Flag.OUTDATED: N_("answers an older text"),
    Flag.EXPIRED: N_("validity ended"),
    Flag.LATE: N_("submitted late"),
}
TRENDS: dict[Trend, str] = {
    Trend.NEW: N_("new"),
    Trend.IMPROVED: N_("improved"),
    Trend.WENT_BACK: N_("went back"),
    Trend.UNCHANGED: N_("unchanged"),
    Trend.CHANGED: N_("changed"),
    Trend.WITHDRAWN: N_("withdrawn"),
    Trend.NO_LONGER_ANSWERED: N_("no longer answered"),
}
ACTIONS: dict[Action, str] = {
    Action.RATIFICATION: N_("ratification"),
    Action.ACCESSION: N_("accession"),
    Action.PARTY: N_("party, act not read"),
    Action.NONE: N_("none"),
    Action.UNKNOWN: N_("unknown"),
}
SIGNATURES: dict[str, str] = {
    "none": N_("not signed"),
    "undated": N_("signed, date not read"),
    "unknown": N_("unknown"),
    "not-applicable": N_("not open to signature"),
}
DIMENSIONS: dict[str, str] = {
    "year": N_("year"),
    "sex": N_("sex"),
    "age": N_("age"),
    "form": N_("form"),
    "female": N_("female"),
    "male": N_("male"),
    "adult": N_("adult"),
    "child": N_("child"),
    "other": N_("other"),
    "unknown": N_("unknown"),
}
"""The commonest words by which figures are divided; others are the record's own, and its catalogue may translate them."""
VOICES: dict[str, str] = {
    "state": N_("state"),
    "desk-review": N_("desk review"),
    "assessment": N_("assessment by the secretariat"),
    "reply": N_("reply of the state"),
    "secretariat": N_("secretariat"),
}


TONGUES = {"en": "English", "es": "Español", "pt": "Português", "fr": "Français"}
"""Languages by their own names: these are never translated."""
LANGUAGES = {
    "en": N_("English"),
    "es": N_("Spanish"),
    "pt": N_("Portuguese"),
    "fr": N_("French"),
    "nl": N_("Dutch"),
    "ht": N_("Haitian Creole"),
    "qu": N_("Quechua"),
    "quz": N_("Cusco Quechua"),
    "ay": N_("Aymara"),
    "gn": N_("Guarani"),
    "arn": N_("Mapuche"),
    "quc": N_("Kʼicheʼ"),
    "srn": N_("Sranan Tongo"),
    "pap": N_("Papiamento"),
}
"""Languages by their ISO 639 codes, as a reader of the report calls them; another is shown by its code. The words are the
Unicode CLDR's, but for Cusco Quechua, which it does not name."""


def voice_word(voice: str) -> tuple[str, str]:
    """The message id of a voice, and the organisation where it is civil society's; a word that is no voice stands for itself."""
    kind, _, organisation = voice.partition("/")
    return (N_("civil society"), organisation) if organisation else (VOICES.get(kind, kind), "")
