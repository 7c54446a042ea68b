"""``sphinx-fsp check``: the problems of a guide, without a build.

Sphinx reads the project and resolves its references, and writes nothing. So a check says what a
build would say, and from the same doctrees what only a check looks for (`rules`).

    reading  ->  facts  ->  rules          what is wrong
    targets  ->  fixes  ->  files          what of it can be put right with certainty
    report, machine, sarif                 how it is shown
"""
