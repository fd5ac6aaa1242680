"""Only nginx on this machine may say where a request came from."""

import pytest

from app.realtime import address


@pytest.mark.parametrize(
    ("peer", "forwarded", "found"),
    [
        ("127.0.0.1", "192.0.2.1", "192.0.2.1"),
        ("127.0.0.1", "203.0.113.9, 192.0.2.1", "192.0.2.1"),
        ("::1", "2001:db8::1", "2001:db8::1"),
        ("", "192.0.2.1", "192.0.2.1"),
        ("127.0.0.1", None, "127.0.0.1"),
        ("127.0.0.1", "nonsense", "127.0.0.1"),
        ("192.0.2.7", "192.0.2.1", "192.0.2.7"),
        ("::ffff:192.0.2.7", None, "192.0.2.7"),
        ("", None, address.UNKNOWN),
    ],
)
def test_knows_where_a_request_came_from(peer, forwarded, found):
    environ = {"REMOTE_ADDR": peer}
    if forwarded is not None:
        environ["HTTP_X_FORWARDED_FOR"] = forwarded
    assert address.of(environ) == found


@pytest.mark.parametrize(
    ("whose", "home"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("2001:DB8:1:2::5", "2001:db8:1:2::"),
        ("2001:db8:1:3::5", "2001:db8:1:3::"),
        ("2001:db8::5", "2001:db8::"),
        (address.UNKNOWN, address.UNKNOWN),
    ],
)
def test_counts_ipv6_by_the_network_of_a_home(whose, home):
    assert address.home(whose) == home


def test_knows_the_networks_of_a_setting():
    known = address.networks(["10.0.0.0/8", "::1", "192.0.2.1"])
    assert address.is_in("10.1.2.3", known)
    assert address.is_in("::1", known)
    assert not address.is_in("192.0.2.2", known)
    with pytest.raises(ValueError, match="nonsense"):
        address.networks(["nonsense"])
