"""Doubts about a file as a whole, by code, in the order in which they matter. Pure."""

REMARKS = {
    "row_limit": "sheets that end at the last row a spreadsheet can hold: the rest may be missing",
    "damaged_part": "parts that are damaged; what could be read of them is here",
    "guessed_encoding": "The text is not in UTF-8; look at letters with accents below",
    "not_utf8": "line at which the file stops being UTF-8; what is none is read as Windows-1252, "
    "and the encoding can be corrected",
    "broken_quotes": "lines with a quotation mark that does not close, taken as they stand",
    "undecided_dates": "columns of dates in which day and month could be either way round",
    "mixed_dates": "columns of dates with the day first in some rows and the month in others",
    "no_header_row": "tables without headings",
    "no_heading": "columns without a heading",
    "same_heading": "headings that stand above more than one column",
    "left_out": "rows left out because they repeat the headings or are a total",
}
