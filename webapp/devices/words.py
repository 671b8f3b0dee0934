"""Each device by its name, and for each fault what is wrong and what helps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.tables import DeviceCheck
from webapp.devices.judging import ITEMS
from webapp.language import words as _


@dataclass(frozen=True)
class Result:
    """One device in one check. `wrong` and `cure` are empty where it is well."""

    item: str
    name: str
    wrong: str
    cure: str


def results(row: DeviceCheck) -> list[Result]:
    """A check, device by device."""
    names = item_names()
    return [Result(item, names[item], *_said(item, row.faults.get(item, ""))) for item in ITEMS]


def item_names() -> Mapping[str, str]:
    return {
        "browser": _("浏览器"),
        "camera": _("摄像头"),
        "microphone": _("麦克风"),
        "loudspeaker": _("扬声器"),
        "network": _("网络"),
        "connection": _("视频连接"),
    }


def _said(item: str, fault: str) -> tuple[str, str]:
    return FAULTS[item, fault]() if fault else ("", "")


def _insecure() -> tuple[str, str]:
    return (
        _("这个地址不是安全连接（https），浏览器不允许使用摄像头和麦克风"),
        _("请用以 https 开头的网址打开本站，或者用手机扫描下面的二维码继续。"),
    )


def _camera_denied() -> tuple[str, str]:
    return (
        _("浏览器没有得到使用摄像头的许可"),
        _("请点击地址栏左边的图标，把“摄像头”改为“允许”，再检测一次。手机请在系统设置中允许浏览器使用相机。"),
    )


def _camera_missing() -> tuple[str, str]:
    return (
        _("没有找到摄像头"),
        _("请接上摄像头，确认没有用开关或盖子关闭，再检测一次；没有摄像头的电脑，请用手机扫描下面的二维码继续。"),
    )


def _camera_in_use() -> tuple[str, str]:
    return (
        _("摄像头正被其他程序占用"),
        _("请关闭其他使用摄像头的程序或网页（如会议软件），再检测一次。"),
    )


def _camera_failed() -> tuple[str, str]:
    return (
        _("摄像头没有打开"),
        _("请拔下再接上摄像头，或重新启动浏览器，再检测一次。"),
    )


def _black() -> tuple[str, str]:
    return (
        _("摄像头的画面是黑的或没有内容"),
        _("请打开镜头盖或隐私开关，擦净镜头，打开灯，再检测一次。"),
    )


def _still() -> tuple[str, str]:
    return (
        _("摄像头的画面一动不动"),
        _("请在镜头前动一动，再检测一次；如果用的是虚拟摄像头，请换成真实的摄像头。"),
    )


def _simulated() -> tuple[str, str]:
    return _("正式办理不能使用模拟摄像头"), _("请使用真实的摄像头，再检测一次。")


def _microphone_denied() -> tuple[str, str]:
    return (
        _("浏览器没有得到使用麦克风的许可"),
        _("请点击地址栏左边的图标，把“麦克风”改为“允许”，再检测一次。手机请在系统设置中允许浏览器使用麦克风。"),
    )


def _microphone_missing() -> tuple[str, str]:
    return _("没有找到麦克风"), _("请接上麦克风或耳麦，再检测一次；没有麦克风的电脑，请用手机扫描下面的二维码继续。")


def _microphone_in_use() -> tuple[str, str]:
    return _("麦克风正被其他程序占用"), _("请关闭其他使用麦克风的程序或网页，再检测一次。")


def _microphone_failed() -> tuple[str, str]:
    return _("麦克风没有打开"), _("请拔下再接上麦克风，或重新启动浏览器，再检测一次。")


def _silent() -> tuple[str, str]:
    return (
        _("麦克风没有声音"),
        _("检测时请对着麦克风说话；请确认没有静音，并在系统的声音设置中选对麦克风、调大音量。"),
    )


def _unheard() -> tuple[str, str]:
    return _("还没有输入听到的数字"), _("请点击“播放数字”，把听到的数字输入后点击“核对”。")


def _wrong() -> tuple[str, str]:
    return (
        _("输入的数字与播放的不同"),
        _("请调大音量或戴上耳机，确认声音从正确的设备放出。数字已更换，请重新播放。"),
    )


def _slow() -> tuple[str, str]:
    return (
        _("网络太慢，视频会中断"),
        _("请靠近无线路由器或改用网线，停止下载和其他视频，或者换手机网络，再检测一次。"),
    )


def _no_relay() -> tuple[str, str]:
    return (
        _("连不上视频中转服务器"),
        _("所在的网络可能限制了视频通话（常见于公司网络）。请换手机网络或家庭网络，再检测一次，或者预约其他时间。"),
    )


def _no_connection() -> tuple[str, str]:
    return (
        _("浏览器不能建立视频连接"),
        _("请关闭会阻止视频通话的浏览器扩展或代理，或者换一个新版的浏览器，再检测一次。"),
    )


FAULTS = {
    ("browser", "insecure"): _insecure,
    ("camera", "denied"): _camera_denied,
    ("camera", "missing"): _camera_missing,
    ("camera", "in_use"): _camera_in_use,
    ("camera", "failed"): _camera_failed,
    ("camera", "black"): _black,
    ("camera", "still"): _still,
    ("camera", "simulated"): _simulated,
    ("microphone", "denied"): _microphone_denied,
    ("microphone", "missing"): _microphone_missing,
    ("microphone", "in_use"): _microphone_in_use,
    ("microphone", "failed"): _microphone_failed,
    ("microphone", "silent"): _silent,
    ("loudspeaker", "unheard"): _unheard,
    ("loudspeaker", "wrong"): _wrong,
    ("network", "slow"): _slow,
    ("connection", "no_relay"): _no_relay,
    ("connection", "none"): _no_connection,
}
