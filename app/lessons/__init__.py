"""Lessons: plain text that is read, checked and shown; the questions in them, and the slips in their answers."""
