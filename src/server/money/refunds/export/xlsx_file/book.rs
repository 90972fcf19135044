//! A book of spreadsheets (ECMA-376, transitional) written from front to back: sheets first, and last of all how many there are.
//! Libraries that write books put them together in a file and hand over the first byte with the last (P7).

use super::super::cells::{COLUMNS, Cell, ExportRow, HEAD};
use std::fmt::Write as _;
use std::io::{self, Write};
use zip::ZipWriter;
use zip::write::{SimpleFileOptions, StreamWriter};

/// A sheet holds 1,048,576 rows; what is more goes on to the next.
const SHEET: usize = 1_000_000;

const DECLARED: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#;
const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELATION: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const CONTENT: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml";

/// Style 0 is plain, style 1 has two decimals, style 2 is bold.
const STYLES: &str = r#"<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="2" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>"#;

pub(super) struct XlsxBook<W: Write> {
    zip: ZipWriter<StreamWriter<W>>,
    sheets: usize,
    /// Rows of the sheet that is open, its head among them.
    rows: usize,
    line: String,
}

impl<W: Write> XlsxBook<W> {
    pub(super) fn open(into: W) -> io::Result<Self> {
        let mut book = Self { zip: ZipWriter::new_stream(into), sheets: 0, rows: 0, line: String::new() };
        book.part("xl/styles.xml", &format!(r#"<styleSheet xmlns="{MAIN}">{STYLES}</styleSheet>"#))?;
        book.begin_sheet()?;
        Ok(book)
    }

    pub(super) fn put(&mut self, row: &ExportRow) -> io::Result<()> {
        if self.rows == SHEET {
            self.end_sheet()?;
            self.begin_sheet()?;
        }
        self.line.clear();
        self.line.push_str("<row>");
        for cell in row {
            write_cell(&mut self.line, cell);
        }
        self.line.push_str("</row>");
        self.rows += 1;
        self.zip.write_all(self.line.as_bytes())
    }

    pub(super) fn close(mut self) -> io::Result<()> {
        self.end_sheet()?;
        let each = |of: fn(usize) -> String| (1..=self.sheets).map(of).collect::<String>();
        let sheets = each(|n| format!(r#"<sheet name="Sheet{n}" sheetId="{n}" r:id="rId{n}"/>"#));
        let leads = each(|n| format!(r#"<Relationship Id="rId{n}" Type="{RELATION}/worksheet" Target="worksheets/sheet{n}.xml"/>"#));
        let kinds = each(|n| format!(r#"<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{CONTENT}.worksheet+xml"/>"#));
        self.part("xl/workbook.xml", &format!(r#"<workbook xmlns="{MAIN}" xmlns:r="{RELATION}"><bookViews><workbookView/></bookViews><sheets>{sheets}</sheets></workbook>"#))?;
        let styles = format!(r#"<Relationship Id="rId0" Type="{RELATION}/styles" Target="styles.xml"/>"#);
        self.relations("xl/_rels/workbook.xml.rels", &(leads + &styles))?;
        let book = format!(r#"<Relationship Id="rId1" Type="{RELATION}/officeDocument" Target="xl/workbook.xml"/>"#);
        self.relations("_rels/.rels", &book)?;
        self.part(
            "[Content_Types].xml",
            &format!(
                r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="{CONTENT}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="{CONTENT}.styles+xml"/>{kinds}</Types>"#
            ),
        )?;
        self.zip.finish()?.into_inner().flush()
    }

    fn begin_sheet(&mut self) -> io::Result<()> {
        (self.sheets, self.rows) = (self.sheets + 1, 1);
        self.begin(&format!("xl/worksheets/sheet{}.xml", self.sheets))?;
        // The head stays in view.
        let mut head = format!(
            r#"<worksheet xmlns="{MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols><col min="1" max="{COLUMNS}" width="20" customWidth="1"/></cols><sheetData><row>"#
        );
        for title in HEAD {
            write_words(&mut head, title, r#" s="2""#);
        }
        head.push_str("</row>");
        self.zip.write_all(head.as_bytes())
    }

    fn end_sheet(&mut self) -> io::Result<()> {
        self.zip.write_all(b"</sheetData></worksheet>")
    }

    fn relations(&mut self, name: &str, all: &str) -> io::Result<()> {
        self.part(
            name,
            &format!(r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{all}</Relationships>"#),
        )
    }

    fn part(&mut self, name: &str, xml: &str) -> io::Result<()> {
        self.begin(name)?;
        self.zip.write_all(xml.as_bytes())
    }

    fn begin(&mut self, name: &str) -> io::Result<()> {
        self.zip.start_file(name, SimpleFileOptions::default())?;
        self.zip.write_all(DECLARED.as_bytes())
    }
}

/// Every cell is written, the empty ones too: their place is all that says which column they stand in.
fn write_cell(line: &mut String, cell: &Cell) {
    let written = match cell {
        Cell::Words(words) => return write_words(line, words, ""),
        Cell::Yuan(amount) => write!(line, r#"<c s="1"><v>{}</v></c>"#, amount.plain()),
        Cell::Points(points) => write!(line, "<c><v>{points}</v></c>"),
        Cell::Nothing => write!(line, "<c/>"),
    };
    written.expect("a String takes whatever is written");
}

/// Texts are written as texts: a spreadsheet takes none of them for a formula (A5).
fn write_words(line: &mut String, words: &str, style: &str) {
    line.push_str("<c");
    line.push_str(style);
    line.push_str(r#" t="inlineStr"><is><t xml:space="preserve">"#);
    let mut rest = words.chars().peekable();
    while let Some(one) = rest.next() {
        match one {
            '&' => line.push_str("&amp;"),
            '<' => line.push_str("&lt;"),
            '>' => line.push_str("&gt;"),
            // What would be read as one of the next.
            '_' if rest.peek() == Some(&'x') => line.push_str("_x005F_"),
            // XML has no words for these.
            '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\r' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {
                write!(line, "_x{:04X}_", u32::from(one)).expect("a String takes whatever is written");
            }
            _ => line.push(one),
        }
    }
    line.push_str("</t></is></c>");
}

#[cfg(test)]
mod tests {
    use super::{COLUMNS, Cell, ExportRow, HEAD, SHEET, XlsxBook};
    use crate::domain::Money;
    use std::io::{Cursor, Read};
    use zip::ZipArchive;

    fn row(first: Cell) -> ExportRow {
        let mut cells = [const { Cell::Nothing }; COLUMNS];
        (cells[0], cells[1], cells[2]) = (first, Cell::Yuan(Money(-1205)), Cell::Points(7));
        cells
    }

    fn part(book: &[u8], name: &str) -> String {
        let mut text = String::new();
        ZipArchive::new(Cursor::new(book)).unwrap().by_name(name).unwrap().read_to_string(&mut text).unwrap();
        text
    }

    #[test]
    fn words_are_words_and_amounts_are_numbers() {
        let mut bytes = Vec::new();
        let mut book = XlsxBook::open(&mut bytes).unwrap();
        book.put(&row(Cell::Words("=1+1 <b> & _x0041_\u{1}".to_owned()))).unwrap();
        book.close().unwrap();
        let sheet = part(&bytes, "xl/worksheets/sheet1.xml");
        let rows: Vec<&str> = sheet.split("<row>").collect();
        assert_eq!(rows.len(), 3, "a head and a row: {sheet}");
        assert!(HEAD.iter().all(|title| rows[1].contains(title)));
        let words = r#"<c t="inlineStr"><is><t xml:space="preserve">=1+1 &lt;b&gt; &amp; _x005F_x0041__x0001_</t></is></c>"#;
        let empty = "<c/>".repeat(COLUMNS - 3);
        assert_eq!(rows[2], format!(r#"{words}<c s="1"><v>-12.05</v></c><c><v>7</v></c>{empty}</row></sheetData></worksheet>"#));
    }

    #[test]
    fn what_one_sheet_does_not_hold_goes_on_to_the_next() {
        let mut bytes = Vec::new();
        let mut book = XlsxBook::open(&mut bytes).unwrap();
        book.rows = SHEET - 1;
        for name in ["last", "first"] {
            book.put(&row(Cell::Words(name.to_owned()))).unwrap();
        }
        book.close().unwrap();
        let (one, other) = (part(&bytes, "xl/worksheets/sheet1.xml"), part(&bytes, "xl/worksheets/sheet2.xml"));
        assert!(one.contains(">last<") && !one.contains(">first<") && other.contains(">first<") && other.contains(HEAD[0]));
        assert!(part(&bytes, "xl/workbook.xml").contains(r#"<sheet name="Sheet2" sheetId="2" r:id="rId2"/>"#));
        assert!(part(&bytes, "[Content_Types].xml").contains("/xl/worksheets/sheet2.xml"));
    }
}
