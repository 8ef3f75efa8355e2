"""The order in which to read: records that resemble those that were kept come first. Needs scikit-learn.

Words and pairs of words are weighted by tf-idf; a multinomial naive Bayes model with balanced classes gives each a
weight, and a record has the sum of its words. The model is fitted anew after every decision, in about a millisecond.
An order is not a decision: nobody is spared a record by it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from evsynth.model.record import Record

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SMOOTHING = 5.0
"""Added to the weight of every word in both classes, so that a word seen once says little."""


def text_of(record: Record) -> str:
    """Return what of a record is compared: title, abstract, MeSH headings and keywords."""
    terms = [heading.name for heading in record.mesh] + [keyword.text for keyword in record.keywords]
    return " ".join((record.title or record.book.title, record.abstract_text, *terms))


class Ranker:
    """Texts as sparse vectors, made once; scores for any set of labels."""

    def __init__(self, texts: Sequence[str]) -> None:
        """Raises ModuleNotFoundError without scikit-learn, ValueError where the texts hold no two common words."""
        from sklearn.feature_extraction.text import TfidfVectorizer

        least = 2 if len(texts) > 20 else 1
        words = TfidfVectorizer(sublinear_tf=True, ngram_range=(1, 2), min_df=least, stop_words="english")
        self._texts: Any = words.fit_transform(texts).tocsr()

    def scores(self, labels: Mapping[int, bool]) -> NDArray[np.float64] | None:
        """Return a score for every text, higher for those like the kept ones; None without both kinds of labels."""
        import numpy as np

        kept, out = np.zeros((2, self._texts.shape[0]))
        for at, keep in labels.items():
            (kept if keep else out)[at] = 1.0
        if not kept.any() or not out.any():
            return None
        kept *= out.sum() / kept.sum()
        sums = [self._texts.T @ side for side in (kept, out)]
        weights = [np.log((s + SMOOTHING) / (s + SMOOTHING).sum()) for s in sums]
        return np.asarray(self._texts @ (weights[0] - weights[1]), dtype=float)

    def order(self, labels: Mapping[int, bool]) -> list[int]:
        """Return where the texts without label are, the likeliest first; as they stand without both kinds of labels."""
        import numpy as np

        scores = self.scores(labels)
        if scores is None:
            return [at for at in range(self._texts.shape[0]) if at not in labels]
        return [int(at) for at in np.argsort(-scores, kind="stable") if int(at) not in labels]
