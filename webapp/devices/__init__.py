"""The check of a customer's devices before the video call."""
