"""The web page: Gradio for the plumbing, our own templates for what is read."""
