"""A book or a chapter as a Word file, made from the very HTML that is printed. Knows no plan and no initiative.

`package` makes the file and its sections, `blocks` and `tables` turn markup into what stands in it, `lines` into words.
Markup that nobody here knows becomes its text.
"""
