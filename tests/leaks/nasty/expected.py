"""What is read of each nasty file.

Tables as (rows, row of the headings), the main one first; then what must be reported beside them.
A text alone: the file is refused with a sentence that has these words.
"""

from typing import NamedTuple


class Read(NamedTuple):
    """What is read; each mapping must be found in what is reported."""

    tables: list[tuple[int, int]]
    hidden: dict[str, int] = {}
    remarks: dict[str, int] = {}
    problems: dict[str, int] = {}
    encoding: str = ""
    delimiter: str = ""


LIST = [(2, 1)]
EXPECTED = {
    "csv_with_a_byte_order_mark": Read(LIST, encoding="utf-8-sig"),
    "csv_in_utf16_with_a_mark": Read(LIST, encoding="utf-16"),
    "csv_in_utf16_without_a_mark": Read(LIST, encoding="utf-16-be"),
    "csv_in_windows_1252": Read([(3, 1)], remarks={"guessed_encoding": 1}, encoding="cp1252"),
    "csv_in_windows_1251": Read([(9, 1)], remarks={"guessed_encoding": 1}, encoding="cp1251"),
    "csv_in_windows_1250": Read([(12, 1)], remarks={"guessed_encoding": 1}, encoding="cp1250"),
    "csv_in_euc_jp": Read([(12, 1)], remarks={"guessed_encoding": 1}, encoding="euc_jp"),
    "csv_in_windows_1251_after_9000_lines_of_ascii": Read(
        [(9009, 1)], remarks={"guessed_encoding": 1}, encoding="cp1251"
    ),
    "csv_in_utf8_and_windows_1251_further_down": Read(
        [(9010, 1)], remarks={"not_utf8": 9003}, encoding="utf-8"
    ),
    "csv_in_utf8_with_one_windows_letter": Read(
        [(61, 1)], remarks={"left_out": 19, "not_utf8": 81}
    ),
    "csv_with_nul_bytes": Read([(13, 1)], remarks={"left_out": 5}),
    "csv_with_semicolons_and_decimal_commas": Read(LIST, delimiter=";"),
    "csv_with_semicolons_and_commas_in_addresses": Read(
        [(10, 1)], delimiter=";", problems={"too_many_cells": 1}
    ),
    "csv_with_tabs": Read(LIST, delimiter="\t"),
    "csv_with_bars": Read(LIST, delimiter="|"),
    "csv_with_a_sep_line": Read([(2, 2)], delimiter=";"),
    "csv_with_quoted_newlines": Read(LIST),
    "csv_with_an_unclosed_quote": Read([(4, 1)], problems={"broken_quotes": 3}),
    "csv_with_a_stray_quote": Read(LIST, problems={"broken_quotes": 1}),
    "csv_with_ragged_rows": Read(LIST, problems={"too_many_cells": 1}, remarks={"no_heading": 2}),
    "csv_with_carriage_returns_only": Read(LIST),
    "csv_with_mixed_line_ends": Read(LIST),
    "csv_with_a_title_above": Read([(2, 4)]),
    "csv_with_two_titles_and_a_gap": Read([(4, 4)]),
    "csv_with_headings_run_together": Read(LIST),
    "csv_with_two_lines_of_headings": Read([(1, 1)]),
    "csv_with_totals": Read(LIST, remarks={"left_out": 2}),
    "csv_with_people_called_sum_and_total": Read([(3, 1)], remarks={"left_out": 1}),
    "csv_with_headings_on_every_page": Read(LIST, remarks={"left_out": 1}),
    "csv_with_a_second_table_below": Read([(2, 1), (1, 5)]),
    "csv_without_headings": Read(LIST, remarks={"no_header_row": 1}),
    "csv_with_the_same_heading_twice": Read([(1, 1)], remarks={"same_heading": 1}),
    "csv_with_a_column_without_heading": Read([(1, 1)], remarks={"no_heading": 1}),
    "csv_with_dates_that_nobody_can_order": Read(
        LIST, remarks={"undecided_dates": 1}, problems={"ambiguous_date": 2}
    ),
    "csv_with_dates_both_ways_round": Read(
        [(3, 1)], remarks={"mixed_dates": 1}, problems={"ambiguous_date": 1}
    ),
    "csv_with_dates_half_converted": Read(
        [(4, 1)], remarks={"undecided_dates": 1}, problems={"ambiguous_date": 1}
    ),
    "csv_with_days_of_no_calendar": Read([(6, 1)], problems={"not_a_date": 3}),
    "csv_with_dates_that_prove_the_day_first": Read(LIST, problems={}),
    "csv_with_excel_serial_dates": Read(LIST, problems={"serial_date": 2}),
    "csv_with_dates_that_are_none": Read(LIST, problems={"not_a_date": 1}),
    "csv_with_rounded_a_numbers": Read(LIST, problems={"rounded": 1}),
    "csv_with_decimal_a_numbers": Read([(1, 1)], problems={"decimal": 1}),
    "csv_with_lost_zeros": Read(LIST, problems={"lost_zero": 1}),
    "csv_with_formulas": Read(LIST, problems={"formula": 2}),
    "csv_with_mojibake": Read([(1, 1)], problems={"damaged_letters": 1}),
    "csv_with_cut_off_notes": Read([(1, 1)], problems={"cut_off": 1}),
    "csv_with_one_column": Read(LIST),
    "csv_with_blank_lines_between": Read(LIST),
    "csv_with_only_a_heading": "no table",
    "csv_with_nothing_but_blanks": "no table",
    "json_with_values_in_values": Read([(2, 0)]),
    "json_lines_with_unlike_keys": Read([(2, 0)]),
    "json_that_wraps_a_list": Read([(2, 0)]),
    "json_that_wraps_lists_and_says_more": Read([(2, 0), (1, 0), (1, 0)]),
    "json_of_one_person_on_many_lines": Read([(1, 0)]),
    "json_of_lists_in_a_list": Read([(1, 1)]),
    "json_by_key": Read([(2, 0)]),
    "json_with_a_key_twice": Read([(1, 0)]),
    "json_with_a_number_of_5000_digits": Read([(1, 0)]),
    "json_with_half_a_letter": Read([(1, 0)], problems={"damaged_letters": 1}),
    "json_lines_with_a_line_separator_in_a_name": Read([(2, 0)]),
    "csv_whose_headings_stand_in_brackets": Read([(1, 1)], delimiter=","),
    "csv_that_begins_with_braces": Read([(2, 1)], remarks={"no_header_row": 1}, delimiter=","),
    "json_cut_off": "like JSON",
    "json_without_end": "like JSON",
    "sql_dump": "SQL dump. Restore it",
    "sql_dump_after_100_kb_of_comments": "SQL dump. Restore it",
    "sql_dump_that_connects_first": "SQL dump. Restore it",
    "sql_dump_that_alters_first": "SQL dump. Restore it",
    "sql_dump_that_replaces": "SQL dump. Restore it",
    "pdf_after_a_blank_line": "Ask for the spreadsheet",
    "pdf_table": "Ask for the spreadsheet",
    "web_page_called_xls": "web page",
    "xml_spreadsheet_of_2003": "save it as XLSX",
    "picture_called_csv": "not a spreadsheet",
    "sqlite_database": "export each table as CSV",
    "seven_zip": "unpack it",
    "gz_of_a_csv": Read(LIST),
    "gz_cut_off": "cut off",
    "gz_bomb": "far too much",
    "zip_of_two_lists": Read(LIST),
    "zip_of_a_guessed_and_a_plain_list": Read(
        [(3, 1), (2, 1)], remarks={"guessed_encoding": 1}, encoding="cp1252"
    ),
    "zip_made_on_a_mac": Read(LIST),
    "zip_with_a_pdf_beside_a_list": r"^File 2 of 2 in the ZIP \(\.pdf\) cannot be read.*Ask for",
    "zip_with_nothing": "ZIP is empty",
    "tar_in_a_gz": "tar archive; unpack it",
    "zip_in_a_zip": "ZIP inside",
    "zip_with_a_link": "link",
    "zip_bomb": "would unpack to",
    "zip_with_a_picture": "not a spreadsheet",
    "xlsx_with_a_hidden_sheet": Read(
        [(7, 1), (2, 1)], hidden={"hidden_sheets": 1, "hidden_sheet_rows": 8}
    ),
    "xlsx_with_a_very_hidden_sheet": Read(
        [(7, 1), (2, 1)], hidden={"hidden_sheets": 1, "hidden_sheet_rows": 8}
    ),
    "xlsx_with_more_people_on_the_hidden_sheet": Read(
        [(150, 1), (2, 1)], hidden={"hidden_sheets": 1, "hidden_sheet_rows": 151}
    ),
    "xlsx_with_a_pivot_cache_whose_source_is_gone": Read(
        [(2, 1), (5, 1)], hidden={"pivot_caches": 1, "pivot_records": 5}
    ),
    "xlsx_with_a_damaged_pivot_cache": Read(LIST, remarks={"damaged_part": 1}),
    "xlsx_with_a_filter": Read([(3, 1)], hidden={"filters": 1, "filtered_rows": 2}),
    "xlsx_with_hidden_sheet_pivot_cache_and_filter": Read(
        [(33, 1), (2, 1), (150, 1)],
        hidden={
            "hidden_sheets": 1,
            "hidden_sheet_rows": 34,
            "filters": 1,
            "filtered_rows": 1,
            "pivot_caches": 1,
            "pivot_records": 150,
        },
    ),
    "xlsx_with_a_hidden_row_and_column": Read(LIST, hidden={"hidden_rows": 1, "hidden_columns": 1}),
    "xlsx_with_comment_merged_cells_formula_and_name": Read(
        LIST,
        hidden={"comments": 1, "merged_cells": 1, "formulas": 1, "defined_names": 1},
        problems={"formula_cell": 1},
    ),
    "xlsx_with_tables_side_by_side": Read([(3, 1), (2, 1)]),
    "xlsx_with_a_title_and_totals": Read([(2, 3)], remarks={"left_out": 1}),
    "xlsx_with_a_sheet_in_no_list": Read(LIST, hidden={"orphans": 1}),
    "xlsx_with_a_sheet_that_only_the_relations_list": Read(LIST, hidden={"orphans": 1}),
    "xlsx_with_a_row_and_columns_of_no_size": Read(
        LIST, hidden={"hidden_rows": 1, "hidden_columns": 2}
    ),
    "xlsx_with_rows_hidden_by_default": Read(LIST, hidden={"hidden_rows": 3}),
    "xlsx_with_single_quotes": Read(LIST, hidden={"hidden_rows": 1, "hidden_columns": 3}),
    "xlsx_with_a_thread_and_a_comment": Read(LIST, hidden={"comments": 3}),
    "xlsx_with_parts_that_nobody_sees": Read(
        LIST,
        hidden={
            "data_models": 1,
            "custom_xml": 1,
            "connections": 1,
            "custom_properties": 1,
            "drawing_texts": 1,
            "chart_values": 2,
        },
    ),
    "xlsx_with_revisions": Read(LIST, hidden={"revisions": 1}),
    "xlsx_with_external_cells": Read(LIST, hidden={"external_links": 1, "external_rows": 2}),
    "xlsx_with_embedded_file_and_macros": Read(LIST, hidden={"embedded": 1}),
    "xlsx_cut_off": "cut off",
    "xlsx_with_billion_laughs": "damaged",
    "xlsx_with_a_file_of_the_server": "damaged",
    "xlsx_with_one_far_cell": "claims more than",
    "document_called_xlsx": "not a spreadsheet",
    "xls_hidden_sheet_row_and_column": Read(
        [(5, 1), (4, 1)],
        hidden={
            "hidden_sheets": 1,
            "hidden_rows": 1,
            "hidden_columns": 1,
            "merged_cells": 1,
            "formulas": 1,
        },
        problems={"formula_cell": 1},
    ),
    "ods_with_filtered_and_hidden_rows": Read(
        [(3, 1)], hidden={"filtered_rows": 1, "hidden_rows": 1}
    ),
    "ods_with_a_hidden_column": Read([(1, 1)], hidden={"hidden_columns": 1}),
    "ods_with_folded_groups": Read([(3, 1)], hidden={"hidden_rows": 2, "hidden_columns": 2}),
    "ods_with_a_password": "has a password",
    "zip_of_a_workbook": Read(LIST),
}
