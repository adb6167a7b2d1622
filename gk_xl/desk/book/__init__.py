"""汇总.xlsx: one page for the leader, who handed in, what is wrong, the sums in the official form, two years, 雷同."""

from __future__ import annotations

from gk_xl.desk.book.write import summary

__all__ = ["summary"]
