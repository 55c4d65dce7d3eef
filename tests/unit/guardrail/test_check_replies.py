"""The command that checks replies which are already out."""

import io
import json
import sys
from pathlib import Path

import pytest

from carekraft_desktop.__main__ import main

GOOD = {"id": "a", "reviewer": "Maple", "review": "nice", "reply": "Thank you, Maple."}
BAD = {"id": 2, "reviewer": "x", "review": "", "reply": "Your crown was placed on Monday."}


def feed(monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))


def test_each_line_gets_an_answer_in_the_words_of_the_corpus(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    feed(monkeypatch, (json.dumps(GOOD) + "\n\n" + json.dumps(BAD) + "\n").encode())
    assert main(["check-replies"]) == 0
    first, second = map(json.loads, capsys.readouterr().out.splitlines())
    assert (first["id"], first["severity"], first["labels"]) == ("a", "ok", [])
    assert (second["id"], second["severity"]) == (2, "block")
    assert "condition_treatment" in second["labels"]
    assert all(0 <= each["start"] < each["end"] <= 32 for each in second["spans"])


def test_a_bad_line_is_named_and_the_others_are_checked(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = [b"{", b"[]", b'{"id": 1}', b"\xff", json.dumps(GOOD).encode()]
    feed(monkeypatch, b"\n".join(lines))
    assert main(["check-replies"]) == 1
    told = capsys.readouterr()
    assert [f"line {number}:" in told.err for number in range(1, 6)] == [True] * 4 + [False]
    assert json.loads(told.out)["id"] == "a"


def test_a_csv_export_is_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = tmp_path / "replies.csv"
    table.write_text('ID,Reviewer,Review,Reply\n7,x,,"Your crown\nwas placed."\n', "utf-8-sig")
    assert main(["check-replies", "--csv", str(table)]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["id"], answer["severity"]) == ("7", "block")


def test_a_missing_csv_file_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check-replies", "--csv", str(tmp_path / "none.csv")]) == 1
    assert "cannot be read" in capsys.readouterr().err
