"""What a class is given: the handout, the worksheet, its answers, and sets of them.

``lean`` takes from printed words what a loose sheet cannot follow (notes, links, page numbers);
``seeds`` shuffles so that a number printed on the sheet says how; ``tasks`` chooses what is asked,
``sheets`` makes the views that the templates print, ``leaks`` looks for answers in the pupil's PDF,
and ``roster`` reads the names of a class.
"""
