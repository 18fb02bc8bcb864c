"""Figures that documents publish, as data beside the templates that work them out, and what becomes of each.

<template>.csv     a row per published figure: case, option, settings, output, unit, published, rounding, note
case.py            a row as a Case, faults named with file, line and field
reconciliation.py  each case worked out by its template and compared with print

reconcile("serving_cost")  every case of a template, computed beside published, with a verdict
"""

from __future__ import annotations

from unitledger.templates.published.case import cases
from unitledger.templates.published.reconciliation import Reconciled, Verdict, reconcile
from unitledger.workbook.published import Case

__all__ = ["Case", "Reconciled", "Verdict", "cases", "reconcile"]
