"""Hand-made hostile files: each named by what it tries, made by a few lines, with what may become of it."""

from tests.fuzz.hostile import bombs, broken, documents, polyglots, secrets, tiles

RECIPES = {
    **bombs.RECIPES,
    **polyglots.RECIPES,
    **broken.RECIPES,
    **tiles.RECIPES,
    **documents.RECIPES,
    **secrets.RECIPES,
}
