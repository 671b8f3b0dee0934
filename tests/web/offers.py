"""What a browser would offer to a media server: enough for an answer, with nobody behind it."""

from __future__ import annotations

TRANSPORT = """c=IN IP4 0.0.0.0
a=rtcp:9 IN IP4 0.0.0.0
a=ice-ufrag:abcd
a=ice-pwd:abcdefghijklmnopqrstuvwx
a=fingerprint:sha-256 {fingerprint}
a=setup:actpass
a=rtcp-mux
a=mid:{mid}
"""
FINGERPRINT = ":".join(["AB"] * 32)


def offer() -> str:
    """One voice and one picture to be sent."""
    voice = "m=audio 9 UDP/TLS/RTP/SAVPF 111\n" + _transport(0)
    voice += "a=sendonly\na=msid:s a\na=rtpmap:111 opus/48000/2\na=ssrc:1111 cname:x\n"
    picture = "m=video 9 UDP/TLS/RTP/SAVPF 96\n" + _transport(1)
    picture += "a=sendonly\na=msid:s v\na=rtpmap:96 VP8/90000\na=rtcp-fb:96 nack pli\na=ssrc:2222 cname:x\n"
    return _whole(voice + picture)


def _transport(mid: int) -> str:
    return TRANSPORT.format(fingerprint=FINGERPRINT, mid=mid)


def _whole(media: str) -> str:
    head = "v=0\no=- 1 2 IN IP4 127.0.0.1\ns=-\nt=0 0\na=group:BUNDLE 0 1\na=msid-semantic: WMS s\n"
    return (head + media).replace("\n", "\r\n")
