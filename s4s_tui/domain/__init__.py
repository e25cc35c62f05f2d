"""The rules: pure values and functions, standard library only; the time is always an argument."""
