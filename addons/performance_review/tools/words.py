"""Words as people write them in a row: the one way for pages, mails and refusals."""

from collections.abc import Iterable


def say_list(env, words: Iterable[str]) -> str:
    """Return words one after the other, with the mark the reader's language puts between them.

    :param env: an environment in the reader's language.
    :param words: what is listed, in words already.
    :return: "A, B, C" in English, "A、B、C" in Chinese.
    """
    # Of the two placeholders nothing is left but what stands between them.
    between = env._("%(word)s, %(next_word)s", word="", next_word="")
    return between.join(words)
