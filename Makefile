# Pleins Droits : toutes les commandes. « make help » les liste.
.DEFAULT_GOAL := help
SHELL := /bin/sh
PY := .venv/bin/python
QUOI ?= tout
export MODE_DEMO ?= 1

.PHONY: help
help: ## cette liste
	@grep -hE '^[a-z][a-zA-Z_-]*:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

.venv/.installe: pyproject.toml uv.lock
	@sh outils/installer.sh

.PHONY: run
run: .venv/.installe ## installe, prépare la base, charge la ville d'exemple et sert http://localhost:8000
	@$(PY) outils/demarrer.py

.PHONY: test
test: .venv/.installe ## tous les essais : SQLite, puis PostgreSQL pour ceux qui touchent la base, navigateur compris
	@$(PY) outils/navigateur.py
	@echo "== Essais sur SQLite =="
	@$(PY) -m pytest -n 2 --dist loadscope -m "not long"
	@echo "== Essais marqués « base » sur PostgreSQL =="
	@$(PY) outils/base_jetable.py $(PY) -m pytest -m "base and not long"
	@echo "Bases essayées : SQLite (tout), PostgreSQL (essais « base »)."

.PHONY: test-long
test-long: .venv/.installe ## tout sur les deux bases, campagnes lentes, trois thèmes et deux largeurs
	@$(PY) outils/navigateur.py
	@TROIS_THEMES=1 $(PY) -m pytest -n 2 --dist loadscope
	@TROIS_THEMES=1 $(PY) outils/base_jetable.py $(PY) -m pytest -n 2 --dist loadscope

.PHONY: essai
essai: .venv/.installe ## clone neuf, make run, parcours entier au navigateur, second make run ; n'arrête que ce qu'il a lancé
	@$(PY) outils/navigateur.py
	@$(PY) outils/essayer_le_site.py

.PHONY: check
check: .venv/.installe ## style, types, imports, gabarits, migrations, fiches
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@.venv/bin/lint-imports --no-cache
	@.venv/bin/djlint pleinsdroits --lint --quiet
	@$(PY) manage.py makemigrations --check --dry-run --verbosity 0
	@$(PY) manage.py check
	@.venv/bin/mypy pleinsdroits
	@.venv/bin/pleinsdroits fiches

.PHONY: moteur
moteur: .venv/.installe ## prépare le calcul rapide du mois, contrôlé sur 5 000 foyers et tous les seuils (MOIS=2026-12 pour un autre)
	@.venv/bin/pleinsdroits moteur $(if $(MOIS),--mois $(MOIS))

.PHONY: parametres
parametres: .venv/.installe ## les valeurs de plus de 13 mois que lit un droit affiché ; échoue si l'une n'est pas expliquée
	@.venv/bin/pleinsdroits parametres

.PHONY: bench
bench: .venv/.installe ## mesures (QUOI=moteur pour une seule matière) : un tableau et bench/resultats.json
	@$(PY) -m bench $(QUOI)

.PHONY: demo
demo: .venv/.installe ## recharge les exemples de la ville (sans rien effacer)
	@$(PY) manage.py migrate --verbosity 0
	@$(PY) manage.py createcachetable --verbosity 0
	@$(PY) manage.py charger_demo

.PHONY: population
population: .venv/.installe ## une ville entière de personnes fictives (12 000), dans une base vide : DONNEES=autre/dossier make population
	@$(PY) manage.py migrate --verbosity 0
	@$(PY) outils/peupler.py

.PHONY: format
format: .venv/.installe ## remet le code en forme
	@.venv/bin/ruff check --fix --quiet . || true
	@.venv/bin/ruff format .
