"""`python -m evsynth` is the command `evsynth`."""

from evsynth.cli.main import main

main()
