import gzip

import pyarrow as pa
import pytest

from serve.encoding import CODINGS, choose_coding


@pytest.mark.parametrize(
    ("accepted", "chosen"),
    [
        (None, None),
        ("", None),
        ("identity", None),
        ("gzip, deflate, br, zstd", "br"),
        ("gzip, deflate", "gzip"),
        ("br;q=0, gzip", "gzip"),
        ("br;q=0.1, gzip;q=0.9", "br"),
        ("gzip;q=0", None),
        ("GZIP", "gzip"),
        ("zstd, dcb, snappy", None),
        ("*", "br"),
        ("br;q=0, *", "gzip"),
        ("*;q=0", None),
        ("gzip;q=nonsense", None),
        (";;,,;q=1", None),
    ],
)
def test_the_best_coding_that_the_client_takes(accepted: str | None, chosen: str | None) -> None:
    assert choose_coding(accepted) == chosen


def test_each_coding_gives_the_same_bytes_back() -> None:
    body = "一年 tCO2 ".encode() * 2000
    assert gzip.decompress(CODINGS["gzip"](body)) == body
    assert pa.Codec("brotli").decompress(CODINGS["br"](body), len(body), asbytes=True) == body
    assert all(len(encode(body)) < len(body) / 10 for encode in CODINGS.values())
