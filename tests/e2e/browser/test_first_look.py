"""The client loads: quietly, from its own host, with what it was promised."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.support.watch import Watch

OURS = re.compile(r"Galactic Dominion$")
PATHS = ["/", "/map", "/colonies/nowhere", "/register"]
NO_REPLAY = "/replays/1.abc.0123456789abcdef0123456789abcdef"
FOREVER = "public, max-age=31536000, immutable"
SMALL_BYTES = 512
"""What is not worth compressing (client/pack.mjs)."""


@pytest.mark.parametrize("path", PATHS)
def test_every_address_shows_the_client(page: Page, path: str) -> None:
    answer = page.goto(path)

    assert answer is not None
    assert answer.status == 200
    expect(page).to_have_title(OURS)
    expect(page.get_by_role("main")).to_be_visible()


@pytest.mark.allows(r"status of 404 .*/api/v1/replays/")
def test_an_address_with_dots_is_a_page_too(page: Page) -> None:
    page.goto(NO_REPLAY)

    expect(page.get_by_role("main")).to_be_visible()


def test_files_come_compressed_and_to_be_kept(page: Page) -> None:
    answers = []
    page.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108
    page.goto("/")
    expect(page.get_by_role("main")).to_be_visible()

    assets = [one for one in answers if "/assets/" in one.url]
    assert assets
    for one in assets:
        headers = one.all_headers()
        assert headers["cache-control"] == FOREVER
        is_small = int(headers["content-length"]) < SMALL_BYTES
        assert is_small or "content-encoding" in headers


@pytest.mark.allows("Content Security Policy")
def test_scripts_that_are_not_files_of_ours_do_not_run(page: Page) -> None:
    page.goto("/")
    page.evaluate(
        """() => {
            const script = document.createElement("script");
            script.textContent = "document.title = 'taken over'";
            document.head.append(script);
            document.body.setAttribute("onclick", "document.title = 'taken over'");
            document.body.click();
        }"""
    )

    expect(page).to_have_title(OURS)
    assert any("inline" in flaw for flaw in page.watch.found)


@pytest.mark.allows("not worth a word")
def test_the_watch_sees_what_is_wrong(page: Page) -> None:
    watch = Watch("http://elsewhere.test", ("not worth a word",))
    page.goto("/")
    watch.over(page)
    page.watch.allow("loud", "uncaught", "other.test")

    page.evaluate("console.warn('not worth a word'), console.error('loud')")
    page.evaluate("setTimeout(() => { throw new Error('broken') })")
    page.evaluate("fetch('https://other.test/x').catch(() => null)")

    page.wait_for_function("true")
    seen = "\n".join(watch.flaws)
    assert all(part in seen for part in ("loud", "uncaught: broken", "other.test/x"))
    assert "not worth" not in seen
