// What is printed: rows of figures, each with its budget where it has one.

/** A figure beside its budget. */
export function row(what, measured, unit, budget) {
  const within = measured <= budget ? "yes" : "NO";
  return { what, measured: `${shown(measured)} ${unit}`, budget: `${shown(budget)} ${unit}`, within };
}

/** A figure that has no budget. */
export function fact(what, measured, unit) {
  return { what, measured: `${shown(measured)} ${unit}`, budget: "", within: "" };
}

/** Prints rows of the same columns. */
export function table(title, rows) {
  const columns = Object.keys(rows[0] ?? {});
  const widths = columns.map((column) =>
    Math.max(column.length, ...rows.map((entry) => String(entry[column]).length)),
  );
  const line = (cells) =>
    cells
      .map((cell, index) => (index === cells.length - 1 ? String(cell) : String(cell).padEnd(widths[index])))
      .join("  ");
  console.log(
    [
      `\n${title}`,
      line(columns),
      line(widths.map((width) => "-".repeat(width))),
      ...rows.map((entry) => line(columns.map((column) => entry[column]))),
    ].join("\n"),
  );
}

function shown(value) {
  return value < 10 && !Number.isInteger(value) ? value.toFixed(1) : String(Math.round(value));
}
