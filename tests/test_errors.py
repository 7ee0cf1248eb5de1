"""Every error that a user may see has one root, and a place in the tree that the file draws."""

from __future__ import annotations

import pickle

from review import errors


def test_every_error_stands_under_the_root_and_in_the_tree() -> None:
    kinds = [found for found in vars(errors).values() if isinstance(found, type) and issubclass(found, Exception)]
    assert len(kinds) >= 8
    for kind in kinds:
        assert issubclass(kind, errors.ReviewError)
        assert kind.__name__ in (errors.__doc__ or "")
        assert kind.exit_code == 2


def test_a_format_error_names_file_line_fault_and_remedy() -> None:
    error = errors.FormatError("a.csv", 7, "the quote is not closed", "Close it or quote the field.")
    assert str(error) == "a.csv, line 7: the quote is not closed. Close it or quote the field."
    assert str(errors.FormatError("a.csv", None, "it is empty", "Choose another.")) == (
        "a.csv: it is empty. Choose another."
    )


def test_an_error_comes_whole_from_another_process() -> None:
    for error in (
        errors.InputError("There is no file x; check the name."),
        errors.FormatError("a.csv", 7, "the quote is not closed", "Close it."),
        errors.ColumnError("a.csv", "no column is the translation", "Name it.", ["x", "y"]),
        errors.ConflictError("Somebody was first.", {"text": "x"}),
    ):
        again = pickle.loads(pickle.dumps(error))
        assert (type(again), str(again), vars(again)) == (type(error), str(error), vars(error))
