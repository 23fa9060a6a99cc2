"""The page of an inventory in a real Chromium, where there is one: it fits wide and narrow, light and dark."""

import html
import json
import re
import shutil
import subprocess

import pytest

from analyzer.report.audit import INVENTORIES
from tests.inventories import hard, large

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed (Debian: apt-get install chromium)")

# The page stands in frames of two widths; what is measured is measured from outside: the page itself runs nothing.
AROUND = """<!doctype html><meta charset="utf-8"><style>iframe{border:0;height:900px}</style>
<iframe width="1280" srcdoc="PAGE"></iframe><iframe width="400" srcdoc="PAGE"></iframe><pre id="said"></pre>
<script>
const numbers = colour => colour.match(/[0-9.]+/g).map(Number);
const luminance = ([r, g, b]) => [r, g, b].map(c => c / 255)
  .map(c => c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
  .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
function ground(element, view) {
  const box = element.parentElement && element.parentElement.querySelector(':scope > rect');
  if (box) return numbers(view.getComputedStyle(box).fill);
  for (let at = element; at; at = at.parentElement) {
    const colour = numbers(view.getComputedStyle(at).backgroundColor);
    if (colour.length < 4 || colour[3] > 0) return colour;
  }
}
function contrasts(frame) {
  const view = frame.contentWindow, found = {};
  for (const element of frame.contentDocument.body.querySelectorAll('*')) {
    const own = [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim());
    if (!own || element.tagName.toLowerCase() === 'title') continue;
    const style = view.getComputedStyle(element), svg = element.tagName.toLowerCase() === 'text';
    const [a, b] = [luminance(numbers(svg ? style.fill : style.color)), luminance(ground(element, view))];
    found[element.tagName + '.' + element.getAttribute('class')] = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  }
  return found;
}
window.onload = () => {
  const said = [...document.querySelectorAll('iframe')].map(frame => ({
    width: frame.clientWidth,
    needed: frame.contentDocument.documentElement.scrollWidth,
    paper: frame.contentWindow.getComputedStyle(frame.contentDocument.body).backgroundColor,
    contrasts: contrasts(frame),
    drawings: [...frame.contentDocument.querySelectorAll('svg')].map(svg => svg.getBoundingClientRect().width),
  }));
  document.getElementById('said').textContent = JSON.stringify(said);
};
</script>"""


def measured(tmp_path, page, *, dark):
    """What Chromium says of the page in both widths."""
    (tmp_path / "around.html").write_text(AROUND.replace("PAGE", html.escape(page)))
    command = [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
    command += [f"--user-data-dir={tmp_path / 'profile'}", f"--blink-settings=preferredColorScheme={0 if dark else 1}"]
    command += ["--virtual-time-budget=5000", "--dump-dom", f"file://{tmp_path / 'around.html'}"]
    done = subprocess.run(command, capture_output=True, check=True, timeout=180)
    said = re.search(r'<pre id="said">(.*?)</pre>', done.stdout.decode(), re.DOTALL)
    return json.loads(html.unescape(said[1]))


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("inventory", [hard(), large()], ids=["hostile names", "twelve clusters"])
def test_the_page_fits_and_can_be_read(tmp_path, inventory, dark):
    page = INVENTORIES["html"](inventory, verbose=True).replace("<details>", "<details open>")
    frames = measured(tmp_path, page, dark=dark)
    assert [frame["width"] for frame in frames] == [1280, 400]
    for frame in frames:
        assert frame["needed"] <= frame["width"]
        assert len(frame["drawings"]) == len(inventory.clusters)
        assert min(frame["drawings"]) > 300
        assert (sum(map(int, re.findall(r"\d+", frame["paper"])[:3])) < 380) == dark
        assert len(frame["contrasts"]) > 15
        assert {name: ratio for name, ratio in frame["contrasts"].items() if ratio < 4.5} == {}
