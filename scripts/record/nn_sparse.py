"""Records embeddings: python scripts/record/nn_sparse.py"""
import torch

from nn_record import Records, ints, u

r = Records("sparse")
r.add("Embedding", 5, 3, dtype="float64", inputs=ints(5, 2, 3))
r.add("Embedding", 5, 3, paddingIdx=-1, scaleGradByFreq=True, dtype="float64", inputs=torch.tensor([4, 1, 1]))
r.add("Embedding", 5, 3, maxNorm=1.0, normType=1.0, dtype="float64", inputs=torch.tensor([4, 1, 1]))
r.add("Embedding", 5, 3, paddingIdx=2, sparse=True, dtype="float64", inputs=torch.tensor([4, 2, 1]))
flat = [torch.tensor([4, 2, 1, 0, 2]), torch.tensor([0, 2])]
for mode in ("sum", "mean", "max"):
    r.add("EmbeddingBag", 5, 3, mode=mode, dtype="float64", inputs=ints(5, 2, 3))
    r.add("EmbeddingBag", 5, 3, mode=mode, paddingIdx=2, dtype="float64", inputs=flat)
r.add("EmbeddingBag", 5, 3, mode="sum", dtype="float64", inputs=[*flat, u(5)])
ended = [flat[0], torch.tensor([0, 2, 5])]
r.add("EmbeddingBag", 5, 3, maxNorm=1.5, includeLastOffset=True, dtype="float64", inputs=ended)
r.add("EmbeddingBag", 5, 3, mode="sum", scaleGradByFreq=True, sparse=False, dtype="float64", inputs=ints(5, 2, 3))
r.save()
