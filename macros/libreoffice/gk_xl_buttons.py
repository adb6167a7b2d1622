"""The component behind the toolbar: a click is handed to gk_xl, which lies in this extension's pythonpath."""

import sys

import unohelper
from com.sun.star.awt.MessageBoxType import ERRORBOX
from com.sun.star.task import XJobExecutor

OLDEST = (3, 11)


class Buttons(unohelper.Base, XJobExecutor):
    """Runs the button whose name stands behind the question mark of its address."""

    def __init__(self, context):
        self.context = context

    def trigger(self, button):
        """Run a button; what it has to say, it says itself."""
        if sys.version_info < OLDEST:
            self.say(
                "LibreOffice 自带的 Python 是 %d.%d，本扩展需要 %d.%d 或更新。请升级 LibreOffice，或用命令“gk-xl check”校验。"
                % (sys.version_info[:2] + OLDEST)
            )
            return
        from gk_xl.hosts.office_buttons import press

        press(self.context, button)

    def say(self, text):
        """Show a sentence."""
        create = self.context.ServiceManager.createInstanceWithContext
        frame = create("com.sun.star.frame.Desktop", self.context).getCurrentFrame()
        toolkit = create("com.sun.star.awt.Toolkit", self.context)
        toolkit.createMessageBox(frame.getContainerWindow(), ERRORBOX, 1, "信息公开年报", text).execute()


g_ImplementationHelper = unohelper.ImplementationHelper()
g_ImplementationHelper.addImplementation(Buttons, "cn.gk_xl.Buttons", ("com.sun.star.task.Job",))
