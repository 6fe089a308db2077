"""On call: the night comes together, from asking for help to somebody who stands on site."""
