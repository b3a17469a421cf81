"""`--export-report`: one page about a run, without a window."""

import base64
import re
import subprocess
import sys

import pytest
from PySide6.QtGui import QImage

from tests.command_line.running import main


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    """Return the text of a report of a short run."""
    folder = tmp_path_factory.mktemp("report")
    ended = main("train", "--hidden", 6, "--iterations", 40, "--export-report", "r.html", cwd=folder)
    assert ended.returncode == 0, ended.stderr
    return (folder / "r.html").read_text(encoding="utf-8")


def test_its_pictures_are_whole_in_both_looks(page):
    found = re.findall(r'(src|srcset)="data:image/(\w+)[^,]*;base64,([^"]+)"', page)
    assert len(found) == 8
    assert 'alt="How many points of each class' not in page, "these counts are there in words"
    grounds = {"src": [], "srcset": []}
    for which, _, packed in found:
        image = QImage.fromData(base64.b64decode(packed))
        assert not image.isNull() and image.width() > 300
        grounds[which].append(image.pixelColor(1, 1).lightness())
    assert min(grounds["src"]) > 200 and max(grounds["srcset"]) < 60


def test_the_plane_is_a_drawing_of_few_points_and_pixels_of_many(page, tmp_path):
    ended = main("train", "--samples", 2000, "--iterations", 2, "--export-report", "r.html", cwd=tmp_path)
    assert ended.returncode == 0, ended.stderr
    first = re.compile(r'src="data:image/([\w+]+)')
    assert first.search(page)[1] == "svg+xml"
    assert first.search((tmp_path / "r.html").read_text(encoding="utf-8"))[1] == "png"


def test_its_command_and_its_program_make_the_run_once_more(page, tmp_path):
    command = re.search(r"<code>python main\.py (train [^<]+)</code>", page)[1]
    ended = main(*command.split(), "--export-report", tmp_path / "again.html", cwd=tmp_path)
    assert ended.returncode == 0, ended.stderr
    rows = re.compile(r'<section id="weights">.*?</section>', re.DOTALL)
    assert rows.search((tmp_path / "again.html").read_text(encoding="utf-8"))[0] == rows.search(page)[0]
    program = re.search(
        r"</summary><pre[^>]*><code>(.+?)</code></pre></details>\n</section>", page, re.DOTALL
    )[1]
    for escaped, plain in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&#x27;", "'"), ("&amp;", "&")):
        program = program.replace(escaped, plain)
    (tmp_path / "run.py").write_text(program, encoding="utf-8")
    told = subprocess.run([sys.executable, tmp_path / "run.py"], capture_output=True, text=True, check=True)
    cost = re.search(r"training cost</dt><dd>([\d.]+)</dd>", page)[1]
    assert cost in told.stdout or cost[:-1] in told.stdout


def test_another_ending_is_refused_before_training(refusal_of, tmp_path):
    assert refusal_of("--export-report", "r.pdf") == "--export-report r.pdf must end in .html."
    assert list(tmp_path.iterdir()) == []
