"""What a file, an object or a key is by itself: infrastructure of a cluster, monitoring, networks, a document."""
