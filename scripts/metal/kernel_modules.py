"""What a Pi has and a virtual machine has not, as modules for the kernel of the guest: an SPI bus that keeps what goes
out, a Pi's identity, and gpio-sim, which Debian does not build. Compiled in a copy of the guest's system."""

import hashlib
import shutil
from pathlib import Path

from scripts.vm.debian import Tell, inside, must

SOURCES = Path(__file__).parent / "kernel"
# Of the kernel's own source: built as it is, but for a call that modules may not make, and a licence that names it.
_FROM_KERNEL = ("drivers/gpio/gpio-sim.c", "drivers/gpio/gpiolib.h", "kernel/irq/irq_sim.c")
_BUILD = r"""set -eu
cd /build
for file in {files}; do tar -xJf /usr/src/linux-source-6.1.tar.xz "linux-source-6.1/$file"; done
mv {moved} .
sed -i 's/handle_simple_irq(irq_to_desc(irqnum))/generic_handle_irq(irqnum)/' irq_sim.c
grep -q 'generic_handle_irq(irqnum)' irq_sim.c
printf '\n#include <linux/module.h>\nMODULE_LICENSE("GPL");\n' >> irq_sim.c
make -s -C /lib/modules/*/build M=/build modules
"""


def modules(base: Path, work: Path, tell: Tell) -> Path:
    """The folder with the built .ko files; made once for a kernel and these sources."""
    (version,) = (path.name for path in (base / "lib/modules").iterdir())
    digest = hashlib.sha256(_BUILD.encode())
    for source in sorted(SOURCES.iterdir()):
        digest.update(source.read_bytes())
    built = work / f"modules-{version}-{digest.hexdigest()[:12]}"
    if not (built / "whole").exists():
        _build(_builder(base, work, version, tell), built, tell)
    return built


def _builder(base: Path, work: Path, version: str, tell: Tell) -> Path:
    builder = work / f"builder-{version}"
    if not (builder / "whole").exists():
        tell("compiler and kernel source")
        shutil.rmtree(builder, ignore_errors=True)
        must("cp", "-a", str(base), str(builder))
        (builder / "whole").unlink()
        apt = ("chroot", str(builder), "apt-get", "-qq")
        with inside(builder):
            must(*apt, "update")
            must(*apt, "install", "-y", "--no-install-recommends", "gcc", "make", "libc6-dev", "xz-utils",
                 f"linux-headers-{version}", "linux-source-6.1")  # fmt: skip
        (builder / "whole").touch()
    return builder


def _build(builder: Path, built: Path, tell: Tell) -> None:
    tell("kernel modules")
    shutil.rmtree(builder / "build", ignore_errors=True)
    shutil.copytree(SOURCES, builder / "build")
    script = _BUILD.format(
        files=" ".join(_FROM_KERNEL), moved=" ".join(f"linux-source-6.1/{file}" for file in _FROM_KERNEL)
    )
    must("chroot", str(builder), "sh", "-c", script)
    built.mkdir(exist_ok=True)
    for module in (builder / "build").glob("*.ko"):
        shutil.copy(module, built)
    (built / "whole").touch()
