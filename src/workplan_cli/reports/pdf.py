"""A page as a PDF: tagged, in its language, asking nothing of anyone. This module alone knows WeasyPrint.

It is an extra: what needs it says so by `require` before any work is done. No clock is read, so the same page gives the same
bytes wherever the same fonts are.
"""

from typing import NoReturn

from workplan_cli.errors import WorkplanError

_VARIANT = "pdf/ua-1"


def require() -> None:
    """Raise WorkplanError where no PDF can be made here, with what to install."""
    try:
        import weasyprint  # noqa: F401
    except ImportError:
        raise WorkplanError(
            "a report as PDF needs WeasyPrint, which is not installed", "install it: pip install 'workplan-cli[pdf]'"
        ) from None
    except OSError:  # its package is here, and a library that it calls is not
        raise WorkplanError(
            "a report as PDF needs the library Pango, which is not installed",
            "on Debian and Ubuntu: apt install libpango-1.0-0 libpangoft2-1.0-0; elsewhere see WeasyPrint's first steps",
        ) from None


def pdf(html: str) -> bytes:
    """A page as a PDF/UA document."""
    from weasyprint import HTML
    from weasyprint.urls import URLFetcher

    class Refusal(URLFetcher):  # type: ignore[misc]
        """Fetches nothing: a report asks nothing of anyone."""

        def fetch(self, url: str, headers: object = None) -> NoReturn:
            """Refuse; WeasyPrint goes on without."""
            raise ValueError("a report asks nothing of anyone")

    made: bytes = HTML(string=html, url_fetcher=Refusal()).write_pdf(pdf_variant=_VARIANT)
    return made
