"""The command line: ``gk-xl``. Each command is thin: it reads its arguments, calls the library and prints.

Exit codes: 0 nothing wrong, 1 errors found (or export refused), 2 could not run.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from gk_xl.cli.chinese import Parser
from gk_xl.cli.exit_codes import COULD_NOT, FOUND
from gk_xl.cli.replaced import telling_of_replaced
from gk_xl.errors import ErrorsStand, GkXlError, WouldReplace

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Command = Callable[[str, str, str], argparse.ArgumentParser]


class Version(argparse.Action):
    """Print the version and end; it is looked up only when asked for."""

    def __init__(self, option_strings: Sequence[str], dest: str, **_: object) -> None:
        super().__init__(option_strings, dest, nargs=0, default=argparse.SUPPRESS, help="显示版本号")

    def __call__(self, parser: argparse.ArgumentParser, *_: object, **__: object) -> None:
        """Print ``gk-xl`` and the version."""
        from gk_xl.addin.version import VERSION

        print(f"gk-xl {VERSION}")
        parser.exit()


def build_parser() -> argparse.ArgumentParser:
    """Return the parser of all commands."""
    parser = Parser(prog="gk-xl", description="政府信息公开工作年度报告：新建、导入、校验、导出。")
    parser.add_argument("--version", action=Version)
    commands = parser.add_subparsers(dest="command", required=True, metavar="命令", parser_class=Parser)

    def command(name: str, run: str, text: str) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, help=text, description=text)
        sub.set_defaults(run=run)
        return sub

    for group in (_making, _checking, _publishing, _signing, _desk, _engineer):
        group(command)
    return parser


def _making(command: Command) -> None:
    """Add what makes a workbook."""
    new = command("new", "filings:new", "新建一本工作簿")
    new.add_argument("--year", type=int, required=True, metavar="年度", help="报告年度，如 2025")
    new.add_argument("--unit", default="", metavar="单位", help="单位全称")
    new.add_argument(
        "--kind",
        default="",
        metavar="类型",
        help="单位类型，如 乡、镇、街道、县级政府部门（或 township …）；不写就按单位全称判断",
    )
    new.add_argument("--county", default="", metavar="县", help="所属县（市、区）")
    _last_year(new)
    new.add_argument("-o", "--output", type=Path, required=True, metavar="年报.xlsx")
    _profiled(new)
    _over(new)

    imported = command("import", "filings:import_", "把已发布的报告读进工作簿")
    imported.add_argument("sources", type=Path, nargs="+", metavar="报告")
    imported.add_argument("--year", type=int, metavar="年度", help="报告年度（标题里没有时）")
    imported.add_argument("-o", "--output", type=Path, metavar="工作簿.xlsx", help="写到哪里；只要 --json 时可以不写")
    imported.add_argument("--json", action="store_true", help="读到的每个数、在原件的位置和把握，按 JSON 输出")
    _profiled(imported)
    _over(imported)

    repair = command("repair", "repairing:repair", "把损坏的工作簿修复成一本新的；0 全部找回，1 有存疑或没有找回的")
    repair.add_argument("broken", type=Path, metavar="坏.xlsx")
    repair.add_argument("-o", "--output", type=Path, required=True, metavar="新.xlsx")
    _over(repair)


def _checking(command: Command) -> None:
    """Add what judges."""
    check = command("check", "checking:check", "校验工作簿或填报数据；0 没有错误，1 有错误，2 没能校验")
    check.add_argument("files", type=Path, nargs="+", metavar="文件或文件夹")
    _last_year(check)
    check.add_argument(
        "--members",
        type=Path,
        metavar="文件夹",
        help="县级汇总：所辖各单位报告的文件夹（desk check 收的都收），核对每一格的合计",
    )
    check.add_argument("--json", action="store_true", help="以 JSON 输出")
    _reasons(check)
    check.add_argument("--mark", type=Path, metavar="标注.xlsx", help="另存一本标出问题的工作簿")
    _profiled(check)
    _over(check)


def _publishing(command: Command) -> None:
    """Add what writes the report, and what holds it against the filing."""
    report = command("report", "reporting:report", "导出报告（.docx、.html、.pdf）；有错误时不导出")
    report.add_argument("file", type=Path, metavar="文件")
    report.add_argument("-o", "--output", type=Path, required=True, metavar="报告.docx")
    _profiled(report)
    _last_year(report)
    _reasons(report)
    report.add_argument("--force", action="store_true", help="仍要导出：首页和文件名注明校验未通过；覆盖同名的别的文件")
    report.add_argument(
        "--public",
        action="store_true",
        help="公开稿：不带任何看不见的内容（更新用的数据、批注、作者）；文件也可以是领导改过的 .docx",
    )

    suggest = command("suggest", "reporting:suggest", "按表里的数写好各段可用的句子")
    suggest.add_argument("file", type=Path, metavar="文件")

    refresh = command("refresh", "reporting:refresh", "把更正过的数放进已经修改过的 Word 报告，修改、批注、修订都保留")
    refresh.add_argument("edited", type=Path, metavar="报告.docx")
    refresh.add_argument("file", type=Path, metavar="文件")

    compare = command("compare", "comparing:compare", "发布的报告与工作簿逐处核对；0 相同，1 有不同，2 没能核对")
    compare.add_argument("published", type=Path, metavar="发布件", help="网页、Word、PDF、纯文本……")
    compare.add_argument("workbook", type=Path, metavar="工作簿", help="报送的工作簿或填报数据")
    compare.add_argument("--json", action="store_true", help="以 JSON 输出")


def _signing(command: Command) -> None:
    """Add what is signed and kept."""
    slip = command("slip", "signing:slip", "写好报送单的一本，打印签字；0 没有错误，1 有错误，2 没能写")
    slip.add_argument("file", type=Path, metavar="年报.xlsx")
    slip.add_argument("-o", "--output", type=Path, required=True, metavar="报送单.xlsx")
    _last_year(slip)
    _reasons(slip)
    _over(slip)

    verify = command(
        "verify", "verifying:verify", "是不是签字的那一份：重算指纹，与报送单上的比；0 是，1 不是，2 没能核对"
    )
    verify.add_argument("file", type=Path, metavar="文件", help="工作簿、填报数据，或导出、发布的报告")
    verify.add_argument(
        "--sign", default="", metavar="报送单", help="带报送单的工作簿，或纸上的指纹；不给就用文件自己的报送单"
    )

    export = command("export", "filings:export", "把工作簿的内容存成 JSON")
    export.add_argument("file", type=Path, metavar="文件")
    export.add_argument("-o", "--output", type=Path, required=True, metavar="数据.json")
    _over(export)


def _desk(command: Command) -> None:
    """Add what the county clerk uses."""
    desk = command(
        "desk",
        "desk:desk",
        "县级：check 把一批报告汇总成一本和一页，slips 写退回单和通报，total 做出县里自己的报告，tables 写成 Parquet 表。"
        "退出码：0 没有错，1 有单位未通过（total：与县表不符），2 有文件读不了、有的没有写成",
    )
    desk.add_argument("action", choices=("check", "slips", "total", "tables"))
    desk.add_argument("files", type=Path, nargs="+", metavar="文件夹")
    desk.add_argument("--last-year", type=Path, nargs="+", metavar="文件夹", help="上年的工作簿，按单位名称对应")
    desk.add_argument(
        "-o", "--output", type=Path, required=True, metavar="汇总.xlsx", help="slips：文件夹；total：县里的工作簿"
    )
    _handed_in(desk)
    _returned(desk)
    _profiled(desk)
    _over(desk)


def _last_year(command: argparse.ArgumentParser) -> None:
    """Add last year's report, which the rules across years are judged by."""
    command.add_argument(
        "--last-year", type=Path, metavar="去年的文件", help="上年的工作簿、填报数据或已发布的报告（任何能导入的格式）"
    )


