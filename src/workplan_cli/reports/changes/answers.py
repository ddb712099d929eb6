"""What became of an answer, in words. This module alone knows them.

A step back is no fault, and is said as it is: a reviewer asks why.
"""

from collections.abc import Iterator

from workplan_cli.analysis.asking import counts
from workplan_cli.analysis.changes.kinds import AnswerChange, Outdated
from workplan_cli.analysis.changes.marking import marked
from workplan_cli.analysis.standing import RESULTS, Standing
from workplan_cli.model.indicator import ChoiceIndicator
from workplan_cli.model.mandate import MandateAnswer
from workplan_cli.model.submission import Answer, ReplyAnswer, Status, Value
from workplan_cli.reports.changes.line import Line, Side, Tone, Versions, fields, tone_of, versions
from workplan_cli.reports.changes.tongue import Tongue, amount, figure
from workplan_cli.reports.labels import STANDINGS

_RANK = {standing: place for place, standing in enumerate(reversed(RESULTS))}
_SAID = ("result", "absence", "values", "choice", "date", "text", "reason", "note", "status", "carried_from", "confirmed")
_VALUES = ("values", "choice", "date", "text")
_SAID_TOO = ("evidence", "revision", "valid", "needs")
"""The fields that have sentences of their own; any other is said by its name."""


def answer_line(change: AnswerChange, tongue: Tongue) -> Line:
    """What became of an answer."""
    before, after = change.before, change.after
    was, now = _standing(before), _standing(after)
    parts = [*_working(change, tongue), *_saying(before, after, change.question, tongue), *_evidence(change, tongue)]
    texts: list[Versions] = []
    if before is not None and after is not None:
        if type(before) is type(after):
            more, marked_ = fields(before, after, tongue, without=(*_SAID, *_SAID_TOO, "activities"))
            parts += more
            texts += marked_
        for name in ("text", "reason", "note"):
            texts += versions(name, getattr(before, name), getattr(after, name))
        parts += _activities(before, after, tongue)
        if not parts and was is now and not texts:
            parts.append(tongue.gettext("its evidence is cited in another way"))
    texts += _quotations(change, tongue)
    tone, remarks = _judged(change, tongue)
    old, new = _side(was, before, change.question, tongue), _side(now, after, change.question, tongue)
    if was is now and before is not None and after is not None:
        is_told = was is Standing.REPORTED and any(getattr(before, name) != getattr(after, name) for name in _VALUES)
        old, new = None, None if is_told else new
    elif after is None:
        new = Side(tongue.gettext("not answered any more"))
    return Line(change.question, tone, old, new, tuple(parts), remarks, tuple(texts))


def outdated_line(change: Outdated, tongue: Tongue) -> Line:
    """An answer that a change of the plan made outdated."""
    said = tongue.gettext("becomes outdated: it answers revision %(revision)s of %(provision)s")
    return Line(change.question, Tone.WORSE, parts=(said % {"revision": change.revision, "provision": change.provision},))


def _standing(answer: Answer | None) -> Standing | None:
    if answer is None:
        return None
    if not counts(answer):
        return Standing.CARRIED
    if answer.absence is not None:
        return Standing(answer.absence.value)
    if answer.result is not None:
        return Standing(answer.result.value)
    # Of a file that was read in part, an answer may be left with nothing that it says.
    says = isinstance(answer, ReplyAnswer) or any(getattr(answer, name) for name in _VALUES)
    return Standing.REPORTED if says else Standing.UNANSWERED


def _side(standing: Standing | None, answer: Answer | None, question: str, tongue: Tongue) -> Side | None:
    if standing is None or answer is None:
        return None
    label = STANDINGS[standing]
    if standing is Standing.REPORTED:
        return Side(_value(answer, question, tongue), label)
    if standing is Standing.CARRIED and answer.result is not None:
        return Side(f"{tongue.gettext(label.word)}: {tongue.gettext(STANDINGS[Standing(answer.result.value)].word)}", label)
    return Side(tongue.gettext(label.word), label)


