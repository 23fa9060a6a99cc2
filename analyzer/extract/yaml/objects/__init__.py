"""Kubernetes objects by theme: each module reads the keys that it knows and leaves the others alone.

A reader answers with what it found under a key, or None where the key means nothing to it. API:
https://kubernetes.io/docs/reference/kubernetes-api/
"""
