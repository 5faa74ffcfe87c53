"""How ./inv makes and keeps .venv: standard library only, run by whatever Python the newcomer has."""
