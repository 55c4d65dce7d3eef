"""A Windows installer (MSI) from the folder, made by `wixl` of msitools; it needs no Windows.

Per machine, for `msiexec /qn` and group policy. A newer version takes the older one's place and
leaves every office's files alone: those lie in the person's own data folder. The description is
WiX 3's, so that WiX on Windows can build it as well.
"""

import shutil
import subprocess
import tempfile
import uuid
from pathlib import Path
from xml.etree import ElementTree as ET

from bundling import PROGRAM, TITLE
from bundling.told import numbers, version

NAMESPACE = uuid.UUID("5d0f3a1e-6a52-4b0a-9d3c-3f6f0f1f7f11")
"""Every id of the installer grows from this one; it must never change."""
UPGRADE = str(uuid.uuid5(NAMESPACE, "upgrade")).upper()
"""By this Windows knows an older version as the same program."""
_WIX = "http://schemas.microsoft.com/wix/2006/wi"


class NoWixl(Exception):
    """There is no `wixl` here (Debian: package `wixl`), so no installer was made."""


def described(folder: Path, maker: str) -> "ET.ElementTree[ET.Element]":
    """What the installer does with the folder, as WiX reads it.

    Args:
        folder: with the program; every file in it becomes a component of its own.
        maker: who publishes it; Windows shows it in its list of programs.
    """
    first, second, third, _ = numbers(version())
    wix = ET.Element("Wix", xmlns=_WIX)
    product = ET.SubElement(
        wix,
        "Product",
        Id="*",
        Name=TITLE,
        Language="1033",
        Version=f"{first}.{second}.{third}",
        Manufacturer=maker,
        UpgradeCode=UPGRADE,
    )
    ET.SubElement(
        product,
        "Package",
        Description=TITLE,
        Manufacturer=maker,
        InstallerVersion="500",
        Compressed="yes",
        InstallScope="perMachine",
    )
    ET.SubElement(
        product,
        "MajorUpgrade",
        DowngradeErrorMessage="A newer version is installed. Its store cannot be read by an older one.",
    )
    ET.SubElement(product, "Media", Id="1", Cabinet="program.cab", EmbedCab="yes")
    ET.SubElement(product, "Property", Id="ARPNOMODIFY", Value="1")
    target = ET.SubElement(product, "Directory", Id="TARGETDIR", Name="SourceDir")
    programs = ET.SubElement(target, "Directory", Id="ProgramFiles64Folder")
    place = ET.SubElement(programs, "Directory", Id="INSTALLDIR", Name=TITLE)
    components = _filled(place, folder, folder)
    components.append(_in_the_start_menu(target))
    feature = ET.SubElement(product, "Feature", Id="Program", Level="1", Title=TITLE)
    for each in components:
        ET.SubElement(feature, "ComponentRef", Id=each)
    return ET.ElementTree(wix)


def _filled(place: ET.Element, here: Path, root: Path) -> list[str]:
    """Put the files and folders of `here` into `place`; the components' ids."""
    components = []
    for each in sorted(here.iterdir()):
        path = each.relative_to(root).as_posix()
        if each.is_dir():
            inner = ET.SubElement(place, "Directory", Id=_id("d", path), Name=each.name)
            components += _filled(inner, each, root)
            continue
        known = _id("c", path)
        component = ET.SubElement(place, "Component", Id=known, Guid=_guid(path), Win64="yes")
        ET.SubElement(
            component, "File", Id=_id("f", path), Name=each.name, Source=path, KeyPath="yes"
        )
        components.append(known)
    return components


def _in_the_start_menu(target: ET.Element) -> str:
    menu = ET.SubElement(target, "Directory", Id="ProgramMenuFolder")
    component = ET.SubElement(menu, "Component", Id="menu", Guid=_guid("menu"), Win64="yes")
    ET.SubElement(
        component,
        "Shortcut",
        Id="shortcut",
        Name=TITLE,
        Target=f"[INSTALLDIR]{TITLE}.exe",
        WorkingDirectory="INSTALLDIR",
    )
    ET.SubElement(
        component,
        "RegistryValue",
        Root="HKLM",
        Key=f"Software\\{TITLE}",
        Name="Menu",
        Type="integer",
        Value="1",
        KeyPath="yes",
    )
    return "menu"


def _guid(path: str) -> str:
    return str(uuid.uuid5(NAMESPACE, path)).upper()


def _id(kind: str, path: str) -> str:
    return f"{kind}{uuid.uuid5(NAMESPACE, path).hex}"


def made(folder: Path, target: Path, maker: str) -> None:
    """Write the installer.

    Raises:
        NoWixl: it cannot be made here.
        subprocess.CalledProcessError: wixl failed, and has said why.
    """
    wixl = shutil.which("wixl")
    if wixl is None:
        message = "wixl"
        raise NoWixl(message)
    with tempfile.TemporaryDirectory() as place:
        description = Path(place) / f"{PROGRAM}.wxs"
        described(folder, maker).write(description, "utf-8", xml_declaration=True)
        command = [wixl, "--arch", "x64", "-o", str(target.resolve()), str(description)]
        subprocess.run(command, check=True, cwd=folder)  # its files are named from there
