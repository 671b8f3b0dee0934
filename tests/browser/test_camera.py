"""拍照 with a camera that shows a film of ours: hints, the picture that takes itself, each reason why there is none."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, expect
from sqlalchemy import select

from cli.demonstration.screens.browser import NAMES, another, window
from engine.tables import Photo
from tests.browser.camera_film import camera_film
from tests.browser.patience import until
from tests.browser.test_outline import SLOT, at_the_photographs
from tests.browser.test_pages import Inspector
from tests.browser.town import Town
from workers.specimens.papers import portrait_side

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

WIDTH, HEIGHT = 1280, 720
CARD_WIDTH = 914  # of the film: the card fills the frame
KEEP_STREAMS = """
const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
window.streams = [];
navigator.mediaDevices.getUserMedia = async (wishes) => {
  const given = await ask(wishes);
  window.streams.push(given);
  return given;
};
"""
RUNNING = "window.streams.flatMap((one) => one.getTracks()).filter((one) => one.readyState === 'live').length"


def card_on_a_desk() -> Image.Image:
    """A card that lies still on a desk, as wide as the frame asks."""
    scene = Image.new("RGB", (WIDTH, HEIGHT), (70, 52, 36))
    card = portrait_side("样本子", True, date(1990, 1, 1), "样例市样例路1号", "119901199001010011").convert("RGB")
    card = card.resize((CARD_WIDTH, round(CARD_WIDTH * card.height / card.width))).point(lambda light: light * 3 // 4)
    scene.paste(card, ((WIDTH - card.width) // 2, (HEIGHT - card.height) // 2))
    return scene


@pytest.fixture(scope="module")
def camera(chrome: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """A browser whose camera shows the film, and that has been allowed to use it."""
    path = camera_film(tmp_path_factory.mktemp("camera") / "card.y4m", [card_on_a_desk()])
    flags = ("device-for-media-stream", "ui-for-media-stream")
    told = (*(f"--use-fake-{flag}" for flag in flags), f"--use-file-for-fake-video-capture={path}")
    with another(chrome.browser_type, *told, names=NAMES) as opened:
        yield opened


@pytest.fixture
def page_with_camera(camera: Browser) -> Iterator[Page]:
    context = window(camera)
    context.add_init_script(KEEP_STREAMS)
    yield context.new_page()
    context.close()


def opens_camera(page: Page) -> Locator:
    page.locator(f"#slot-{SLOT}").get_by_role("button", name="拍照").click()
    return page.get_by_role("dialog")


def photographs(town: Town, case_id: str) -> list[Photo]:
    with town.store.read() as tx:
        return list(tx.scalars(select(Photo).where(Photo.case_id == case_id, Photo.slot == SLOT).order_by(Photo.at)))


def test_the_picture_takes_itself_at_full_size_and_the_camera_goes_off(page_with_camera: Page, town: Town) -> None:
    page = page_with_camera
    me = at_the_photographs(town, page, town.somebody())
    dialog = opens_camera(page)
    expect(dialog.get_by_role("button", name="拍下")).to_be_visible()
    assert page.evaluate(RUNNING) == 1
    with page.expect_response("**/photos/id_portrait"):
        expect(dialog).to_be_hidden()
    until(lambda: page.evaluate(RUNNING) == 0)  # a dialog says that it was closed after it is hidden
    me.waits_for(SLOT)
    expect(me.slot(SLOT).get_by_role("button", name="拍照")).to_be_focused()
    taken = photographs(town, me.case_id)[-1]
    assert taken.record and taken.record["full_size"] == [WIDTH, HEIGHT] and taken.record["format"] == "JPEG"


def test_the_button_takes_it_at_once_and_leaving_takes_nothing(page_with_camera: Page, town: Town) -> None:
    page = page_with_camera
    page.add_init_script("window.setInterval = () => 0;")  # nothing takes itself
    me = at_the_photographs(town, page, town.somebody())
    before = len(photographs(town, me.case_id))
    for leave in ("Escape", "取消", "hidden"):
        dialog = opens_camera(page)
        expect(dialog.get_by_role("button", name="拍下")).to_be_focused()
        if leave == "Escape":
            Inspector().look(page, "the camera")
            page.keyboard.press("Escape")
        elif leave == "hidden":
            page.evaluate("Object.defineProperty(document, 'hidden', { value: true, configurable: true })")
            page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
            page.evaluate("delete document.hidden")
        else:
            dialog.get_by_role("button", name=leave).click()
        expect(dialog).to_be_hidden()
        until(lambda: page.evaluate(RUNNING) == 0)  # a dialog says that it was closed after it is hidden
    assert len(photographs(town, me.case_id)) == before
    with page.expect_response("**/photos/id_portrait"):
        opens_camera(page).get_by_role("button", name="拍下").click()
    assert len(photographs(town, me.case_id)) == before + 1


def test_the_frame_of_a_card_is_drawn_over_the_picture(page_with_camera: Page, town: Town) -> None:
    page = page_with_camera
    page.add_init_script("window.setInterval = () => 0;")  # nothing takes itself
    at_the_photographs(town, page, town.somebody())
    dialog = opens_camera(page)
    expect(dialog.get_by_role("button", name="拍下")).to_be_visible()
    seen, frame = (dialog.locator(one).bounding_box() for one in ("video", "svg rect"))
    assert seen and frame and abs(frame["width"] / frame["height"] - 85.6 / 54) < 0.05
    assert frame["width"] > seen["width"] / 2
    for axis, length in (("x", "width"), ("y", "height")):
        assert seen[axis] - 1 <= frame[axis] and frame[axis] + frame[length] <= seen[axis] + seen[length] + 1
    drawn = dialog.locator("svg rect").evaluate("one => getComputedStyle(one).stroke")
    assert drawn != "none"


LATE = """
const asked = navigator.mediaDevices.getUserMedia;
window.answers = [];
navigator.mediaDevices.getUserMedia = (wishes) => new Promise((resolve) => {
  window.answers.push(() => asked(wishes).then(resolve));
});
"""
SHOWN = "document.querySelector('#camera video').srcObject"


def test_a_stream_that_arrives_late_is_stopped(page_with_camera: Page, town: Town) -> None:
    """The browser asked for a permission meanwhile; the dialog was closed, or opened anew."""
    page = page_with_camera
    page.add_init_script(LATE + "window.setInterval = () => 0;")
    at_the_photographs(town, page, town.somebody())
    for _ in range(2):
        dialog = opens_camera(page)
        page.keyboard.press("Escape")
        expect(dialog).to_be_hidden()
    opens_camera(page)
    until(lambda: page.evaluate("window.answers.length") == 3)
    page.evaluate("window.answers[2]()")
    expect(dialog.get_by_role("button", name="拍下")).to_be_visible()
    page.evaluate("Promise.all([window.answers[0](), window.answers[1]()])")
    until(lambda: page.evaluate("window.streams.length") == 3)
    until(lambda: page.evaluate(RUNNING) == 1)
    assert page.evaluate(f"{SHOWN} === window.streams[0] && {SHOWN}.active")
    expect(dialog.get_by_role("button", name="拍下")).to_be_visible()


def fails(name: str) -> str:
    return f"navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('no', '{name}'));"


@pytest.mark.parametrize(
    ("script", "said", "again"),
    [
        (fails("NotAllowedError"), "没有使用摄像头的权限", True),
        (fails("NotFoundError"), "没有找到摄像头", True),
        (fails("NotReadableError"), "摄像头打不开，可能正被别的程序使用", True),
        (fails("TypeError"), "摄像头没有正常工作", True),
        ("Object.defineProperty(navigator, 'mediaDevices', { value: undefined });", "这里不能使用摄像头", False),
    ],
    ids=["denied", "none", "busy", "anything else", "insecure"],
)
def test_without_a_camera_its_reason_is_said_and_the_file_stays(
    page: Page, town: Town, script: str, said: str, again: bool
) -> None:
    page.add_init_script(script)
    who = town.somebody()
    me = at_the_photographs(town, page, who)
    dialog = opens_camera(page)
    expect(dialog.get_by_role("alert")).to_contain_text(said)
    expect(dialog.get_by_role("button", name="再试一次")).to_have_count(int(again))
    expect(dialog.get_by_role("button", name="拍下")).to_have_count(0)
    with page.expect_file_chooser() as chosen:
        dialog.get_by_role("button", name="选择照片文件").click()
    with page.expect_response("**/photos/id_portrait"):
        chosen.value.set_files(who.photo(SLOT))
    me.waits_for(SLOT)


SCENES = {
    "good": "{}",
    "dark": "{ desk: 0.05, card: 0.12 }",
    "bright": "{ desk: 0.9, card: 0.99 }",
    "glare": "{ glare: 0.09 }",
    "closer": "{ scale: 0.7 }",
    "farther": "{ scale: 1.18 }",
    "find": "{ scale: 0 }",
    "still": "{ shift: 3 }",
}
HINT = """async ({ scene, kind }) => {
  const sight = await import("/static/js/sight.js");
  const drawn = ({ desk = 0.3, card = 0.7, scale = 1, glare = 0, shift = 0, moved = 0 }) => {
    const [width, height] = sight.smallSize(1280, 720);
    const frame = sight.frameOf(width, height, kind);
    const luma = new Float32Array(width * height);
    for (let at = 0; at < luma.length; at += 1) {
      const x = at % width + 0.5 + moved * shift, y = Math.floor(at / width) + 0.5;
      const [dx, dy] = [Math.abs(x - width / 2) / (frame.w / 2), Math.abs(y - height / 2) / (frame.h / 2)];
      const lines = (Math.floor(y) % 7 === 3 && dx < 0.7 * scale) ? -0.3 : 0;
      luma[at] = (dx < scale && dy < scale ? card + lines * card : desk) + ((at * 7919) % 13) / 1300;
      if (glare && (dx - 0.2) ** 2 + dy ** 2 < 4 * glare) luma[at] = 1;
    }
    return { luma, width, height };
  };
  return sight.hint(drawn({ ...scene, moved: 1 }), drawn(scene), kind);
}"""


@pytest.mark.parametrize("kind", ["id1", "sheet"])
def test_the_hint_names_what_hinders(page: Page, town: Town, kind: str) -> None:
    page.goto(town.product.address)
    found = {
        name: page.evaluate(f"(kind) => ({HINT})({{ scene: {scene}, kind }})", kind) for name, scene in SCENES.items()
    }
    assert found == {name: name for name in SCENES}
