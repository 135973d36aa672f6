"""Is an uploaded file what it should be, and harmless? Judged by its content alone."""

from gerai.papers.reading.checking import LARGEST, checked, clean_name
from gerai.papers.reading.kinds import MOST_PAGES, File, Reason, Unfit

__all__ = ["LARGEST", "MOST_PAGES", "File", "Reason", "Unfit", "checked", "clean_name"]