def _reasons(command: argparse.ArgumentParser) -> None:
    """Add where else reasons stand."""
    command.add_argument(
        "--reasons", type=Path, metavar="标注.xlsx", help="另一本（如标注本）“校验结果”里写的理由也算数"
    )


def _returned(desk: argparse.ArgumentParser) -> None:
    """Add what goes into the sums, and what slips and 通报 say of who writes them."""
    desk.add_argument("--own", type=Path, metavar="本级.xlsx", help="本级（县政府本身）自己的工作簿，它的数加进合计")
    desk.add_argument(
        "--slips", type=Path, metavar="退回单", help="check：以前写的退回单在哪里（默认在汇总旁边的“退回单”）"
    )
    desk.add_argument(
        "--reasons",
        type=Path,
        metavar="汇总.xlsx",
        help="“问题清单”的“不改的理由”里记下的单位书面理由也算数；不给就用原来的那本（slips、total：旁边的“汇总.xlsx”）",
    )
    desk.add_argument("--issuer", default="", metavar="单位", help="退回单和通报的落款")
    desk.add_argument("--date", default="", metavar="日期", help="退回单和通报的日期，如 2026-01-15")
    desk.add_argument("--deadline", default="", metavar="日期", help="重新报送的期限")
    desk.add_argument("--contact", default="", metavar="联系人", help="退回单和通报写的联系人和电话")
    desk.add_argument("--unit", default="", metavar="全称", help="total：县里自己的全称，如 示例县人民政府")
    desk.add_argument("--passed-only", action="store_true", help="total：没有通过的不加进去")


def _handed_in(desk: argparse.ArgumentParser) -> None:
    """Add how a county's files are read."""
    desk.add_argument(
        "--roster", type=Path, metavar="名单.xlsx", help="应报单位名单（.xlsx、.csv）；不给就用文件夹里的名单"
    )
    desk.add_argument("--workers", type=int, metavar="个数", help="用几个进程读；不给就是每个处理器核一个")
    desk.add_argument("--scheduler", metavar="地址", help="用 dask.distributed 集群读，如 tcp://主机:8786")
    desk.add_argument("--afresh", action="store_true", help="全部重新读，不用上次存下的结果")


