"""What a class is given: the handout, the worksheet, its answers, and sets of them.

``handout`` and ``worksheet`` make the views that the templates print, with ``questions``,
``readings`` and the ``outline`` map; ``tasks`` chooses what is asked, and ``seeds`` shuffles so
that a number printed on the worksheet says how. ``leaks`` looks for answers in a pupil's PDF;
``overflow`` says what to cut from a handout that is too long. ``roster`` reads the names of a
class, and ``merging`` joins the worksheets of a set.
"""
