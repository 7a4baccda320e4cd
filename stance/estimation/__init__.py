"""Shares of an archive's statements, with the model's errors measured and taken out.

A model that is wrong in one case of five counts wrong shares, however many statements it counts. A
person reads a random sample of the scored statements (`draw`, `coding`), and what the model says of
all is corrected by how it errs on these (`estimate`).
"""
