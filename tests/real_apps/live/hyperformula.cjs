// Fills a workbook in HyperFormula and prints what its formulas are worth, one JSON line for each line read:
// {"sheets": {title: rows}} opens a workbook, {"typed": [[sheet, row, column, value]…], "asked": [[sheet, row, column]…]}
// types and answers, {"moves": [[sheet, row, column, row, column]…]} drags cells. Rows and columns are 1-based.
"use strict";
// In Excel, SUMPRODUCT reckons with whole ranges without being asked; here it is asked for.
const { HyperFormula } = require("hyperformula");
const lines = require("node:readline").createInterface({ input: process.stdin });
let book;
const at = (sheet, row, column) => ({ sheet: book.getSheetId(sheet), row: row - 1, col: column - 1 });
const shown = (value) => (value && typeof value === "object" ? `#${value.type}` : value);

function answer(request) {
  if (request.sheets) {
    book = HyperFormula.buildFromSheets(request.sheets, { licenseKey: "gpl-v3", useArrayArithmetic: true });
    return {};
  }
  for (const [sheet, row, column, toRow, toColumn] of request.moves || []) {
    const source = at(sheet, row, column);
    book.moveCells({ start: source, end: source }, at(sheet, toRow, toColumn));
  }
  book.batch(() => {
    for (const [sheet, row, column, value] of request.typed || []) book.setCellContents(at(sheet, row, column), value);
  });
  return { worth: (request.asked || []).map((place) => shown(book.getCellValue(at(...place)))) };
}

lines.on("line", (line) => process.stdout.write(`${JSON.stringify(answer(JSON.parse(line)))}\n`));
