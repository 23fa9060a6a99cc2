"""What infrastructure files tell of clusters, a module for each format.

The kind of a text is recognised by its signature, that of a document by its keys; a reader says what stands there and
judges nothing.
"""
