# Becomes a command that leads a session of its own, when it is told to by a line on standard input;
# told nothing, it ends. Builtins only, and an odd name, since a plain one may be exported and would
# then be changed for the command too.
read -r _ballot_go || exit 125
exec "$@" < /dev/null
