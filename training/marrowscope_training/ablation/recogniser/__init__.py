"""The recogniser, its parts and its peers; and what helps it on a source that was not in the training."""
