"""Nasty workbooks. All people are invented."""

import io
import re
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
from openpyxl.comments import Comment

HERE = Path(__file__).parent
HEAD = ["Last Name", "First Name", "DOB", "A-Number"]
DOE = ["Doe", "Ada", date(1990, 1, 2), 12345678]
ROE = ["Roe", "Bo", date(1991, 2, 3), 12345679]
NS = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
ODS = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)


def book(*rows):
    made = openpyxl.Workbook()
    for row in rows or (HEAD, DOE, ROE):
        made.active.append(row)
    return made


def saved(made):
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def added(content, **parts):
    """Add parts to a workbook, e.g. xl__pivotCache__pivotCacheDefinition1="<…>"."""
    out = io.BytesIO(content)
    with zipfile.ZipFile(out, "a") as archive:
        for name, text in parts.items():
            archive.writestr(name.replace("__", "/") + ".xml", text)
    return out.getvalue()


def replaced(content, name, text):
    """Replace one part of a workbook."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", 8) as new:
        for one in old.namelist():
            new.writestr(one, text if one == name else old.read(one))
    return out.getvalue()


def with_hidden_sheet(rows, state="hidden"):
    made = book()
    sheet = made.create_sheet("old")
    sheet.sheet_state = state
    sheet.append(HEAD)
    for number in range(rows):
        sheet.append([f"Poe{number}", "Cy", date(1992, 3, 4), 20000000 + number])
    return made


def with_pivot(content, rows):
    """Add a pivot cache of `rows` records whose source is gone."""
    fields = "".join(f'<cacheField name="{name}"><sharedItems/></cacheField>' for name in HEAD[:2])
    shared = '<sharedItems><s v="Cuba"/><s v="Peru"/></sharedItems>'
    fields += f'<cacheField name="Nationality">{shared}</cacheField>'
    records = "".join(f'<r><s v="Koe{n}"/><s v="Di"/><x v="{n % 2}"/></r>' for n in range(rows))
    definition = f"<pivotCacheDefinition {NS}><cacheFields>{fields}</cacheFields>"
    return added(
        content,
        xl__pivotCache__pivotCacheDefinition1=f"{definition}</pivotCacheDefinition>",
        xl__pivotCache__pivotCacheRecords1=f"<pivotCacheRecords {NS}>{records}</pivotCacheRecords>",
    )


def with_filter():
    made = book(HEAD, DOE, ROE, ["Zoe", "Ed", date(1993, 4, 5), 12345680])
    made.active.auto_filter.ref = "A1:D4"
    made.active.auto_filter.add_filter_column(0, ["Doe"])
    for row in (3, 4):
        made.active.row_dimensions[row].hidden = True
    return made


def hidden_pivot_and_filter():
    made = with_hidden_sheet(33)
    made.active.auto_filter.ref = "A1:D3"
    made.active.auto_filter.add_filter_column(0, ["Doe"])
    made.active.row_dimensions[3].hidden = True
    return with_pivot(saved(made), 150)


def with_hidden_row_and_column():
    made = book()
    made.active.row_dimensions[3].hidden = True
    made.active.column_dimensions["D"].hidden = True
    return made


def with_extras():
    made = book()
    made.active["A2"].comment = Comment("ask about this", "someone")
    made.active.merge_cells("F1:G1")
    made.active["F2"] = "=1+1"
    made.defined_names["secret"] = openpyxl.workbook.defined_name.DefinedName(
        "secret", attr_text="Sheet!$A$1"
    )
    return made


def side_by_side():
    return book(
        ["Last Name", "A-Number", None, "Last Name", "A-Number"],
        ["Doe", 12345678, None, "Roe", 12345679],
        ["Poe", 12345670, None, "Zoe", 12345671],
        ["Koe", 12345672],
    )


def strings(entities):
    cells = "".join(
        f'<row r="{n}"><c r="A{n}" t="inlineStr"><is><t>{text}</t></is></c></row>'
        for n, text in enumerate(("Last Name", "Doe", "&x;"), 1)
    )
    sheet = f"<worksheet {NS}><sheetData>{cells}</sheetData></worksheet>"
    sheet = f'<?xml version="1.0"?><!DOCTYPE l [{entities}]>{sheet}'
    return replaced(saved(book()), "xl/worksheets/sheet1.xml", sheet)


def laughs():
    return '<!ENTITY a "aaaaaaaaaa">' + "".join(
        f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)
    ) + '<!ENTITY x "&j;">'  # fmt: skip


def far_cell():
    cell = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    sheet = f'<?xml version="1.0"?><worksheet {NS}><sheetData>{cell}</sheetData></worksheet>'
    return replaced(saved(book()), "xl/worksheets/sheet1.xml", sheet)


def retold(old, new):
    """Return a workbook with another text in its sheet."""
    with zipfile.ZipFile(io.BytesIO(PLAIN)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    assert old in sheet
    return replaced(PLAIN, "xl/worksheets/sheet1.xml", sheet.replace(old, new))


def with_unlisted_sheet():
    """Take the second sheet out of the workbook's list; its relation stays."""
    content = saved(with_hidden_sheet(2))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        listing = archive.read("xl/workbook.xml").decode()
    return replaced(content, "xl/workbook.xml", re.sub(r"<sheet [^>]*hidden[^>]*>", "", listing))


