# Completes Broadside's commands and their flags in bash and zsh; printed by ./inv --print-completion-script.
if [ -n "${ZSH_VERSION-}" ]; then autoload -U +X compinit bashcompinit && compinit && bashcompinit; fi
_broadside() {
    local program="${COMP_WORDS[0]/#\~/$HOME}"
    COMPREPLY=()
    case $program in # not before it is set up, which takes minutes
    */inv) [ -e "${program%/*}/.venv/stamp-requirements.lock" ] || return ;;
    esac
    local offers="$("$program" --complete -- "${COMP_WORDS[@]:1:$COMP_CWORD}" 2>/dev/null)"
    COMPREPLY=($(compgen -W "$offers" -- "${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _broadside inv broadside
