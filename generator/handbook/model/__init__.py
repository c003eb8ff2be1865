"""The handbook as frozen data: what was read, nothing computed. `None` or `()` means: not written.

Places say where each thing stands; they take no part in comparison or in `repr`, so moving a line
changes no digest. What editors write is Vietnamese; `keys.py` holds the one table between the two.
"""

from generator.handbook.model.lesson import *
from generator.handbook.model.place import *
from generator.handbook.model.registers import *
from generator.handbook.model.words import *
