"""From a decided month to what a reader sees: one small file a table or chart."""

from .month import MonthReport, month_report

__all__ = ["MonthReport", "month_report"]
