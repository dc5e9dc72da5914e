"""Nasty text files. All people are invented."""

import gzip
import io
import json
import stat
import zipfile

HEAD = "Last Name,First Name,DOB,A-Number"
DOE, ROE = "Doe,Ada,1990-01-02,A012345678", "Roe,Bo,1991-02-03,A012345679"
LIST = f"{HEAD}\n{DOE}\n{ROE}\n"
PEOPLE = [
    {"Last Name": "Doe", "case": {"status": "open"}, "aliases": ["A", "B"]},
    {"Last Name": "Roe", "DOB": None},
]
NAMED = [{"name": "Doe", "DOB": "1990-01-02"}, {"name": "Roe", "DOB": "1991-02-03"}]
SPANISH = "Last Name,First Name\nNúñez,José\nPeña,Inés\nMuñoz,Ángel\n"
NOTED = "Last Name,First Name,Notes\n"
RUSSIAN = NOTED + "Иванова,Анна,приехала из города на севере страны\n" * 9
POLISH = "Last Name,First Name\n" + "Żółć,Łukasz\nWiśniewska,Katarzyna\nŹliński,Jan\n" * 4
JAPANESE = "Last Name,First Name\n" + "山田,太郎\n佐藤,花子\n鈴木,一郎\n" * 4


def table(*rows):
    return "".join(f"{row}\n" for row in rows)


def dated(*dates):
    return table("Last Name,DOB", *(f"Doe{number},{day}" for number, day in enumerate(dates)))


def zipped(files, **how):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", **how) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def link():
    info = zipfile.ZipInfo("list.csv")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return info


