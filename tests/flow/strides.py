"""Long strides of a walk: on through whatever is asked again, to a step, to a desk, to the end."""

from __future__ import annotations

from tests.walk import Walk


def forward(walk: Walk, step: str) -> None:
    """Do what the table of repeated steps has asked again, until this step is open; check the certificate again."""
    while step not in walk.steps:
        now = walk.steps[0]
        walk.do(now, **({"certificate__found": False} if now == "certificate_check" else {}))
    assert walk.steps == [step]


def again_to(walk: Walk, desk: str) -> None:
    """Do whatever is asked again until the desk has it."""
    for _ in range(20):
        now = walk.steps[0]
        if now == desk:
            return
        if now == "video_page":
            walk.do("video_page", video__choice="queue", device__ok=True)
        elif now == "video_verification":
            walk.decide("video_verification", video__decision="pass")
        elif now in ("certificate_check", "certificate_recheck"):
            walk.do(now, certificate__found=False)
        elif now == "install_certificate":
            walk.do(now, certificate__found=True)
        elif now == "bank_cards":
            walk.cards()
        elif now == "upload_photos":
            walk.do("upload_photos")
            walk.answer("photo.check", photos__verdict="ok")
        else:
            walk.do(now)
    raise AssertionError(f"never came back to {desk}")


def applied(walk: Walk) -> Walk:
    walk.answer("account.apply", application__result="applied")
    return walk
