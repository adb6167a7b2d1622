"""The component behind the toolbar: a click is handed to gk_xl, which lies in this extension's pythonpath."""

from __future__ import annotations

import sys

import unohelper
from com.sun.star.awt.MessageBoxType import ERRORBOX
from com.sun.star.task import XJobExecutor

OLDEST = (3, 11)


class Buttons(unohelper.Base, XJobExecutor):
    """Runs the button whose name stands behind the question mark of its address."""

    def __init__(self, context: object) -> None:
        self.context = context

    def trigger(self, button: str) -> None:
        """Run a button; what it has to say, it says itself."""
        if sys.version_info < OLDEST:
            found, wanted = (".".join(map(str, version[:2])) for version in (sys.version_info, OLDEST))
            self.say(
                f"LibreOffice 自带的 Python 是 {found}，本扩展需要 {wanted} 或更新。"
                "请升级 LibreOffice，或用命令“gk-xl check”校验。"
            )
            return
        from gk_xl.addin.libreoffice import press  # noqa: PLC0415 - only where this Python can read it

        press(self.context, button)

    def say(self, text: str) -> None:
        """Show a sentence."""
        create = self.context.ServiceManager.createInstanceWithContext
        frame = create("com.sun.star.frame.Desktop", self.context).getCurrentFrame()
        toolkit = create("com.sun.star.awt.Toolkit", self.context)
        toolkit.createMessageBox(frame.getContainerWindow(), ERRORBOX, 1, "信息公开年报", text).execute()


g_ImplementationHelper = unohelper.ImplementationHelper()  # noqa: N816 - LibreOffice looks for this name
g_ImplementationHelper.addImplementation(Buttons, "cn.gk_xl.Buttons", ("com.sun.star.task.Job",))