def _value(answer: Answer, question: str, tongue: Tongue) -> str:
    """The value of an answer that is not on the scale."""
    if answer.values:
        return tongue.several([figure(value) for value in answer.values])
    if answer.choice:
        return ", ".join(_options(answer, question, tongue))
    if answer.date is not None:
        return str(answer.date)
    said = answer.note if isinstance(answer, ReplyAnswer) else answer.text  # a reply may be in words alone
    return tongue.value(said) if said else tongue.gettext(STANDINGS[Standing.REPORTED].word)


def _options(answer: Answer, question: str, tongue: Tongue) -> list[str]:
    indicator = tongue.veil.after.indicators.get(question) or tongue.veil.before.indicators.get(question)
    options = indicator.options if isinstance(indicator, ChoiceIndicator) else {}
    return [tongue.text(options.get(option)) or option for option in answer.choice]


def _working(change: AnswerChange, tongue: Tongue) -> Iterator[str]:
    """How far the answer itself has come."""
    _ = tongue.gettext
    before, after = change.before, change.after
    if after is None:
        return
    if before is None:
        yield _("added")
        if isinstance(after, ReplyAnswer):
            yield f"to: {after.to}"
        if change.earlier is not None:
            round_, answer = change.earlier
            side = _side(_standing(answer), answer, change.question, tongue)
            yield _("in %(round)s: %(said)s") % {"round": round_, "said": side.words if side is not None else ""}
    if after.status is Status.DRAFT and (before is None or before.status is not Status.DRAFT):
        yield _("a draft") if before is None else _("a draft again")
    elif before is not None and before.status is Status.DRAFT and after.status is Status.FINAL:
        yield _("now final")
    if after.confirmed is not None and (before is None or before.confirmed != after.confirmed):
        when = {"day": after.confirmed.on, "role": after.confirmed.role}
        yield _("confirmed on %(day)s: %(role)s") % when
    elif before is not None and before.confirmed is not None and after.confirmed is None:
        yield _("no longer confirmed")
    if before is not None and before.status is not after.status and Status.CARRIED in (before.status, after.status):
        yield f"{before.status.value} → {after.status.value}"
    if before is not None and before.carried_from != after.carried_from:
        yield f"carried_from: {tongue.value(before.carried_from)} → {tongue.value(after.carried_from)}"


def _saying(before: Answer | None, after: Answer | None, question: str, tongue: Tongue) -> Iterator[str]:
    """What the answer says beside its standing, as far as that changed."""
    _ = tongue.gettext
    if before is None or after is None:
        return
    if before.values != after.values:
        yield tongue.several(list(_figures(before.values, after.values))) or _("its figures stand in another order")
    if before.choice != after.choice:
        yield " → ".join(", ".join(_options(one, question, tongue)) or _("none") for one in (before, after))
    if before.date != after.date:
        yield f"{tongue.value(before.date)} → {tongue.value(after.date)}"
    if before.result is not after.result and _standing(before) is _standing(after):
        yield f"result: {tongue.value(before.result)} → {tongue.value(after.result)}"
    if before.absence is not after.absence and _standing(before) is _standing(after):
        yield f"absence: {tongue.value(before.absence)} → {tongue.value(after.absence)}"
    if before.valid != after.valid:
        yield _("valid %(since)s – %(until)s") % _until(after) if after.valid is not None else _("no validity any more")
    if before.needs != after.needs:
        less = [f"−{one}" for one in before.needs if one not in after.needs]
        more = [f"+{one}" for one in after.needs if one not in before.needs]
        yield f"needs: {' '.join([*less, *more]) or _('another order')}"
    if before.revision != after.revision:
        yield _("answers revision %(now)s of the text, before %(was)s") % {"was": before.revision, "now": after.revision}


def _until(answer: Answer) -> dict[str, object]:
    valid = answer.valid
    assert valid is not None
    return {"since": valid.since or "…", "until": valid.until or "…"}


