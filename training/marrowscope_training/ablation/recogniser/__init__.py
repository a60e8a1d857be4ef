"""The recogniser, its parts and its peers; and what helps it on a source that it was not taught on."""
