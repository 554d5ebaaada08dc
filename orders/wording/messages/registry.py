"""What a problem or a refusal means, and what to do about it: the rules give data, here are the words.

The modules of this package register theirs when they are imported.
"""

from functools import singledispatch


@singledispatch
def sentence(said: object) -> str:
    """What a problem or a refusal means and what to do about it."""
    raise TypeError(f"no sentence for {type(said).__name__}")
