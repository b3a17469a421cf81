"""A run as one page that holds everything: to be kept, printed and sent."""

from engine.files.report.page import Drawn, Report, report_page, save_report
from engine.files.report.sections import Again

__all__ = ["Again", "Drawn", "Report", "report_page", "save_report"]