def ods(rows, before=""):
    def cell(value):
        text = f"<text:p>{value}</text:p>"
        return f'<table:table-cell office:value-type="string">{text}</table:table-cell>'

    def row(attributes, cells):
        return f"<table:table-row{attributes}>{''.join(map(cell, cells))}</table:table-row>"

    body = "".join(one if isinstance(one, str) else row(*one) for one in rows)
    content = (
        f'<?xml version="1.0"?><office:document-content {ODS}><office:body><office:spreadsheet>'
        f'<table:table table:name="list">{before}{body}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        '<?xml version="1.0"?><manifest:manifest '
        'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
        "</manifest:manifest>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", kind)
        archive.writestr("META-INF/manifest.xml", manifest)
        archive.writestr("content.xml", content)
    return out.getvalue()


PLAIN = saved(book())
BOOKS = {
    "xlsx_with_a_hidden_sheet": saved(with_hidden_sheet(7)),
    "xlsx_with_a_very_hidden_sheet": saved(with_hidden_sheet(7, "veryHidden")),
    "xlsx_with_more_people_on_the_hidden_sheet": saved(with_hidden_sheet(150)),
    "xlsx_with_a_pivot_cache_whose_source_is_gone": with_pivot(PLAIN, 5),
    "xlsx_with_a_damaged_pivot_cache": added(
        PLAIN, xl__pivotCache__pivotCacheDefinition1="<pivotCacheDefinition><cacheFields>"
    ),
    "xlsx_with_a_filter": saved(with_filter()),
    "xlsx_with_hidden_sheet_pivot_cache_and_filter": hidden_pivot_and_filter(),
    "xlsx_with_a_hidden_row_and_column": saved(with_hidden_row_and_column()),
    "xlsx_with_comment_merged_cells_formula_and_name": saved(with_extras()),
    "xlsx_with_tables_side_by_side": saved(side_by_side()),
    "xlsx_with_a_title_and_totals": saved(
        book(["Detained"], [], HEAD, DOE, ROE, ["Total", 2])
    ),
    "xlsx_with_a_sheet_in_no_list": added(PLAIN, xl__worksheets__sheet9="<worksheet/>"),
    "xlsx_with_a_sheet_that_only_the_relations_list": with_unlisted_sheet(),
    "xlsx_with_a_row_and_columns_of_no_size": retold(
        '<sheetData><row r="1">',
        '<cols><col min="2" max="3" width="0" customWidth="1"/></cols>'
        '<sheetData><row r="1" ht="0" customHeight="1">',
    ),
    "xlsx_with_rows_hidden_by_default": retold("<sheetFormatPr", '<sheetFormatPr zeroHeight="1"'),
    "xlsx_with_single_quotes": retold(
        '<sheetData><row r="1">',
        "<cols><col hidden='1' min='2' max='4'/></cols><sheetData><row r='1' hidden='true'>",
    ),
    "xlsx_with_a_thread_and_a_comment": added(
        PLAIN,
        xl__comments1="<comments><comment/><comment/></comments>",
        xl__threadedComments__threadedComment1='<t><threadedComment id="{1}"/>'
        '<threadedComment parentId="{1}"/></t>',
    ),
    "xlsx_with_parts_that_nobody_sees": added(
        PLAIN,
        xl__model__item="x",
        customXml__item1="<p/>",
        xl__connections="<connections><connection/></connections>",
        docProps__custom='<Properties><property name="a"/></Properties>',
        xl__drawings__drawing1="<wsDr><a:t>Doe</a:t><a:t/></wsDr>",
        xl__charts__chart1="<c:strCache><c:pt/><c:pt/><c:ptCount/></c:strCache>",
    ),
    "xlsx_with_revisions": added(PLAIN, xl__revisions__revisionLog1="<r><rcc/></r>"),
    "xlsx_with_external_cells": added(
        PLAIN, xl__externalLinks__externalLink1="<externalLink><row/><row/></externalLink>"
    ),
    "xlsx_with_embedded_file_and_macros": added(PLAIN, xl__embeddings__a="x", xl__vbaProject="x"),
    "xlsx_cut_off": PLAIN[:900],
    "xlsx_with_billion_laughs": strings(laughs()),
    "xlsx_with_a_file_of_the_server": strings('<!ENTITY x SYSTEM "file:///etc/hostname">'),
    "xlsx_with_one_far_cell": far_cell(),
    "document_called_xlsx": replaced(PLAIN, "", "") and added(PLAIN, word__document="<w/>"),
    "xls_hidden_sheet_row_and_column": (HERE / "xls_hidden_sheet_row_and_column.xls").read_bytes(),
    "ods_with_filtered_and_hidden_rows": ods(
        [
            ("", HEAD[:2]),
            ("", ["Doe", "Ada"]),
            (' table:visibility="filter"', ["Roe", "Bo"]),
            (' table:visibility="collapse"', ["Poe", "Cy"]),
        ]
    ),
    "ods_with_a_hidden_column": ods(
        [("", HEAD[:2]), ("", ["Doe", "Ada"])],
        '<table:table-column/><table:table-column table:visibility="collapse"/>',
    ),
    "ods_with_folded_groups": ods(
        [
            ("", HEAD[:2]),
            '<table:table-row-group><table:table-row-group table:display="false">',
            ("", ["Doe", "Ada"]),
            (' table:visibility="collapse"', ["Poe", "Cy"]),
            "</table:table-row-group>",
            ("", ["Roe", "Bo"]),
            "</table:table-row-group>",
        ],
        '<table:table-column-group table:display="false"><table:table-column '
        'table:number-columns-repeated="2"/></table:table-column-group>',
    ),
    "ods_with_a_password": replaced(
        ods([("", HEAD)]), "META-INF/manifest.xml", "<manifest:encryption-data/>"
    ),
    "zip_of_a_workbook": (lambda out: (
        zipfile.ZipFile(out, "w").writestr("a.xlsx", PLAIN), out.getvalue()
    ))(io.BytesIO())[1],
}  # fmt: skip
