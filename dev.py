"""The two commands of the README: ``python3 dev.py demo`` and ``python3 dev.py test``. Standard library only.

Each makes its own environment in ``.venv`` of this checkout on the first run; later runs take seconds.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
GK_XL = BIN / ("gk-xl.exe" if os.name == "nt" else "gk-xl")
DEMO = ROOT / "demo"
OLDEST = (3, 11)
ALL = "not application and not bench"
QUICK = (f"{ALL} and not thorough", "--hypothesis-profile=quick")
PYTEST = (PYTHON, "-m", "pytest", "-q", "-n", "2", "--no-loadscope-reorder")


def say(text: str) -> None:
    """Print a line at once."""
    print(text, flush=True)


def clean_environment() -> dict[str, str]:
    """Return the environment without what would point Python or pip elsewhere than into ``.venv``, or keep no bytecode."""
    drop = ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "PYTHONDONTWRITEBYTECODE")
    return {**{key: value for key, value in os.environ.items() if key not in drop}, "PYTHONUTF8": "1"}


def run(*command: object, quiet: bool = False) -> int:
    """Run a command in the checkout and return its exit code."""
    stream = subprocess.DEVNULL if quiet else None
    arguments = [str(part) for part in command]
    return subprocess.run(arguments, cwd=ROOT, env=clean_environment(), stdout=stream, check=False).returncode


def beside(*command: object) -> subprocess.Popen[str]:
    """Start a command in the checkout that goes on beside others; what it says is kept for the end."""
    arguments = [str(part) for part in command]
    stream = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "encoding": "utf-8"}
    return subprocess.Popen(arguments, cwd=ROOT, env=clean_environment(), **stream)


def set_up(*, development: bool) -> None:
    """Make ``.venv`` with the project in it, and with the tools of development when they are wanted."""
    import tomllib

    text = (ROOT / "pyproject.toml").read_bytes()
    stamp = VENV / ("ready-dev" if development else "ready")
    mark = hashlib.sha256(text + sys.version.encode() + str(ROOT).encode()).hexdigest()
    dev_stamp = VENV / "ready-dev"
    if PYTHON.exists() and any(file.exists() and file.read_text() == mark for file in (stamp, dev_stamp)):
        return
    if not PYTHON.exists() or run(PYTHON, "-c", "import pip", quiet=True):
        say("首次运行：正在 .venv 里准备环境（需要联网，约一两分钟）……")
        shutil.rmtree(VENV, ignore_errors=True)
        if run(sys.executable, "-m", "venv", VENV):
            sys.exit("没能建立虚拟环境。Debian/Ubuntu 请先执行：sudo apt install python3-venv，然后重试。")
    packages = ["-e", "."]
    if development:
        packages += tomllib.loads(text.decode("utf-8"))["dependency-groups"]["dev"]
    if run(PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *packages):
        sys.exit("没能安装所需的包：请检查网络后重试。")
    stamp.write_text(mark)


def demo() -> int:
    """Run the examples end to end: published text → workbook → check → marked workbook → Word report; summary, slips."""
    set_up(development=False)
    DEMO.mkdir(exist_ok=True)
    examples = ROOT / "examples"
    failed = 0
    for source in sorted(examples.glob("*.txt")):
        workbook = DEMO / f"{source.stem}.xlsx"
        say(f"\n■ {source.stem}：把已发布的报告读进工作簿")
        failed += run(GK_XL, "import", source, "-o", workbook) != 0
        failed += check_and_report(workbook)
    for source in sorted(examples.glob("*.json")):
        say(f"\n■ {source.stem}：填报数据直接校验")
        failed += check_and_report(source)
    say("\n■ 县里收齐以后：一次查完，汇总成一本，再给没有通过的各写一份退回单")
    collected = [*(DEMO / f"{source.stem}.xlsx" for source in examples.glob("*.txt")), *examples.glob("*.json")]
    failed += run(GK_XL, "desk", "check", *sorted(collected), "-o", DEMO / "汇总.xlsx") == 2
    failed += run(GK_XL, "desk", "slips", *sorted(collected), "-o", DEMO / "退回单", quiet=True) == 2
    say("\n■ 文件都在这里：")
    for path in sorted(DEMO.iterdir()):
        if path.suffix != ".bak":
            say(f"  {path}")
    say("  *_校验.xlsx 是标出问题的工作簿（用 Excel、WPS 或 LibreOffice 打开看“校验结果”），*.docx 是导出的报告。")
    say("  汇总.xlsx 是县里看的，退回单 里是退给各单位的。")
    return 1 if failed else 0


def check_and_report(source: Path) -> int:
    """Check one filing, write its marked copy and its report; return how many steps could not run."""
    marked, report = DEMO / f"{source.stem}_校验.xlsx", DEMO / f"{source.stem}.docx"
    could_not = run(GK_XL, "check", source, "--mark", marked) == 2
    return could_not + (run(GK_XL, "report", source, "-o", report, "--force") != 0)


def test(arguments: list[str]) -> int:
    """Run everything that must hold: style, types, direction of imports, tests; applications where they are found.

    ``--quick`` is for every commit: no applications, nothing that ``thorough`` marks, fewer examples. With CI set, a test
    skipped for want of an application is a failure.
    """
    set_up(development=True)
    quick = "--quick" in arguments
    extra = [argument for argument in arguments if argument != "--quick"]
    steps: list[tuple[str, list[object]]] = [
        ("代码风格", [PYTHON, "-m", "ruff", "check", "--quiet", "."]),
        ("代码格式", [PYTHON, "-m", "ruff", "format", "--check", "--quiet", "."]),
        ("引用方向", [BIN / "lint-imports", "--no-cache"]),
        ("测试", [*PYTEST, "-m", *(QUICK if quick else [ALL]), *extra]),
    ]
    if not quick:
        steps.append(("真实应用", [*PYTEST, "-m", "application and not bench", *extra]))
    failed = []
    with beside(PYTHON, "-m", "mypy") as types:  # it takes one processor of those that the tests do not always fill
        for name, command in steps:
            say(f"── {name}")
            code = run(*command)
            if code == 5 and extra:  # a selection that leaves one of the two runs without tests
                code = 0
            if code:
                failed.append(name)
        say("── 类型")
        say(types.communicate()[0].rstrip())
    if types.returncode:
        failed.append("类型")
    say("全部通过。" if not failed else f"没有通过：{'、'.join(failed)}。")
    return 1 if failed else 0


def main() -> int:
    """Run the command that was asked for."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    if sys.version_info < OLDEST:
        sys.exit(f"需要 Python {OLDEST[0]}.{OLDEST[1]} 或更新，现在是 {sys.version.split()[0]}。")
    match sys.argv[1:]:
        case ["demo"]:
            return demo()
        case ["test", *rest]:
            return test(rest)
    sys.exit("用法：python3 dev.py demo    运行示例\n      python3 dev.py test    运行全部检查")


if __name__ == "__main__":
    sys.exit(main())
