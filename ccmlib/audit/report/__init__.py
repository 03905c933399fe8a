"""The audit-sampling report: one load, then one call a section. The notebook calls this and nothing else."""

from .report import AuditReport, audit_report

__all__ = ["AuditReport", "audit_report"]
