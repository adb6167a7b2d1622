"""The sheet of one statutory table: as printed, with live sums, differences and verdicts beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gk_xl.checks.binding import live_instances
from gk_xl.checks.expression import EQUAL, Entry, Operation, excel, excel_known, excel_verdict
from gk_xl.engines.core.addresses import column_letters
from gk_xl.form.finding import Severity
from gk_xl.form.guidance import of_row
from gk_xl.form.schema import ValueKind
from gk_xl.form.units import unit_kinds
from gk_xl.workbook.flags import flags
from gk_xl.workbook.layout import ENTRIES, FIRST_LINE, FLAGS, LAST_HIDDEN, PAINT, RULES, Place
from gk_xl.workbook.plan import Condition, SheetPlan, Validation, area
from gk_xl.workbook.sheets.before import plan_before
from gk_xl.workbook.sheets.sizes import DIFFERENCE_WIDTH, SUM_WIDTH, column_widths, line_height
from gk_xl.workbook.sheets.tips import TITLE, plan_tips, title_of
from gk_xl.workbook.styles import FLAG_STYLES, LIVE_STYLES

if TYPE_CHECKING:
    from gk_xl.checks.binding import Instance
    from gk_xl.form.schema import Cell, Table
    from gk_xl.workbook.content import Content

WANTED = {
    ValueKind.COUNT: "填 0 或正整数，没有的填 0，不写单位。",
    ValueKind.SIGNED: "填整数：增加填正数，减少填负数，没有变化填 0。",
    ValueKind.AMOUNT: "填金额的数字（可以有小数），没有的填 0，不写单位。",
}
NOT_CONCERNED = 2  # the verdict of a rule for other kinds of units or other years


class TableSheet:
    """Plans the sheet of one table; ``plan`` is the result, ``errors`` and ``warnings`` its lists of verdicts."""

    def __init__(self, content: Content, table: Table) -> None:
        self.content, self.table = content, table
        self.section = content.edition.section(table.id)
        self.sheet = self.section.tab
        self.last_row = FIRST_LINE + table.lines - 1
        # 表三 is narrow lines behind several columns of labels, 表四 one line without any, the others lie between.
        self.stubs = min(item.column for item in table.grid if item.cell)
        self.plan = SheetPlan(
            self.sheet,
            "2F6DB5",
            hidden_from=FLAGS + 1,
            landscape=self.stubs == 0,
            flagged=(FIRST_LINE, 1, self.last_row, table.width),
            freeze=(FIRST_LINE + table.head_lines, 1),
            repeat=(1, FIRST_LINE + table.head_lines - 1),
        )
        self.plan.print_to = (self.last_row, table.width)
        self.instances = [i for i in live_instances(content.edition.id) if self.place(i).sheet == self.sheet]
        self.status: dict[int, Place] = {}
        self.errors = self.warnings = ""
        self.head()
        self.grid()
        self.copies()
        self.entries()
        self.rules()
        self.live_sums()
        self.margin()
        self.paint()

    def margin(self) -> None:
        """Put last year's numbers and what to count beside this year's."""
        plan_before(self.plan, self.content, self.table)
        plan_tips(self.plan, self.content, self.table)

    def place(self, instance: Instance) -> Place:
        """Return where a finding of an instance points."""
        return self.content.place_of(instance.refs[0])

    def address(self, ref: object) -> str:
        """Return the address of a mentioned cell as this sheet writes it."""
        return self.content.address_on(self.sheet, ref)  # type: ignore[arg-type]

    def head(self) -> None:
        """Put the section heading and the line with unit, year and unit of measure."""
        width = self.table.width
        self.plan.span(1, 1, 1, width, "title", self.section.heading)
        names = self.content.layout.names
        unit, year = names["unit.name"].copy.absolute, names["year"].copy.absolute
        filing = self.content.filing
        text = f"{filing.unit.name}　{'' if filing.year is None else filing.year}年度　单位：{self.table.unit}"
        formula = f'{unit}&"　"&{year}&"年度　单位：{self.table.unit}"'
        self.plan.span(2, 1, 1, width, "subtitle", text, formula=formula)
        self.plan.widths |= column_widths(self.table, self.stubs)
        self.plan.heights |= {1: 21, 2: 14.5} if self.is_long else {1: 30, 2: 20}
        first = min((self.place_of(cell) for cell in self.table.cells), key=lambda place: (place.row, place.column))
        self.plan.start = (first.row, first.column)

    @property
    def is_long(self) -> bool:
        """Whether the table has many lines under narrow columns: it is set close, so that a screen shows most of it."""
        return self.stubs > 1

    def grid(self) -> None:
        """Put the printed labels and the cells to fill in."""
        for item in self.table.grid:
            row, column = FIRST_LINE + item.line, 1 + item.column
            if item.cell is None:
                left = self.is_long and not item.head and item.lines == 1
                style = "head" if item.head else ("stub_left" if left else "stub")
                if self.is_long and not (item.head and item.lines > 1):
                    style = f"{style}_close"
                self.plan.span(row, column, item.lines, item.columns, style, item.text)
            else:
                cell = self.content.edition.cell(item.cell)
                style = "total" if cell.total else ("amount" if cell.kind is ValueKind.AMOUNT else "entry")
                self.plan.span(row, column, item.lines, item.columns, style, self.content.filing.value(cell.id))
        for line in range(self.table.lines):
            height = line_height(self.table, self.plan.widths, self.stubs, line)
            self.plan.heights[FIRST_LINE + line] = height
        self.validate()

    def validate(self) -> None:
        """Put one validation a row; its prompt, which is not shown, says in a few words what the row counts."""
        rows: dict[tuple[str, ValueKind], list[Cell]] = {}
        for cell in self.table.cells:
            rows.setdefault((cell.row, cell.kind), []).append(cell)
        for (_, kind), cells in rows.items():
            guidance = of_row(self.content.edition, self.table.id, cells[0].row)
            says = f"{guidance.tip}没有的填 0。" if guidance and guidance.tip else WANTED[kind]
            reference = self.content.edition.references[cells[0].reference]
            title = reference.title.removeprefix("中华人民共和国")
            prompt = f"{says}依据：{title if len(title) <= TITLE else reference.number}{reference.article}"
            places = tuple((place.row, place.column) for place in map(self.place_of, cells))
            self.plan.validations.append(
                Validation(places, title_of(cells[0].row_label), prompt, f"这里{WANTED[kind]}", kind=kind)
            )

    def place_of(self, cell: Cell) -> Place:
        """Return where a number stands."""
        return self.content.layout.names[cell.id]

    def copies(self) -> None:
        """Put the copy block: for each number, what stands there now, empty where it is none."""
        for cell in self.table.cells:
            place = self.place_of(cell)
            read, value = self.content.layout.reading(place), self.content.filing.value(cell.id)
            shown = value if isinstance(value, int | float) else ""
            copy = place.copy
            self.plan.put(copy.row, copy.column, "hidden", shown, formula=f'IF(ISNUMBER({read}),{read},"")')

    def entries(self) -> None:
        """Put the entry block: for each number, 1 where it fits its kind and 0 where not."""
        for instance in self.instances:
            if isinstance(instance.node, Entry):
                place = self.place(instance).right(ENTRIES)
                formula = excel_verdict(instance.node, self.address)
                self.plan.put(
                    place.row, place.column, "hidden", int(bool(self.content.value(instance.node))), formula=formula
                )

    def rules(self) -> None:
        """Put the rule list: errors first, then warnings, a line each with code and verdict."""
        row = FIRST_LINE
        for severity in (Severity.ERROR, Severity.WARNING):
            first = row
            for number, instance in enumerate(self.instances):
                if isinstance(instance.node, Entry) or instance.rule.severity is not severity:
                    continue
                formula, value = self.verdict(instance)
                self.plan.put(row, RULES, "hidden", instance.rule.code)
                self.plan.put(row, RULES + 1, "hidden", value, formula=formula)
                self.status[number] = Place(self.sheet, row, RULES + 1)
                row += 1
            block = area(first, RULES + 1, max(first, row - 1), RULES + 1)
            if severity is Severity.ERROR:
                self.errors = block
            else:
                self.warnings = block if row > first else ""

    def verdict(self, instance: Instance) -> tuple[str, int]:
        """Return the formula and present value of a rule's verdict: 1 holds, 0 broken, -1 undecided, 2 not concerned."""
        formula = excel_verdict(instance.node, self.address)
        result = self.content.value(instance.node)
        value = -1 if result is None else int(bool(result))
        tests = self.concerned(instance)
        if tests:
            formula = f"IF(AND({','.join(tests)}),{formula},{NOT_CONCERNED})"
            filing = self.content.filing
            if not instance.rule.applies(filing.edition, filing.unit.kind, filing.year):
                value = NOT_CONCERNED
        return formula, value

    def concerned(self, instance: Instance) -> list[str]:
        """Return what must be true of kind and year for a rule to concern the filing, as formulas."""
        rule, names = instance.rule, self.content.layout.names
        kind, tests = names["unit.kind"].copy.absolute, []
        labels = unit_kinds()
        if rule.kinds:
            tests.append("OR(" + ",".join(f'{kind}="{labels[name].label}"' for name in rule.kinds) + ")")
        if rule.kinds_except:
            tests += [f'{kind}<>""', *(f'{kind}<>"{labels[name].label}"' for name in rule.kinds_except)]
        if rule.from_year:
            tests.append(f"SUM({names['year'].copy.absolute})>={rule.from_year}")
        return tests

    def live_sums(self) -> None:
        """Put the computed sums with their differences, right of the table and below it; for 表二 a mark a row."""
        sums = [i for i in self.instances if i.rule.identity]
        if not sums:
            self.row_marks()
            return
        lines: dict[tuple[str, str], int] = {}
        several = self.table.lines > self.table.head_lines + 1  # 表四 has one line: its sums stand below it
        for instance in sums:
            target = self.place(instance)
            if not instance.rule.fills:
                self.below(instance, target, lines, ("left", "right", "difference"))
            elif all(place.row == target.row for place in map(self.content.place_of, instance.refs)) and several:
                self.beside(instance, target)
            else:
                self.below(instance, target, lines, ("right", "difference"))

    def beside(self, instance: Instance, target: Place) -> None:
        """Put computed sum and difference right of a row's total."""
        column = self.table.width + 2
        if (FIRST_LINE, column) not in self.plan.cells:
            head_rows = self.table.head_lines
            self.plan.span(FIRST_LINE, column, head_rows, 1, "live_head", instance.rule.right_label)
            self.plan.span(FIRST_LINE, column + 1, head_rows, 1, "live_head", "相差")
            self.plan.widths |= {column - 1: 1, column: SUM_WIDTH, column + 1: DIFFERENCE_WIDTH}
        self.sum_and_difference(instance, target, (target.row, column), (target.row, column + 1))

    def below(
        self, instance: Instance, target: Place, lines: dict[tuple[str, str], int], wanted: tuple[str, ...]
    ) -> None:
        """Put the sides and the difference of a column's identity in lines below the table."""
        rule = instance.rule
        labels = {"left": rule.left_label, "right": rule.right_label, "difference": "相差"}
        for side in wanted:
            key = (rule.right_label, side)
            if key not in lines:
                lines[key] = self.last_row + 2 + len(lines)
                self.plan.heights[lines[key]] = 16.5 if self.is_long else 22
                if self.stubs:
                    stub = self.stubs
                    self.plan.span(lines[key], 1, 1, stub, "live_label", f"核对：{labels[side]}")
            if not self.stubs:
                parts = len(instance.refs) - 1
                self.plan.span(lines[key], target.column - parts, 1, parts, "live_label", labels[side])
        places = {side: (lines[rule.right_label, side], target.column) for side in wanted}
        if "left" in wanted:
            self.side(instance, 0, places["left"])
            self.side(instance, 1, places["right"])
            self.difference(instance, places["left"], places["right"], places["difference"])
        else:
            self.sum_and_difference(instance, target, places["right"], places["difference"])

    def sum_and_difference(
        self, instance: Instance, target: Place, sum_at: tuple[int, int], difference_at: tuple[int, int]
    ) -> None:
        """Put the computed right side of ``total == sum`` and how far the typed total is off."""
        self.side(instance, 1, sum_at)
        self.difference(instance, (target.copy.row, target.copy.column), sum_at, difference_at)

    def side(self, instance: Instance, number: int, at: tuple[int, int]) -> None:
        """Put one side of an identity: its sum, empty while a cell of it is blank."""
        assert isinstance(instance.node, Operation)
        node = instance.node.operands[number]
        formula = f'IF({excel_known(node, self.address)},{excel(node, self.address)},"")'
        value = self.content.value(node)
        self.plan.put(*at, "live", "" if value is None else value, formula=formula)

    def difference(
        self, instance: Instance, left: tuple[int, int], right: tuple[int, int], at: tuple[int, int]
    ) -> None:
        """Put the difference of two cells: ✓ when there is none, 多/少 by how much when there is."""
        cells = [f"{column_letters(column)}{row}" for row, column in (left, right)]
        off = f"{cells[0]}-{cells[1]}"
        formula = f'IF(COUNT({",".join(cells)})=2,IF(ABS({off})<{EQUAL},0,ROUND({off},6)),"")'
        sides = [self.content.value(side) for side in instance.sides or ()]
        known = len(sides) == 2 and None not in sides
        exact = float(sides[0] or 0) - float(sides[1] or 0)
        value = "" if not known else 0 if abs(exact) < float(EQUAL) else round(exact, 6)
        self.plan.put(*at, "difference", value, formula=formula)
        self.plan.conditions.append(
            Condition((*at, *at), f"AND(ISNUMBER({area(*at, *at)}),{area(*at, *at)}<>0)", "red")
        )

    def row_marks(self) -> None:
        """Put a mark right of each row that rules speak of: ✗, … while anything is blank, ✓, nothing where none concerns it."""
        column = self.table.width + 2
        self.plan.span(FIRST_LINE, column, 1, 1, "live_head", "实时核对")
        self.plan.widths |= {column - 1: 1.5, column: 11}
        by_row: dict[int, list[Place]] = {}
        for number, place in self.status.items():
            by_row.setdefault(self.place(self.instances[number]).row, []).append(place)
        copies = [self.place_of(cell).copy for cell in self.table.cells]
        for row, places in by_row.items():
            own = [copy for copy in copies if copy.row == row]
            filled = f"COUNT({area(row, own[0].column, row, own[-1].column)})<{len(own)}"
            broken, open_, held = (
                f"OR({','.join(f'{place.address}={verdict}' for place in places)})" for verdict in (0, -1, 1)
            )
            values = [self.value_at(place) for place in places]
            blank = -1 in values or "" in [self.value_at(copy) for copy in own]
            value = "✗" if 0 in values else "…" if blank else "✓" if 1 in values else ""
            formula = f'IF({broken},"✗",IF(OR({open_},{filled}),"…",IF({held},"✓","")))'
            self.plan.put(row, column, "live", value, formula=formula)
            self.plan.conditions.append(
                Condition((row, column, row, column), f'{column_letters(column)}{row}="✗"', "red")
            )

    def paint(self) -> None:
        """Put the conditional formats: flags of 校验 first, then what is wrong live."""
        region = (FIRST_LINE, 1, self.last_row, self.table.width)
        self.live_levels()
        self.plan.paint_flags(region, FLAG_STYLES)
        self.plan.paint(PAINT, region, LIVE_STYLES)
        self.put_flags()
        self.plan.judge(self.content)
        self.plan.widths |= dict.fromkeys(range(FLAGS + 1, LAST_HIDDEN + 1), 3)

    def live_levels(self) -> None:
        """Put the paint block: 3 where an entry does not fit or an error points here, 2 where a warning does.

        1 where a cell is blank while its row, or more than half of its table, is filled in; else 0.
        """
        pointing: dict[Place, dict[Severity, list[Place]]] = {}
        for number, status in self.status.items():
            instance = self.instances[number]
            pointing.setdefault(self.place(instance), {}).setdefault(instance.rule.severity, []).append(status)
        left_open = self.left_open()
        for cell in self.table.cells:
            place = self.place_of(cell)
            by_severity = pointing.get(place, {})
            value, formula = left_open[cell.id]
            for severity in (Severity.WARNING, Severity.ERROR):
                if statuses := by_severity.get(severity):
                    level = severity.level
                    value = level if any(self.value_at(status) == 0 for status in statuses) else value
                    broken = ",".join(f"{status.address}=0" for status in statuses)
                    formula = f"IF(OR({broken}),{level},{formula})"
            fits = place.right(ENTRIES)
            if (fits.row, fits.column) in self.plan.cells:
                wrong = self.value_at(fits) == 0 and self.content.filing.value(cell.id) is not None
                value = Severity.ERROR.level if wrong else value
                typed = f"NOT(ISBLANK({self.content.layout.reading(place)}))"
                formula = f"IF(AND({fits.address}=0,{typed}),{Severity.ERROR.level},{formula})"
            self.plan.put(place.row, place.column + PAINT, "hidden", value, formula=formula)

    def left_open(self) -> dict[str, tuple[int, str]]:
        """Return for each cell 1 where it is blank while another of its row, or half of its table, is filled in, else 0; and the formula."""
        values, found = self.content.filing.value, {}
        rows: dict[int, list[Place]] = {}
        filled: dict[int, int] = {}
        for cell in self.table.cells:
            copy = self.place_of(cell).copy
            rows.setdefault(copy.row, []).append(copy)
            filled[copy.row] = filled.get(copy.row, 0) + isinstance(values(cell.id), int | float)
        columns = [copy.column for copies in rows.values() for copy in copies]
        half = len(self.table.cells) // 2
        in_table = f"COUNT({area(min(rows), min(columns), max(rows), max(columns))})>{half}"
        in_half = sum(filled.values()) > half
        for cell in self.table.cells:
            place = self.place_of(cell)
            own = rows[place.row]
            begun = f"COUNT({area(place.row, own[0].column, place.row, own[-1].column)})>0"
            left = values(cell.id) is None and (in_half or filled[place.row] > 0)
            blank = f"ISBLANK({self.content.layout.reading(place)})"
            found[cell.id] = int(left), f"IF(AND({blank},OR({begun},{in_table})),1,0)"
        return found

    def value_at(self, place: Place) -> object:
        """Return the present value of a hidden cell."""
        return self.plan.cells[place.row, place.column].value

    def put_flags(self) -> None:
        """Put the levels of present findings into the flag block."""
        for name, flag in flags(self.content).items():
            place = self.content.layout.names.get(name)
            if place is not None and place.sheet == self.sheet:
                self.plan.put_flag(place.row, place.column, *flag)
