"""Values that cannot be seen."""

from analyzer.model import Opaque, Severity, Verdict


def opaque_value(opaque: Opaque) -> Verdict:
    """A database key whose value is encrypted or kept elsewhere."""
    what = f"the host under {opaque.key}" if opaque.key else "what stands in this file"
    return Verdict(
        f"{what} cannot be seen here: it is {opaque.where}; look there whether it names a node", Severity.NOTE
    )
