"""What gives persons away, and what only looks as if it did."""

import pytest
from casebook import base, found

SUBMISSION = "data/states/XAA/2015-2016/submission.yaml"


def codes(answer: str) -> list[str]:
    files = {**base(), SUBMISSION: f"answers:\n  {answer}\n".encode()}
    return [one.code.id for one in found(files)]


def told(text: str) -> list[str]:
    return codes(f"g01-story: {{revision: 2, status: final, text: {{en: '{text}'}}}}")


@pytest.mark.parametrize(
    "text",
    [
        "Ley 28950",
        "Ley N.º 28.950, art. 3, inc. 2",
        "Ordinance 2014/15-003",
        "Decreto Supremo 001-2016-IN",
        "Lei 13.344/2016",
        "Loi n° 2014-0009 du 14 mai 2014",
        "RTP-IV/doc.4/14 rev. 1, par. 12-18",
        "A/RES/55/25 of 15 November 2000",
        "Expediente 00234-2016-0-1801-JR-PE-12",
        "Gaceta Oficial 39.912 (2012-04-30), pp. 369 102-369 110",
        "Cap. 5:10, s. 12(3) 2008 Rev. Ed.",
        "ISBN 978-92-1-130339-1",
    ],
)
def test_a_legal_reference_is_no_telephone_number(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "+12 345 678 dollars were spent, +4 % on 2015",
        "the telephone line 2015-2016",
        "a fax of 12.03.2016",
        "Victims call 0800 555 0143 or 1818.",
        "tel. 1-800-555-0143",
        "free: +1 800 555 0199",
        "@casaabierta on the networks, 4 @ 20 hours",
    ],
)
def test_a_free_line_a_date_and_an_amount_are_nobody_s(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    "text",
    ["tel. (01) 555-0143", "Teléfono: 999 123 456", "Téléphone : 01 55 50 01 43", "WhatsApp +51 999 123 456", "+1 202 555 0143"],
)
def test_a_number_that_rings_at_someone_s_desk_is_found(text: str) -> None:
    assert told(text) == ["WP703"]


@pytest.mark.parametrize("text", ["m.duval@justice.example", "write to trata@mj.gob.example.", "<a-b+c@x-y.example>"])
def test_a_mailbox_is_found(text: str) -> None:
    assert told(text) == ["WP704"]


def test_no_message_repeats_what_it_is_about() -> None:
    answer = (
        "g01-victims: {revision: 2, status: final, values: [{year: 2016, value: 3}], note: {en: 'tel. 01 555 0143, x@y.example'}}"
    )
    said = found({**base(), SUBMISSION: f"answers:\n  {answer}\n".encode()})
    assert {one.code.id for one in said} == {"WP701", "WP703", "WP704"}
    assert not any(secret in one.message + one.hint for one in said for secret in ("3", "555", "x@y")), [
        one.message for one in said
    ]
