"""Intake: what a delivery must look like, reading it, and refusing what is wrong with a line that an analyst grasps."""
