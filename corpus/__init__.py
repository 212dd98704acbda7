"""Reading notes: Markdown and notebooks in, what they say out."""
