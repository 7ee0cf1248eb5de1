"""Weights of marked errors: the first rule that fits counts, and a file that cannot be used is said to be so."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from review.errors import FormatError, InputError, MissingError
from review.metrics.mqm_weights import find_weights, parse_weights, shipped
from tests.conftest import ROOT


@pytest.mark.parametrize(
    ("severity", "category", "weight"),
    [
        ("neutral", "Style/Awkward", "0"),
        ("minor", "Style/Awkward", "1"),
        ("minor", "Fluency/Punctuation", "0.1"),
        ("minor", "linguistic conventions/punctuation", "0.1"),
        ("major", "Fluency/Punctuation", "5"),
        ("Major", "Source issue", "5"),
        ("critical", "Accuracy/Mistranslation", "25"),
        ("major", "Non-translation!", "25"),
        ("minor", "accuracy/non-translation", "25"),
        ("neutral", "Non-translation", "0"),
    ],
)
def test_wmt_weights_are_those_of_the_design(severity: str, category: str, weight: str) -> None:
    assert find_weights("wmt").of(severity, category) == Fraction(weight)


def test_an_error_of_a_severity_that_no_rule_names_has_no_weight() -> None:
    assert find_weights("wmt").of("awful", "Style/Awkward") is None
    assert "wmt" in shipped()


def test_the_first_rule_that_fits_counts_whatever_the_case_and_the_spacing() -> None:
    text = '{"rules": [{"category": ["Locale_*", "Style/?wkward"], "weight": 2.5}, {"severity": "minor", "weight": 1}]}'
    weights = parse_weights(text, "house.json")
    assert weights.name == "house"
    assert weights.of("minor", "locale  Convention/Date") == Fraction(5, 2)
    assert weights.of("major", "STYLE/awkward") == Fraction(5, 2)
    assert weights.of("minor", "Style/Register") == 1
    assert weights.of("major", "Style/Register") is None
    assert weights.scale == 2


def test_the_rules_that_readme_shows_are_weights() -> None:
    (shown,) = [line for line in (ROOT / "README.md").read_text("utf-8").splitlines() if '"rules"' in line]
    weights = parse_weights(shown, "README.md")
    assert [weights.of("minor", "Style/Awkward"), weights.of("neutral", "x")] == [Fraction(1, 2), 1]


def test_brackets_in_a_pattern_are_letters() -> None:
    weights = parse_weights('{"rules": [{"category": "Accuracy [x]", "weight": 3}]}', "house.json")
    assert weights.of("minor", "accuracy [x]") == 3
    assert weights.of("minor", "accuracy x") is None


def test_weights_of_a_file_of_ones_own(tmp_path: Path) -> None:
    path = tmp_path / "ours.json"
    path.write_text('\ufeff{"name": "Ours", "rules": [{"weight": 0.000001}]}', "utf-8")
    weights = find_weights(str(path))
    assert (weights.name, weights.source) == ("Ours", str(path))
    assert weights.of("any", "thing") == Fraction(1, 10**6)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "w.json, line 1: this is not JSON"),
        ('{\n"rules": [}', "w.json, line 2: this is not JSON"),
        ("[" * 100_000, "nested too deeply"),
        ("[]", "there is no list of rules"),
        ('{"rules": []}', "there is no list of rules"),
        ('{"rules": [1]}', "rule 1 is no object"),
        ('{"rules": [{"weight": 1}], "rule": 1}', "the file has an unknown key 'rule'"),
        ('{"rules": [{"weight": 1, "categories": "x"}]}', "rule 1 has an unknown key 'categories'"),
        ('{"rules": [{"weight": 1}, {"severity": "minor"}]}', "rule 2 has no weight"),
        ('{"rules": [{"weight": "5"}]}', "rule 1: the weight is 5"),
        ('{"rules": [{"weight": true}]}', "rule 1: the weight is True"),
        ('{"rules": [{"weight": -1}]}', "rule 1: the weight is -1"),
        ('{"rules": [{"weight": NaN}]}', "rule 1: the weight is NaN"),
        ('{"rules": [{"weight": 1e400}]}', "rule 1: the weight is 1E+400"),
        ('{"rules": [{"weight": 0.0000001}]}', "rule 1: the weight is 1E-7"),
        ('{"rules": [{"weight": 1, "severity": []}]}', "rule 1: severity is no pattern"),
        ('{"rules": [{"weight": 1, "category": 7}]}', "rule 1: category is no pattern"),
        ('{"name": 3, "rules": [{"weight": 1}]}', "the name is not a text"),
    ],
)
def test_what_is_wrong_with_weights_is_one_sentence(text: str, said: str) -> None:
    with pytest.raises(FormatError) as raised:
        parse_weights(text, "w.json")
    assert str(raised.value).startswith("w.json")
    assert said in str(raised.value)


def test_a_number_of_five_thousand_digits_is_no_weight() -> None:
    with pytest.raises(FormatError, match="Give a number from 0 to 1000"):
        parse_weights('{"rules": [{"weight": ' + "9" * 5000 + "}]}", "w.json")


def test_weights_that_are_not_there_or_no_text_are_said(tmp_path: Path) -> None:
    with pytest.raises(MissingError, match="There are no weights 'ours'; name a JSON file of rules, or one of: wmt"):
        find_weights("ours")
    with pytest.raises(InputError, match="cannot be read"):
        find_weights(str(tmp_path))
    (tmp_path / "w.json").write_bytes(b'{"name": "\xff"}')
    with pytest.raises(FormatError, match="not UTF-8"):
        find_weights(str(tmp_path / "w.json"))