def _profiled(command: argparse.ArgumentParser) -> None:
    """Add the county's own demands."""
    command.add_argument(
        "--profile",
        type=Path,
        metavar="本地要求.toml",
        help="本地要求：限制、日期、要写的内容、附表；不给就用文件旁边的",
    )


def _over(command: argparse.ArgumentParser) -> None:
    """Add the word that lets a result take the place of a file that this tool did not write."""
    command.add_argument("--force", action="store_true", help="同名的文件不是本工具写的也覆盖（原来的留作 .bak）")


def _engineer(command: Command) -> None:
    """Add what looks into the tool itself, or builds it."""
    rules = command("rules", "catalogue:rules", "列出全部校验规则")
    rules.add_argument("--edition", metavar="版", help="只列某一版表格的规则")
    form = rules.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="以 JSON 输出")
    form.add_argument("--markdown", action="store_true", help="输出规则一览（docs/rules.md）")
    explain = command("explain", "catalogue:explain", "说明一条规则：查什么、为什么、依据哪条")
    explain.add_argument("code", metavar="代码", help="如 T3-01")

    read = command("read", "reading:read", "一句话是怎样读的：词、哪一年、谁的数、试过的读法、读出的数")
    read.add_argument("sentence", metavar="句子")
    read.add_argument("--unit", default="示例乡人民政府", metavar="单位名称")
    read.add_argument("--kind", default="township", metavar="单位类型")
    read.add_argument("--year", type=int, metavar="年度", help="报告年度；不写就是上一年")

    editions = command("editions", "editions:editions", "表格的版本：new 照现行一版开始新的一版，diff 列出两版的不同")
    editions.add_argument("action", choices=("new", "diff"))
    editions.add_argument("editions", nargs="+", metavar="年版", help="new：新版起用的年度；diff：两版的年度")
    editions.add_argument("--from", dest="base", metavar="年版", help="new：照哪一版开始（默认最新的一版）")

    template = command("template", "template:template", "模板：build 重新生成，verify 与随附的比较")
    template.add_argument("action", choices=("build", "verify"))
    template.add_argument("-o", "--output", type=Path, metavar="文件", help="默认 workbook_template.xlsx")

    addin = command("addin", "addin:addin", "加载宏：build 生成，install 装入 Excel，verify 看缺什么")
    addin.add_argument("action", choices=("build", "verify", "install"))
    addin.add_argument("--libreoffice", action="store_true", help="build：生成 LibreOffice 扩展（.oxt）")
    addin.add_argument("-o", "--output", type=Path, metavar="文件", help="默认 dist/gk_xl.xlam 或 dist/gk_xl.oxt")

    bundle = command("bundle", "bundle:bundle", "离线文件夹：给不能上网、没有管理员权限的 Windows 用户")
    bundle.add_argument("system", choices=("windows",))
    bundle.add_argument("-o", "--output", type=Path, metavar="文件夹", help="默认 dist/windows")


def function(run: str) -> Callable[[argparse.Namespace], int]:
    """Return the function behind a command; its module is imported only now."""
    from importlib import import_module

    module, _, name = run.partition(":")
    found: Callable[[argparse.Namespace], int] = getattr(import_module(f"gk_xl.cli.commands.{module}"), name)
    return found


def main(arguments: Sequence[str] | None = None, *, typed: bool = True) -> int:
    """Run one command and return its exit code. What goes wrong is one Chinese sentence, never a traceback.

    Who ``typed`` the command is told of options that help; who dropped a file on an icon is not.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        options = build_parser().parse_args(arguments)
        with telling_of_replaced(getattr(options, "output", None)):
            return function(options.run)(options)
    except ErrorsStand as error:
        print(f"gk-xl：{error}{'确需先导出的，加 --force（仍要导出）。' * typed}", file=sys.stderr)
        return FOUND
    except WouldReplace as error:
        print(f"gk-xl：{error}{'加 --force 可以覆盖（原来的留作 .bak）。' * typed}", file=sys.stderr)
    except GkXlError as error:
        print(f"gk-xl：{error}", file=sys.stderr)
    except KeyboardInterrupt:
        print("\ngk-xl：已中断；正在处理的文件没有写入，已经写好的是完整的。", file=sys.stderr)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except Exception as error:
        if os.environ.get("GK_XL_DEBUG"):
            raise
        if isinstance(error, OSError):
            from gk_xl.form.refusals import in_chinese

            print(f"gk-xl：{_named(error)}读写不成（{in_chinese(error)}），请核对路径和权限后再试。", file=sys.stderr)
            return COULD_NOT
        from gk_xl.journal import write_down

        log = write_down(" ".join(sys.argv), error)
        print(f"gk-xl：程序内部出错，没有改动您的文件；已记入日志 {log}，请连同文件发给维护人员。", file=sys.stderr)
    return COULD_NOT


def _named(error: OSError) -> str:
    """Return how a sentence names the file that the system refused."""
    from gk_xl.form.refusals import shown

    return f"“{shown(Path(str(error.filename)))}”" if error.filename else "文件"


if __name__ == "__main__":
    sys.exit(main())
