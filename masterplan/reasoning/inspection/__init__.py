"""Checks across documents: each a small function with its own code, sentence and severity. Reads only.

`facts` loads a plan with a constant number of queries, the `of_` modules look at it, `registry` names and runs them.
A finding never blocks anything; a coordinator may set it aside with a reason, which is the business of `actions`.
"""

from .finding import Check, Finding, FindingSubject, Severity
from .registry import CHECK_BY_CODE, CHECKS, inspect

__all__ = ["CHECKS", "CHECK_BY_CODE", "Check", "Finding", "FindingSubject", "Severity", "inspect"]
