"""``python -m ccmlib.sample FOLDER`` writes the committed sample anew."""

import sys

from . import committed_sample

committed_sample(*sys.argv[1:])