def _figures(before: tuple[Value, ...], after: tuple[Value, ...]) -> Iterator[str]:
    """Figure by figure: what each counted, and counts now."""
    old, new = ({(one.year, tuple(sorted(one.dimensions.items()))): one for one in some} for some in (before, after))
    for key in dict.fromkeys((*new, *old)):
        was, is_ = old.get(key), new.get(key)
        if was is None and is_ is not None:
            yield f"+{figure(is_)}"
        elif is_ is None and was is not None:
            yield f"−{figure(was)}"
        elif was is not None and is_ is not None and amount(was) != amount(is_):
            yield f"{figure(was)} → {amount(is_)}"


def _evidence(change: AnswerChange, tongue: Tongue) -> Iterator[str]:
    rest = change.evidence
    if rest.added and change.after is not None:
        titles = tongue.several([tongue.piece(one) for one in rest.added])
        yield tongue.ngettext("%(num)s new piece of evidence", "%(num)s new pieces of evidence", len(rest.added)) + f" ({titles})"
    if rest.removed and change.after is not None:
        titles = tongue.several([tongue.piece(one) for one in rest.removed])
        said = tongue.ngettext("%(num)s piece of evidence less", "%(num)s pieces of evidence less", len(rest.removed))
        yield f"{said} ({titles})"
    if rest.changed:
        titles = tongue.several([tongue.piece(new, tongue.veil.hides(old)) for old, new in rest.changed])
        said = tongue.ngettext("%(num)s piece of evidence changed", "%(num)s pieces of evidence changed", len(rest.changed))
        yield f"{said} ({titles})"


def _quotations(change: AnswerChange, tongue: Tongue) -> Iterator[Versions]:
    """Both versions of a quotation, or of a table's cell, that was told otherwise."""
    for old, new in change.evidence.changed:
        if not tongue.veil.hides(old) and not tongue.veil.hides(new):
            for name in ("quotation", "cell"):
                was, is_ = getattr(old, name) or "", getattr(new, name) or ""
                if was != is_:
                    yield Versions(f"{name} {tongue.piece(new)}", marked(was, is_))


def _activities(before: Answer, after: Answer, tongue: Tongue) -> Iterator[str]:
    if isinstance(before, MandateAnswer) and isinstance(after, MandateAnswer) and before.activities != after.activities:
        old, new = {one.id: one for one in before.activities}, {one.id: one for one in after.activities}
        said = [f"+{one.on} {tongue.text(one.title)}" for id_, one in new.items() if id_ not in old]
        said += [f"−{one.on} {tongue.text(one.title)}" for id_, one in old.items() if id_ not in new]
        said += [tongue.text(one.title) for id_, one in new.items() if id_ in old and old[id_] != one]
        yield f"activities: {tongue.several(said) or tongue.gettext('another order')}"


def _judged(change: AnswerChange, tongue: Tongue) -> tuple[Tone, tuple[str, ...]]:
    """The tone of a change, and what a reviewer must look at."""
    _ = tongue.gettext
    before, after = change.before, change.after
    tone, remarks = tone_of(before, after), []
    reference = before if before is not None else change.earlier[1] if change.earlier is not None else None
    was, now = _standing(reference), _standing(after)
    if was is not None and now is not None and was in _RANK and now in _RANK:
        if _RANK[now] < _RANK[was]:
            said_why = after is not None and after.note is not None and (reference is None or after.note != reference.note)
            tone = Tone.WORSE
            remarks.append(_("it went back") if said_why else _("went back; say why"))
        elif _RANK[now] > _RANK[was] and before is not None:
            tone = Tone.BETTER
    was, now = _standing(before), _standing(after)
    if was not in (None, Standing.CARRIED, Standing.UNANSWERED) and now in (None, Standing.UNANSWERED):
        remarks.append(_("an answer that was given is gone"))
    if change.is_outdated:
        remarks.append(_("it answers a text that has changed in meaning since"))
    if isinstance(before, ReplyAnswer) and isinstance(after, ReplyAnswer) and before.to != after.to:
        remarks.append(_("it replies to another voice"))
    return tone, tuple(remarks)
