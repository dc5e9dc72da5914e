// Mark a table by drawing over it with the mouse; the numbers below it are filled in, and do the
// same for whoever uses a keyboard or a finger.
const forms = [...document.querySelectorAll("fieldset[data-table]")];
const grids = [...document.querySelectorAll("table.first-rows")];
const choice = document.querySelector("#drawing select");
const said = document.querySelector("#drawing output");
let begun = null;

const field = (table, name) => table.querySelector(`[name$="-${name}"]`);
const at = (cell) => ({ row: cell.parentElement.rowIndex, column: cell.cellIndex });

function mark(grid, from, to) {
  const [top, bottom] = [from.row, to.row].sort((a, b) => a - b);
  const [left, right] = [from.column, to.column].sort((a, b) => a - b);
  for (const cell of grid.querySelectorAll("td")) {
    const { row, column } = at(cell);
    cell.classList.toggle("marked", row >= top && row <= bottom && column >= left && column <= right);
  }
  return { top, bottom, left, right };
}

function fill(grid, { top, bottom, left, right }) {
  const table = forms[choice.selectedIndex];
  const number = (row) => grid.rows[row].cells[0].textContent.trim();
  const letter = (column) => grid.rows[0].cells[column].textContent.trim();
  const isLast = bottom === grid.rows.length - 1;
  field(table, "sheet").value = grid.dataset.sheet;
  field(table, "header_row").value = number(top);
  field(table, "last_row").value = isLast ? "" : number(bottom);
  field(table, "first_column").value = letter(left);
  field(table, "last_column").value = letter(right);
  const end = isLast ? "the end" : `row ${number(bottom)}`;
  said.value = `${choice.selectedOptions[0].text}: row ${number(top)} to ${end}, columns ${letter(left)} to ${letter(right)}.`;
}

if (forms.length && grids.length) {
  for (const table of forms) choice.add(new Option(table.querySelector("legend").textContent));
  document.querySelector("#drawing").hidden = false;
  for (const grid of grids) {
    grid.addEventListener("pointerdown", (event) => {
      const cell = event.target.closest("td");
      if (!cell || event.pointerType === "touch" || event.button) return;
      event.preventDefault();
      begun = { grid, from: at(cell) };
      mark(grid, begun.from, begun.from);
    });
    grid.addEventListener("pointerover", (event) => {
      const cell = event.target.closest("td");
      if (cell && begun?.grid === grid) mark(grid, begun.from, at(cell));
    });
    grid.addEventListener("pointerup", (event) => {
      const cell = event.target.closest("td");
      if (cell && begun?.grid === grid) fill(grid, mark(grid, begun.from, at(cell)));
      begun = null;
    });
  }
  addEventListener("pointerup", () => (begun = null));
}
