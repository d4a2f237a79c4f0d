"""What README shows is what the code gives. ``python tests/test_readme.py`` writes it anew."""

import re
from pathlib import Path

from replyassist.assistant import ReplyAssistant
from replyassist.config import Settings
from replyassist.domain import Draft
from replyassist.translation.notices import notice_of

README = Path(__file__).parent.parent / "README.md"
LETTER = Path(__file__).parent / "letters" / "nb" / "refused-dispensation" / "today.txt"


def language_table(assistant: ReplyAssistant) -> str:
    """What can be done in each language that is more than found, and which languages are found."""
    rows = ["| language | found | drafts checked | translated into |", "|---|---|---|---|"]
    only_found = []
    for support in assistant.languages():
        if support.assessed or support.targets:
            checked = "yes" if support.assessed else "no"
            targets = ", ".join(support.targets) or "none bundled"
            rows.append(f"| {support.name} (`{support.language}`) | yes | {checked} | {targets} |")
        elif notice_of(support.language):
            only_found.append(support.name)
    others = sum(support.identified for support in assistant.languages()) - len(only_found) - len(rows) + 2
    return "\n".join(
        [
            *rows,
            "",
            f"Found, not translated by what is bundled, and offered an interpreter in their own language: "
            f"{', '.join(sorted(only_found))}. {others} further languages are found.",
        ]
    )


def example(assistant: ReplyAssistant) -> str:
    """What is offered in the letter's place: two words explained, five reworded; and what that is worth."""
    text = LETTER.read_bytes().decode("utf-8")
    assessment = assistant.assess(Draft(text))
    score = assessment.score.value
    lines = ["| in the letter | instead |", "|---|---|"]
    offered = [f for f in assessment.findings if f.suggestions and f.suggestions[0].span == f.span]
    pairs = [(f.span.of(text), f.suggestions[0].replacement) for f in sorted(offered, key=lambda f: -f.gain)]
    explained = [pair for pair in pairs if pair[1].startswith(pair[0])]
    reworded = [pair for pair in pairs if pair not in explained and "\n" not in pair[0]]
    lines += [f"| {old} | {new} |" for old, new in (*explained[:2], *reworded[:5])]
    after = assistant.simplify(Draft(text)).after.score.value
    missing = [f.rule.split(".")[-1] for f in assessment.findings if f.kind == "missing-part"]
    lines += [
        "",
        f"Language: {assessment.identification.language}. Score for a layperson: {score:.0f} of 100, "
        f"{after:.0f} with every rewording accepted; {len(assessment.findings)} findings; "
        f"missing from a whole answer: {', '.join(missing) or 'nothing'}.",
    ]
    return "\n".join(lines)


BLOCKS = {"languages": language_table, "example": example}


def with_blocks(readme: str, assistant: ReplyAssistant) -> str:
    """README with each generated block as it should be."""
    for name, make in BLOCKS.items():
        pattern = rf"(<!-- {name} -->\n).*?(<!-- end {name} -->)"
        readme = re.sub(
            pattern, lambda m, make=make: m[1] + make(assistant) + "\n" + m[2], readme, flags=re.DOTALL
        )
    return readme


def test_readme_shows_what_the_code_gives(assistant):
    readme = README.read_text(encoding="utf-8")
    for name in BLOCKS:
        assert f"<!-- {name} -->" in readme
    assert with_blocks(readme, assistant) == readme


if __name__ == "__main__":
    README.write_text(
        with_blocks(README.read_text(encoding="utf-8"), ReplyAssistant.load(Settings())), encoding="utf-8"
    )
