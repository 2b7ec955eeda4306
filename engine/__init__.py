"""Sign recognition without a window: sources, keypoints, models, live decoding, training and evaluation.

Nothing in this package imports Qt or `app`; two tests hold that wall.
"""
