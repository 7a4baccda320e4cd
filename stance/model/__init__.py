"""The model: what it reads, what runs it, and how it lies on disk."""