TEXTS = {
    "csv_with_a_byte_order_mark": LIST.encode("utf-8-sig"),
    "csv_in_utf16_with_a_mark": LIST.encode("utf-16"),
    "csv_in_utf16_without_a_mark": LIST.encode("utf-16-be"),
    "csv_in_windows_1252": SPANISH.encode("cp1252"),
    "csv_in_windows_1251": RUSSIAN.encode("cp1251"),
    "csv_in_windows_1250": POLISH.encode("cp1250"),
    "csv_in_euc_jp": JAPANESE.encode("euc_jp"),
    "csv_in_windows_1251_after_9000_lines_of_ascii": NOTED.encode()
    + b"Doe,Ada,\n" * 9000
    + RUSSIAN.encode("cp1251").removeprefix(NOTED.encode()),
    "csv_in_utf8_and_windows_1251_further_down": (NOTED + "Núñez,José,\n").encode()
    + b"Doe,Ada,\n" * 9000
    + RUSSIAN.encode("cp1251").removeprefix(NOTED.encode()),
    "csv_in_utf8_with_one_windows_letter": (SPANISH * 20).encode() + b"Pe\xf1a,Bo\n",
    "csv_with_nul_bytes": (LIST + "Poe\0,Cy,,\n" * 1).encode() + LIST.encode() * 5,
    "csv_with_semicolons_and_decimal_commas": LIST.replace(",", ";").replace("Ada", "1,5").encode(),
    "csv_with_semicolons_and_commas_in_addresses": table(
        "Last Name;Address;DOB",
        *["Doe;1 Main St, Apt 4, Miami, FL;1990-01-02"] * 8,
        *("Roe;1 A St, Apt 2, X, TX", "Poe;9 B St, Apt 1, Y, CA;1990-01-02;x"),
    ).encode(),
    "csv_with_tabs": LIST.replace(",", "\t").encode(),
    "csv_with_bars": LIST.replace(",", "|").encode(),
    "csv_with_a_sep_line": b"sep=;\n" + LIST.replace(",", ";").encode(),
    "csv_with_quoted_newlines": table(HEAD, '"Doe\nSmith",Ada,1990-01-02,', ROE).encode(),
    "csv_with_an_unclosed_quote": table(HEAD, DOE, '"Roe,Bo,1991-02-03,', DOE, ROE).encode(),
    "csv_with_a_stray_quote": table(HEAD, '"Ada" Doe,Ada,1990-01-02,', ROE).encode(),
    "csv_with_ragged_rows": table(HEAD, DOE + ",more,and more", "Roe").encode(),
    "csv_with_carriage_returns_only": LIST.replace("\n", "\r").encode(),
    "csv_with_mixed_line_ends": table(HEAD, DOE + "\r", ROE).encode(),
    "csv_with_a_title_above": table("Detained on 19 November", "", "", LIST.strip()).encode(),
    "csv_with_two_titles_and_a_gap": table(
        "Detained", "Confidential", "", LIST.strip(), DOE, ROE
    ).encode(),
    "csv_with_headings_run_together": LIST.replace("Last N", "LastN", 1)
    .replace("First N", "FirstN", 1)
    .replace("DOB", "DateOfBirth", 1)
    .encode(),
    "csv_with_two_lines_of_headings": table(
        "Name,,Birth,", "Last,First,Date,A-Number", DOE
    ).encode(),
    "csv_with_totals": table(HEAD, DOE, "Subtotal,1,,", ROE, "Total,2,,").encode(),
    "csv_with_people_called_sum_and_total": table(
        "Name,A-Number,DOB",
        *("Sum Wing Kei,A012345678", "Total Mohammed,,1990-01-02", "Count Basie", "Total: 3,12"),
    ).encode(),
    "csv_with_headings_on_every_page": table(HEAD, DOE, HEAD, ROE).encode(),
    "csv_with_a_second_table_below": table(
        LIST.strip(), "", "Client Name,Phone", "Poe Cy,202-555-0101"
    ).encode(),
    "csv_without_headings": table(DOE, ROE).encode(),
    "csv_with_the_same_heading_twice": table("Last Name,Notes,Notes", "Doe,a,b").encode(),
    "csv_with_a_column_without_heading": table("Last Name,,DOB", "Doe,x,1990-01-02").encode(),
    "csv_with_dates_that_nobody_can_order": dated("03/04/1990", "05/06/1991").encode(),
    "csv_with_dates_both_ways_round": dated("13/04/1990", "04/13/1990", "03/04/1990").encode(),
    "csv_with_dates_half_converted": dated(
        "1990-01-10", "1990-02-11", "1990-03-12", "01/02/1990"
    ).encode(),
    "csv_with_days_of_no_calendar": dated(
        *("1990/01/05", "19900105", "31/02/1990", "45/45/1990", "1990-13-45", "3 Jan 1990 13:45")
    ).encode(),
    "csv_with_dates_that_prove_the_day_first": dated("13/04/1990", "03/04/1990").encode(),
    "csv_with_excel_serial_dates": dated("32875", "33000").encode(),
    "csv_with_dates_that_are_none": dated("1990-01-02", "unknown").encode(),
    "csv_with_rounded_a_numbers": table(
        "Last Name,A-Number", "Doe,1.2E+08", "Roe,12345678"
    ).encode(),
    "csv_with_decimal_a_numbers": table("Last Name,A-Number", "Doe,12345678.0").encode(),
    "csv_with_lost_zeros": table("Last Name,ZIP", "Doe,2134", "Roe,62701").encode(),
    "csv_with_formulas": table(
        "Last Name,Notes", 'Doe,"=HYPERLINK(""x"")"', "Roe,@SUM(A1)"
    ).encode(),
    "csv_with_mojibake": table("Last Name,DOB", "NÃºÃ±ez,1990-01-02").encode(),
    "csv_with_cut_off_notes": table("Last Name,Notes", f"Doe,{'x' * 255}").encode(),
    "csv_with_one_column": table("A-Number", "A012345678", "A012345679").encode(),
    "csv_with_blank_lines_between": table(HEAD, "", DOE, ",,,", ROE).encode(),
    "csv_with_only_a_heading": table(HEAD).encode(),
    "csv_with_nothing_but_blanks": b" \n\n , ,\n",
    "json_with_values_in_values": json.dumps(PEOPLE).encode(),
    "json_lines_with_unlike_keys": "\n".join(map(json.dumps, PEOPLE)).encode(),
    "json_that_wraps_a_list": json.dumps({"data": NAMED}).encode(),
    "json_that_wraps_lists_and_says_more": json.dumps(
        {"office": "Reno", "found": {"people": NAMED, "staff": NAMED[:1]}}, indent=2
    ).encode(),
    "json_of_one_person_on_many_lines": json.dumps(NAMED[0], indent=2).encode(),
    "json_of_lists_in_a_list": json.dumps([["name", "DOB"], ["Doe", "1990-01-02"]]).encode(),
    "json_by_key": json.dumps({"A012345678": NAMED[0], "A012345679": NAMED[1]}).encode(),
    "json_with_a_key_twice": b'[{"name": "Doe", "name": "Roe"}]',
    "json_with_a_number_of_5000_digits": b'[{"name": "Doe", "number": %s}]' % (b"7" * 5000),
    "json_with_half_a_letter": b'[{"name": "Doe \\ud83d", "\\ude00": 1}]',
    "json_lines_with_a_line_separator_in_a_name": '{"name": "Doe\u2028Ada"}\n'.encode() * 2,
    "csv_whose_headings_stand_in_brackets": b"[Name],[A-Number]\nDoe,A012345678\n",
    "csv_that_begins_with_braces": b"{3F2504E0-4F89},Doe,A012345678\n{3F2504E1-4F89},Roe,\n",
    "json_cut_off": json.dumps(PEOPLE).encode()[:-9],
    "json_without_end": b"[" * 100_000,
    "sql_dump": b"-- dump\nCREATE TABLE people (name text);\nINSERT INTO people VALUES ('Doe');\n",
    "sql_dump_after_100_kb_of_comments": b"--\n-- PostgreSQL database dump\n--\n"
    + b"-- c\n" * 20_000,
    "sql_dump_that_connects_first": b"\\connect x\nCREATE TABLE people (name text);\n",
    "sql_dump_that_alters_first": b"ALTER TABLE x;\nINSERT INTO people VALUES ('Doe');\n",
    "sql_dump_that_replaces": b"/*!40101 SET NAMES utf8 */;\n/*x*/ REPLACE INTO `p` VALUES (1);\n",
    "pdf_after_a_blank_line": b"\n%PDF-1.7 ...",
    "pdf_table": b"%PDF-1.7 ...",
    "web_page_called_xls": b"<html><table><tr><td>Doe</td></tr></table></html>",
    "xml_spreadsheet_of_2003": b'<?xml version="1.0"?><Workbook/>',
    "picture_called_csv": b"\x89PNG\r\n\0\0\0\0",
    "sqlite_database": b"SQLite format 3\0" + bytes(80),
    "seven_zip": b"7z\xbc\xaf\x27\x1c....",
    "gz_of_a_csv": gzip.compress(LIST.encode()),
    "gz_cut_off": gzip.compress(LIST.encode())[:-9],
    "gz_bomb": gzip.compress(b"a,b\n" * 2_000_000),
    "zip_of_two_lists": zipped({"read me.txt": b"Nothing here", "list.csv": LIST}),
    "zip_of_a_guessed_and_a_plain_list": zipped({"a.csv": SPANISH.encode("cp1252"), "b.csv": LIST}),
    "zip_made_on_a_mac": zipped(
        {"a.csv": LIST, "__MACOSX/._a.csv": bytes(99), ".DS_Store": b"\0\0\0\1Bud1"}
    ),
    "zip_with_a_pdf_beside_a_list": zipped({"a.csv": LIST, "Doe.pdf": b"%PDF-1.7"}),
    "zip_with_nothing": zipped({}),
    "tar_in_a_gz": gzip.compress(bytes(257) + b"ustar" + bytes(250)),
    "zip_in_a_zip": zipped({"a.zip": zipped({"a.csv": LIST})}),
    "zip_with_a_link": zipped({link(): "/etc/hostname"}),
    "zip_bomb": zipped({"a.csv": b"0" * 50_000_000}, compression=zipfile.ZIP_DEFLATED),
    "zip_with_a_picture": zipped({"a.png": b"\x89PNG\r\n\0\0\0\0"}),
}
