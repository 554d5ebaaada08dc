"""The registry of sentences: for each class of problem or refusal, what it means and what to do.

The modules of this package register theirs when they are imported.
"""

from functools import singledispatch


@singledispatch
def sentence(said: object) -> str:
    """What a problem or a refusal means and what to do about it."""
    raise TypeError(f"no sentence for {type(said).__name__}")
