#!/bin/sh
# Crée .venv d'après uv.lock. Sur un poste neuf (Python 3.11+ seulement), installe d'abord uv dans .outils/.
set -eu
UV_VERSION=0.13.9
export UV_PYTHON_DOWNLOADS=never
PYTHON=${PYTHON:-python3}
"$PYTHON" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' || {
  echo "Il faut Python 3.11, 3.12 ou 3.13 (trouvé : $("$PYTHON" --version)). Indiquez-le : PYTHON=python3.12 make …" >&2
  exit 1
}
if command -v uv >/dev/null 2>&1; then
  UV=uv
else
  UV=.outils/bin/uv
  if [ ! -x "$UV" ]; then
    echo "Installation de uv $UV_VERSION dans .outils/…"
    if "$PYTHON" -m venv .outils >/dev/null 2>&1; then
      .outils/bin/pip install --quiet "uv==$UV_VERSION"
    else
      rm -rf .outils
      "$PYTHON" -m pip install --quiet --target .outils "uv==$UV_VERSION" || {
        echo "Ni venv ni pip dans $PYTHON : installez le paquet python3-venv (ou python3-pip)." >&2
        exit 1
      }
    fi
  fi
fi
"$UV" sync --frozen --extra postgres --python "$PYTHON" "$@"
touch .venv/.installe
