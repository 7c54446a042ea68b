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

# What a PDF is made with, and the Debian package that brings it. Fonts have others to stand in.
TEX_NEEDS := latexmk:latexmk xelatex:texlive-xetex makeindex:texlive-binaries \
  fontspec.sty:texlive-latex-recommended booktabs.sty:texlive-latex-recommended \
  pict2e.sty:texlive-pictures titlesec.sty:texlive-latex-extra xurl.sty:texlive-latex-extra \
  needspace.sty:texlive-latex-extra tabulary.sty:texlive-latex-extra \
  capt-of.sty:texlive-latex-extra pzdr.tfm:texlive-fonts-recommended
TEX_FONTS := texgyrepagella-regular.otf:fonts-texgyre DejaVuSansMono-Oblique.ttf:fonts-dejavu \
  FreeSerif.otf:fonts-freefont-otf

# The Debian packages of a list that are missing, each once.
tex_missing = $$(for need in $(1); do \
  case $$need in *.*:*) kpsewhich "$${need%%:*}" ;; *) command -v "$${need%%:*}" ;; esac \
    >/dev/null 2>&1 || echo "$${need\#\#*:}"; done | awk '!seen[$$0]++' ORS=' ')

.PHONY: tex
tex:
	@needs="$(call tex_missing,$(TEX_NEEDS))"; fonts="$(call tex_missing,$(TEX_FONTS))"; \
	if [ -n "$$needs" ]; then \
	  echo "A PDF needs TeX. On Debian: apt-get install" $$needs $$fonts >&2; exit 1; \
	elif [ -n "$$fonts" ]; then \
	  echo "Other fonts stand in for some. For all, on Debian: apt-get install" $$fonts >&2; \
	fi

pdf: tex $(VENV)/ready
	$(BIN)/sphinx-build -q -b latex example/content $(BUILD)/latex
	$(MAKE) -C $(BUILD)/latex LATEXMKOPTS="-interaction=nonstopmode -quiet" all-pdf
	@echo "Open $$(ls $(BUILD)/latex/*.pdf | head -n 1)"

epub: $(VENV)/ready
	$(BIN)/sphinx-build -q -b epub example/content $(BUILD)/epub
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
