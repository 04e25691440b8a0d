"""The papers of a played round, one module a step: lists, letters and files, each made from what the step came to."""
