"""The instrument of the prompt workshop: two prompts on the same items, scored by checks, and what the difference is worth."""
