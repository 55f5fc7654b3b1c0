"""The assistant as the subject: how often it is right, with how much doubt."""
