# `make html` and `make test` set up all they need in .venv first.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
BUILD  := _build
JOBS   ?= auto
EXTRAS := test,lint,dev

.PHONY: help html pdf epub docs live test tools lint bench screenshots clean
.DEFAULT_GOAL := help

help:
	@echo "make html    set up, and build example/ to HTML"
	@echo "make pdf     the same, to PDF (needs TeX)"
	@echo "make epub    the same, to EPUB"
	@echo "make docs    build the manual"
	@echo "make live    example/ with rebuild on save"
	@echo "make test    set up, and run all tests"
	@echo "make tools   the Nu HTML checker, which some tests use (needs npm and Java)"
	@echo "make lint    ruff and mypy"
	@echo "make screenshots   eight types of page, beside other themes (needs Chromium)"
	@echo "make bench   side by side with other tools: BENCH='--content DIR --scale N'"

$(VENV)/ready: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.12 ...")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --editable '.[$(EXTRAS)]'
	@touch $@

html: $(VENV)/ready
	$(BIN)/sphinx-build -nW --keep-going -q -b html example/content $(BUILD)/html
	@echo "Open $(BUILD)/html/index.html"

pdf: $(VENV)/ready
	@command -v latexmk >/dev/null && command -v xelatex >/dev/null || { \
	  echo "A PDF needs TeX. On Debian: apt-get install latexmk texlive-xetex texlive-latex-recommended texlive-latex-extra texlive-fonts-recommended tex-gyre fonts-freefont-otf"; exit 1; }
	$(BIN)/sphinx-build -q -b latex example/content $(BUILD)/latex
	$(MAKE) -C $(BUILD)/latex LATEXMKOPTS="-interaction=nonstopmode -quiet" all-pdf
	@echo "Open $$(ls $(BUILD)/latex/*.pdf | head -n 1)"

epub: $(VENV)/ready
	$(BIN)/sphinx-build -q -b epub -d $(BUILD)/doctrees-epub -D version=1 -D epub_copyright="Night Sky Guide contributors" example/content $(BUILD)/epub
	@echo "Open $$(ls $(BUILD)/epub/*.epub | head -n 1)"

docs: $(VENV)/ready
	$(BIN)/sphinx-build -nW --keep-going -q -b html docs $(BUILD)/docs
	@echo "Open $(BUILD)/docs/index.html"

live: $(VENV)/ready
	$(BIN)/sphinx-autobuild example/content $(BUILD)/live --watch example --watch src

test: $(VENV)/ready
	$(BIN)/python -m pytest -q -n $(JOBS) $(PYTEST)

# The Nu HTML checker, for the tests of the theme. It runs on Java.
tools: $(VENV)/ready
	@command -v npm >/dev/null || { echo "The HTML checker needs npm. On Debian: apt-get install npm default-jre-headless"; exit 1; }
	npm install --silent --no-save --no-package-lock --prefix $(VENV)/tools vnu-jar@26.9.27

lint: $(VENV)/ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(VENV)/ready
	$(BIN)/python -m pip install --quiet --editable '.[bench]'
	$(BIN)/python benchmarks/bench.py $(BENCH)

screenshots: $(VENV)/ready
	$(BIN)/python -m pip install --quiet --editable '.[bench]'
	$(BIN)/python benchmarks/screenshots.py --out $(BUILD)/screenshots
	@echo "Open $(BUILD)/screenshots/sheets"

clean:
	rm -rf $(BUILD) $(VENV) build dist
