"""The publishing system of a commentary outlet, built on Pelican."""

__version__ = "0.1.0"


def __getattr__(name: str) -> object:
    """`broadside.Build`, named by the setting PELICAN_CLASS: Pelican finds no class deeper in a
    package.
    """
    if name != "Build":
        raise AttributeError(name)
    from broadside.build.run import Build

    return Build
