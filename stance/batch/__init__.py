"""The batch command's machinery: inputs to articles, articles to rows, rows to a finished file.

As the data flows: `inputs` finds the files, `readers` turns them into `items`, `chunks` groups
these, `scoring` scores a chunk (in `pool`, on every core), `encoders` turns rows into bytes,
`output` and `journal` keep the bytes safe, and `run` is the loop around them.
"""
