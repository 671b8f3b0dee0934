"""The sample people of a demonstration. Their county 1199 is unlisted, so that no number can be anybody's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

BEIJING, SHANGHAI = "beijing", "shanghai"
PASSWORD = "kaihu-demo"  # noqa: S105  printed on the demonstration's own pages


@dataclass(frozen=True)
class SampleCard:
    """A debit card: on file, or new and only photographed."""

    bank: str
    outlet: str
    number: str
    linked: bool = False


@dataclass(frozen=True)
class SampleInvestor:
    """A customer on file. `valid_until` None is 长期; `stored` says that his ID pictures are on file."""

    key: str
    name: str
    note: str
    note_en: str
    id_number: str
    phone: str
    branch: str
    valid_from: date
    valid_until: date | None
    on_file: tuple[SampleCard, ...]
    new_card: SampleCard
    stored: bool = False
    has_certificate: bool = False
    obligation: str | None = None
    forced: bool = False
    pending: str | None = None
    address: str = "样例省样例市和平路1号"
    issuer: str = "样例市公安局"

    @property
    def account_number(self) -> str:
        return "8" + self.id_number[-8:-1]

    @property
    def birth(self) -> date:
        return date(int(self.id_number[6:10]), int(self.id_number[10:12]), int(self.id_number[12:14]))


@dataclass(frozen=True)
class SampleStaff:
    """A colleague of the demonstration company."""

    login: str
    name: str
    note: str
    note_en: str
    roles: tuple[str, ...]
    branch: str


INVESTORS = (
    SampleInvestor(
        key="linzhiqiu", name="林知秋", note="已留存身份证照片，本浏览器有数字证书",
        note_en="ID photographs on file, digital certificate in this browser", id_number="119901198803150025",
        phone="13800000001", branch=BEIJING, valid_from=date(2016, 5, 20), valid_until=date(2036, 5, 20),
        on_file=(SampleCard("ICBC", "样例市和平路支行", "6222020000000000034"),),
        new_card=SampleCard("CCB", "样例市中山路支行", "6217000000000000012"), stored=True, has_certificate=True,
    ),
    SampleInvestor(
        key="zhouyuanfan", name="周远帆", note="没有留存照片，没有数字证书",
        note_en="nothing on file, no digital certificate", id_number="119901199207200019",
        phone="13800000002", branch=SHANGHAI, valid_from=date(2020, 3, 1), valid_until=date(2040, 3, 1),
        on_file=(SampleCard("ABC", "样例市人民路支行", "6228480000000000026", linked=True),),
        new_card=SampleCard("CMB", "样例市湖滨支行", "6225880000000019"),
    ),
    SampleInvestor(
        key="chenjiuan", name="陈久安", note="身份证已过有效期",
        note_en="ID card has expired", id_number="119901197909110035",
        phone="13800000003", branch=BEIJING, valid_from=date(2006, 1, 10), valid_until=date(2026, 1, 10),
        on_file=(SampleCard("ICBC", "样例市解放路支行", "6222020000000000075"),),
        new_card=SampleCard("BOC", "样例市东门支行", "6216610000000000057"),
    ),
    SampleInvestor(
        key="wuxiaoman", name="吴小满", note="未满18周岁",
        note_en="under 18", id_number="119901200905050025",
        phone="13800000004", branch=SHANGHAI, valid_from=date(2025, 7, 1), valid_until=date(2035, 7, 1),
        on_file=(SampleCard("ABC", "样例市学府路支行", "6228480000000000067"),),
        new_card=SampleCard("CCB", "样例市学府路支行", "6217000000000000087"),
    ),
    SampleInvestor(
        key="zhengzaitu", name="郑在途", note="有一笔正在办理的业务",
        note_en="a business is in progress", id_number="119901198501010051",
        phone="13800000005", branch=BEIJING, valid_from=date(2015, 2, 2), valid_until=date(2035, 2, 2),
        on_file=(SampleCard("CMB", "样例市北门支行", "6225880000000092"),),
        new_card=SampleCard("CCB", "样例市中山路支行", "6217000000000000012"), pending="change_settlement_account",
    ),
    SampleInvestor(
        key="sunbuqian", name="孙补谦", note="有一份必须先补签的协议",
        note_en="an agreement must be signed first", id_number="119901199006060048",
        phone="13800000006", branch=SHANGHAI, valid_from=date(2018, 8, 8), valid_until=date(2038, 8, 8),
        on_file=(SampleCard("ICBC", "样例市滨江支行", "6222020000000000034"),),
        new_card=SampleCard("ABC", "样例市滨江支行", "6228480000000000026"), has_certificate=True,
        obligation="supplementary_agreement", forced=True,
    ),
)  # fmt: skip

STAFF = (
    SampleStaff(
        "verifier.bj", "何见", "北京营业部视频验证人员", "video verifier, Beijing branch", ("verifier",), BEIJING
    ),
    SampleStaff(
        "verifier.sh", "沈证", "上海营业部视频验证人员", "video verifier, Shanghai branch", ("verifier",), SHANGHAI
    ),
    SampleStaff(
        "reviewer.bj", "高审", "北京营业部柜台人员", "counter reviewer, Beijing branch", ("reviewer",), BEIJING
    ),
    SampleStaff(
        "reviewer.sh", "马核", "上海营业部柜台人员", "counter reviewer, Shanghai branch", ("reviewer",), SHANGHAI
    ),
    SampleStaff("supervisor.bj", "周管", "北京营业部主管", "supervisor, Beijing branch", ("supervisor",), BEIJING),
    SampleStaff("analyst", "罗图", "业务分析人员", "business analyst", ("analyst",), BEIJING),
    SampleStaff("admin", "管理员", "系统管理员", "administrator", ("administrator",), BEIJING),
)
