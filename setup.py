"""Build entry point; every setting is in setup.cfg."""

from __future__ import annotations

import gzip
import os
import tarfile

from setuptools import setup
from setuptools.command.sdist import sdist

# The first day that a zip file can hold, which wheels take too.
FIRST_DAY = 315_532_800


class SameBytes(sdist):
    """A source archive that is the same for the same files, whoever makes it and when."""

    def make_archive(self, base_name: str, format: str, *, base_dir: str, **given: object) -> str:  # noqa: A002 - as its base has it
        """Write the folder of the release, with one day and no owner; return the name of the file."""
        if format != "gztar":
            return super().make_archive(base_name, format, base_dir=base_dir, **given)
        day = int(os.environ.get("SOURCE_DATE_EPOCH", FIRST_DAY))

        def even(member: tarfile.TarInfo) -> tarfile.TarInfo:
            member.mtime, member.uid, member.gid, member.uname, member.gname = day, 0, 0, "", ""
            member.mode = 0o755 if member.isdir() or member.mode & 0o100 else 0o644
            return member

        name = f"{base_name}.tar.gz"
        with (
            gzip.GzipFile(name, "wb", mtime=day) as packed,
            tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as archive,
        ):
            archive.add(base_dir, filter=even)
        return name


setup(cmdclass={"sdist": SameBytes})
