"""What a site has beside its pages: files at old addresses, redirects, feeds, a site map."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.environment import BuildEnvironment

from sphinx_fsp.publish import feeds, icons, metadata, not_found, overwritten, sitemap, twins
from sphinx_fsp.publish.feeds import Feeds
from sphinx_fsp.publish.files import stands_in_the_way
from sphinx_fsp.publish.leftovers import LIST_NAME, make_way, remove_leftovers
from sphinx_fsp.publish.redirects import write_redirects
from sphinx_fsp.publish.resources import write_exports
from sphinx_fsp.publish.sitemap import write_sitemap
from sphinx_fsp.publish.sources import name_sources, source_name
from sphinx_fsp.publish.static_files import copy_static_files
from sphinx_fsp.resources.domain import domain_of
from sphinx_fsp.source.domain import publishes_files
from sphinx_fsp.source.project import guide_of
from sphinx_fsp.source.redirects import output_file


def prepare(app: Sphinx, env: BuildEnvironment, *, of_posts: Feeds) -> list[str]:
    """Make way for what is about to be written, where an earlier build left something else."""
    builder, guide = app.builder, guide_of(env)
    if publishes_files(builder) and isinstance(builder, StandaloneHTMLBuilder):
        coming = _pages(app, builder)
        coming |= {address.lstrip("/") for address in guide.static_files}
        coming |= {output_file(redirect.source) for redirect in guide.redirects.values()}
        coming |= {path for path in of_posts.paths if not stands_in_the_way(path, coming)}
        make_way(Path(app.outdir), coming)
    return []


def _pages(app: Sphinx, builder: StandaloneHTMLBuilder) -> set[str]:
    """Return the files of all documents, relative to the output folder."""
    return {
        Path(builder.get_outfilename(docname)).relative_to(app.outdir).as_posix()
        for docname in app.env.found_docs
    }


def publish(app: Sphinx, exception: Exception | None, *, of_posts: Feeds) -> None:
    """Complete a site after its pages were written.

    :param of_posts: the feeds of this build
    """
    builder = app.builder
    if exception or not publishes_files(builder) or not isinstance(builder, StandaloneHTMLBuilder):
        return
    guide = guide_of(app.env)
    resources = domain_of(app.env).records.resources
    outdir = Path(app.outdir)
    has_files = guide.catalogue.pages or guide.static_files or guide.redirects or resources
    if not has_files and not (outdir / LIST_NAME).is_file():
        return
    pages = _pages(app, builder)
    written = set(pages)
    if app.config.html_copy_source:
        written |= {f"_sources/{source_name(app, docname)}" for docname in app.env.found_docs}
    images = (name for _, name in app.env.images.values())
    written |= {f"{builder.imagedir}/{name}" for name in images}
    written |= {f"_downloads/{name}" for _, name in app.env.dlfiles.values()}
    written |= copy_static_files(guide, outdir, pages)
    written |= write_redirects(app, guide, outdir, written)
    written |= write_exports(app, written)
    written |= of_posts.write(app, outdir, written)
    written |= write_sitemap(app, outdir, written)
    written |= twins.write_lists(app, outdir, written)
    written |= not_found.written_files(app)
    remove_leftovers(outdir, written)
    if not has_files:
        (outdir / LIST_NAME).unlink()


def setup(app: Sphinx) -> None:
    """Connect to the build."""
    of_posts = Feeds()
    feeds.connect(app, of_posts)
    sitemap.setup(app)
    # When the feeds are known, and before Sphinx writes.
    app.connect("env-get-updated", partial(prepare, of_posts=of_posts), priority=950)
    app.connect("build-finished", partial(publish, of_posts=of_posts))
    app.connect("html-page-context", name_sources)
    icons.setup(app)
    metadata.setup(app)
    not_found.setup(app)
    overwritten.setup(app)
    twins.setup(app)
