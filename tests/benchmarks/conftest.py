"""Options of the benchmarks: how large, how often."""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("benchmarks")
    group.addoption("--initiatives", type=int, default=110, help="initiatives of the benchmark's book (110: 300 pages)")
    group.addoption("--variants", default="layar,arsip,a3", help="shapes in which Buku 2 is made besides; empty: none")
    group.addoption("--runs", type=int, default=3, help="how often each kind of run is made, by turns")
    group.addoption(
        "--ladder", default="75,150,300,600,1200", help="pages of the books made one after the other; empty: none"
    )
