"""At which commit the code stands, read from a checkout without git."""

from pathlib import Path

import pytest

from pipeline.core.manifest import _commit

ONE, TWO = "1" * 40, "2" * 40


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout of the branch main, which stands in a file of its own, and another branch that was packed."""
    git = tmp_path / "hoofd" / ".git"
    (git / "refs" / "heads").mkdir(parents=True)
    (git / "HEAD").write_text("ref: refs/heads/main\n", encoding="utf-8")
    (git / "refs" / "heads" / "main").write_text(f"{ONE}\n", encoding="utf-8")
    (git / "packed-refs").write_text(f"# pack-refs with: peeled\n{TWO} refs/heads/ander\n", encoding="utf-8")
    return git.parent


def test_a_branch_and_a_commit_of_its_own(checkout: Path) -> None:
    assert _commit(checkout) == ONE
    head = checkout / ".git" / "HEAD"
    head.write_text("ref: refs/heads/ander\n", encoding="utf-8")
    assert _commit(checkout) == TWO
    head.write_text(f"{TWO}\n", encoding="utf-8")
    assert _commit(checkout) == TWO


def test_a_linked_work_tree_has_its_branches_elsewhere(checkout: Path, tmp_path: Path) -> None:
    own = checkout / ".git" / "worktrees" / "ander"
    own.mkdir(parents=True)
    (own / "commondir").write_text("../..\n", encoding="utf-8")
    tree = tmp_path / "ander"
    tree.mkdir()
    (tree / ".git").write_text(f"gitdir: {own}\n", encoding="utf-8")
    for branch, commit in (("main", ONE), ("ander", TWO)):
        (own / "HEAD").write_text(f"ref: refs/heads/{branch}\n", encoding="utf-8")
        assert _commit(tree) == commit


def test_outside_a_checkout_there_is_none(tmp_path: Path) -> None:
    assert _commit(tmp_path) is None
