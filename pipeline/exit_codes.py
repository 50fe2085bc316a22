"""The exit codes of the command line: made, made with warnings, refused, wrong use, a crash."""

GEMAAKT, MET_WAARSCHUWING, GEWEIGERD, VERKEERD_GEBRUIK, CRASH = range(5)
