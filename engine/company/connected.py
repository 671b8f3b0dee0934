"""What a company must connect before real customers come: said wherever somebody looks whether all is ready."""

from __future__ import annotations

from engine.company.problems import Problem

NO_AUTHORITY = Problem(
    "",
    "还没有接通证书机构：不能签发也不能识别数字证书，要用证书签署的业务在网上办不完；客户在登录前会看到这一点（docs/operating.md）",
    "there is no certificate authority: nobody can be given a certificate or use one, so that what is signed with one "
    "cannot be finished online; customers read so before they sign in (docs/operating.md)",
)
NO_GATEWAY = Problem(
    "",
    "还没有接通短信通道：短信只存在数据库里，客户收不到验证码（docs/operating.md）",
    "there is no SMS gateway: texts are kept in the database, no customer gets his code (docs/operating.md)",
)
