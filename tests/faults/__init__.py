"""What strangers' content, full disks and sudden ends do to a build; each scenario has its guard.

``python -m tests.faults`` tries every scenario twice: as the press is, where the promise must hold,
and with the guard taken away, where it must break, so that no scenario passes by luck.
"""
