"""What a centre shows besides its texts: when SIS was on."""

from nabij.newsletters.models.sis import SisPeriod

__all__ = ["SisPeriod"]
