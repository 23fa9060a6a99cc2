"""Comments of the languages that Semgrep reads: a directive counts in a comment and nowhere else."""

import pytest

from analyzer.extract.semgrep.lexis import LEXES, pieces

SAMPLES = [
    ("go", 'a := "// x" // «one»\nb := `/* x */` /*«two»*/\nc := \'"\' // «three»\n'),
    ("java", 'String a = "/* x"; // «one»\nchar c = \'"\'; /*«two»*/ String b = """\n // x\n "; """; // «three»\n'),
    ("kotlin", 'val a = "${f("//x")}" // «one»\n/*«two /* inner */ still»*/ val b = """ // x """\n'),
    ("scala", 'val a = s"${x("//")}" //«one»\n/*«two /* a */ b»*/\n'),
    ("csharp", 'var a = @"c:\\"; // «one»\nvar b = $"{x}//"; /*«two»*/ var c = \'"\'; // «three»\n'),
    ("rust", "let a = r#\"// \" x\"#; // «one»\nfn f<'a>(x: &'a str) {} // «two»\nlet c = '\"'; /*«a /* b */ c»*/\n"),
    ("php", "don't // x\n<?php $a = '# x'; # «one»\n#[Attr] /*«two»*/ ?> it's // x\n<?php // «three» ?> // y\n"),
    ("php", "<?php $a = <<<EOT\n# x\nEOT; // «one»\n$b = <<<'RAW'\n // x\n RAW; # «two»\n"),
    ("ruby", "a = '# x' # «one»\nb = \"#{c} # x\" #«two»\n=begin\n# x\n=end\nd = <<~SQL\n # x\nSQL\n# «three»\n"),
]


def comments(text, language):
    """The character ranges of all comments."""
    return [(start, end) for kind, start, end in pieces(text, language) if kind == "comment"]


def marked(text):
    """The text without marks, and the marked contents in order."""
    return text.replace("«", "").replace("»", ""), [piece.split("»")[0] for piece in text.split("«")[1:]]


@pytest.mark.parametrize(("language", "sample"), SAMPLES)
def test_comments_are_found_and_strings_are_none(language, sample):
    text, wanted = marked(sample)
    found = [text[i:j] for i, j in comments(text, language)]
    stripped = [each.lstrip("/#*").removesuffix("*/").strip() for each in found]
    assert stripped == [each.strip() for each in wanted]


@pytest.mark.parametrize("language", LEXES)
@pytest.mark.parametrize("text", ['"', "'", "/*", '"""', "<?php '", "`", "=begin", "<<~A", 'r#"', "//", "#", '$"{', ""])
def test_what_does_not_end_ends_with_the_text(language, text):
    assert all(0 <= i < j <= len(text) for i, j in comments(text, language))
