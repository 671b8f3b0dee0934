"""The figures of the documents: which page of the gallery each of them shows, how wide, and what of it.

`kaihu screenshots --manual` writes exactly these; a structure test holds them against the pages that name them.
"""

from __future__ import annotations

from dataclasses import dataclass

from cli.demonstration.screens.browser import DESKTOP, PHONE

HEADER = ".site-header"
PAGE = ".site-header, .page"
COLUMN = "#content > .column"
STANDING = "#standing > p, #standing > dl, #standing > .panel, #standing h1"
MINE = "#content > *"
SIGNING_IN_FORM = ".beside h1, .error-summary, form.column"
PENDING = "#content > .banner, #content > h1, table[aria-labelledby=pending]"
PANES = ".desk-panes"


@dataclass(frozen=True)
class Figure:
    """One picture below `docs/`: the box around `parts` (CSS) of a gallery's page, cut off below `tallest`."""

    file: str
    page: str
    width: int = DESKTOP
    parts: str = PAGE
    tallest: int = 1000

    @property
    def margin(self) -> int:
        """None where it shows the page from edge to edge."""
        return 0 if self.parts.startswith((HEADER, "body")) else 16


def manual(name: str, page: str, width: int = DESKTOP, parts: str = COLUMN, tallest: int = 1000) -> Figure:
    return Figure(f"manual/figures/{name}.png", page, width, parts, tallest)


README = (
    Figure("pictures/bank_cards_375.png", "step_bank_cards_changed", PHONE, "body", 1500),
    Figure("pictures/desk_1280.png", "desk_case", parts="body", tallest=900),
    Figure("pictures/diagram_editor.png", "studio_diagram", parts="body", tallest=1000),
)

STUDIO = (
    Figure("pictures/draft.png", "studio_draft", tallest=900),
    Figure("pictures/form_editor.png", "studio_form", tallest=900),
    Figure("pictures/english_texts.png", "studio_english", tallest=620),
    Figure("pictures/sandbox.png", "studio_sandbox", tallest=900),
    Figure("pictures/difference.png", "studio_difference", tallest=900),
    Figure("pictures/scenarios_tried.png", "studio_proposal_tried", tallest=1100),
    Figure("pictures/impact.png", "studio_impact", tallest=620),
    Figure("pictures/tried_with_a_part.png", "studio_under_way", tallest=700),
    Figure("pictures/live_diagram.png", "studio_live", tallest=1000),
)

BEFORE = (
    manual("1-business", "business", parts=".site-header, .beside", tallest=1150),
    manual(
        "1-flow", "business", parts="figure[aria-labelledby='flow-change_settlement_account_handling']", tallest=3600
    ),
    manual("1-where", "flow_picture_of_a_case", parts="#content > h1, #content > .lead, #content > .table-frame"),
    manual("2-entry", "entry", tallest=560, parts=PAGE),
    manual("2-signed-out", "sign_in_to_go_on", PHONE, "#content > .banner, .beside h1, form.column", 640),
)

SIGNING_IN = (
    manual("2.1-sign-in", "sign_in", parts=SIGNING_IN_FORM),
    manual("2.1-notes", "sign_in", parts=".notes > h2, .notes > ul, .notes .qr"),
    manual("2.1-code-sent", "sign_in_filled_by_the_panel", PHONE, SIGNING_IN_FORM),
    manual("2.1-nothing-typed", "sign_in_nothing_typed", parts=SIGNING_IN_FORM),
    manual("2.1-id-expired", "refused_id_expired", parts=PAGE, tallest=480),
)

PHOTOS = (
    manual("2.2-photos", "step_upload_photos", parts=PAGE, tallest=1050),
    manual("2.2-nothing-on-file", "step_upload_photos_nothing_on_file", PHONE, ".slot", 900),
    manual("2.2-unsharp", "step_upload_photos_unsharp", PHONE, "#slot-id_portrait"),
    manual("2.2-waiting", "step_waiting_for_photos", parts=STANDING),
    manual("2.2-check", "step_check_photos", tallest=620),
    manual("2.2-statement", "step_check_photos", parts=".reading, .button-row"),
    manual("2.2-basic-data", "step_basic_data", tallest=1300),
)

CARDS = (
    manual("2.3-cards", "step_bank_cards", parts=PAGE),
    manual("2.3-new-card", "step_bank_cards_changed", parts="fieldset[data-part]", tallest=1300),
    manual("2.3-linked", "step_bank_cards_linked", PHONE, ".card-panel"),
    manual("2.3-unchanged", "step_bank_cards_unchanged", parts=".error-summary, h1"),
    manual("2.3-notice", "step_bank_notice"),
)

SIGNING = (
    manual("2.4-found", "step_certificate_found"),
    manual("2.4-missing", "step_video_notice"),
    manual("2.4-sign", "step_sign_agreements", tallest=1330),
    manual("2.4-sign-again", "step_sign_agreements_again", tallest=330),
    manual("2.4-submitted", "result_waiting_for_review", parts=PAGE),
)

VIDEO = (
    manual("2.5-video-page", "step_video_page", parts=PAGE),
    manual("2.5-devices", "step_device_check"),
    manual("2.5-in-line", "step_in_line", parts=STANDING),
    manual("2.5-in-call", "step_in_call", PHONE, PAGE),
    manual("2.5-sent-back", "step_basic_data_rejected", tallest=900),
    manual("2.5-passed", "step_video_passed"),
    manual("2.5-install", "step_install_certificate"),
    manual("2.6-appointment", "step_appointment"),
    manual("2.6-booked", "step_appointment_waiting", PHONE, PAGE),
)

MY_BUSINESS = (
    manual("2.7-waiting", "my_business_waiting_for_review", parts=PAGE),
    manual("2.7-rejected", "my_business_rejected", parts=PENDING),
    manual("2.7-booked", "my_business_booked", PHONE, "table[aria-labelledby=pending]"),
    manual("2.7-pending", "my_business_pending_elsewhere", parts=PENDING),
    manual("2.7-agreement", "my_business_obligation", parts=MINE),
    manual("2.7-abandon", "abandon"),
    manual("2.7-done", "result_done", parts=STANDING),
)

STAFF = (
    manual("staff-queue", "desk_unclaimed", parts=PANES, tallest=420),
    manual("staff-case", "desk_case", parts=PANES, tallest=900),
    manual("staff-reject", "desk_no_reason_given", parts=".desk-decision", tallest=900),
    manual("staff-second-round", "desk_case_second_round", parts=".desk-case", tallest=620),
    manual("staff-video-line", "desk_video_line", parts=PANES, tallest=700),
    manual("staff-call", "desk_video_call", parts=".call-pane"),
    manual("staff-video-call", "desk_video_checklist", parts=".desk-decision", tallest=1100),
    manual("staff-branch", "desk_branch", parts=MINE),
    manual("staff-people", "admin_people", parts=PAGE, tallest=620),
    manual("staff-incidents", "operate_incidents", parts=PAGE, tallest=620),
    manual("staff-proposal", "studio_proposal", parts=PAGE, tallest=1100),
)

FIGURES = (*README, *STUDIO, *BEFORE, *SIGNING_IN, *PHOTOS, *CARDS, *SIGNING, *VIDEO, *MY_BUSINESS, *STAFF)
FOLDERS = ("manual/figures", "pictures")
"""Below `docs/`; they hold figures and nothing else."""
